"""What gates told of themselves and of their rooms in a month: each time a condition stood, by the gate's own clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import Connection, select

from cloud.ledger.kinds import CASE_KINDS
from cloud.ledger.reporting.month import Month
from cloud.store.reporting.month.body import MonthAlarm
from cloud.store.reporting.period import SENT_MS
from cloud.store.tables import event
from cloud.store.views.models import moment, moment_or_none
from contract.messages.alert import AlertData
from contract.topics import Kind


@dataclass
class _Stands:
    gate: str
    kind: str
    since_ms: int
    detail: str
    until_ms: int | None = None


def alarms_of_month(connection: Connection, month: Month, gates: Mapping[str, str]) -> list[MonthAlarm]:
    """Of these gates, without those about a person; oldest first. What a gate says again while it stands is the same time."""
    stood: list[_Stands] = []
    open_now: dict[tuple[str, str], _Stands] = {}
    for gate, at_ms, told in _alerts(connection, month, gates):
        key = gate, told.kind.value
        if told.state == "raised" and key not in open_now:
            open_now[key] = _Stands(*key, at_ms, told.detail)
            stood.append(open_now[key])
        elif told.state == "returned" and (one := open_now.pop(key, None)) is not None:
            one.until_ms = at_ms
    within = [one for one in stood if one.until_ms is None or one.until_ms > month.since_ms]
    return [_view(one, month, gates[one.gate]) for one in sorted(within, key=lambda one: one.since_ms)]


def _alerts(connection: Connection, month: Month, gates: Mapping[str, str]) -> list[tuple[str, int, AlertData]]:
    """In the order they were sent, also those of before: what stood when the month began stands in it."""
    where = (event.c.kind == Kind.ALERT.value, event.c.gate.in_(list(gates)), month.until_ms > SENT_MS)
    rows = connection.execute(
        select(event.c.gate, SENT_MS.label("sent_ms"), event.c.data).where(*where).order_by("sent_ms", event.c.seq)
    )
    read = ((row.gate, row.sent_ms, _told(row.data)) for row in rows)
    return [(gate, at_ms, told) for gate, at_ms, told in read if told is not None and told.kind not in CASE_KINDS]


def _told(data: str) -> AlertData | None:
    """None of one whose content has gone by its period, or that a later version sent."""
    try:
        return AlertData.model_validate_json(data, extra="ignore")
    except ValidationError:
        return None


def _view(one: _Stands, month: Month, site: str) -> MonthAlarm:
    end_ms = month.until_ms if one.until_ms is None else one.until_ms
    return MonthAlarm(
        site=site,
        gate=one.gate,
        kind=one.kind,
        since=moment(one.since_ms),
        until=moment_or_none(one.until_ms),
        lasted_s=(end_ms - max(one.since_ms, month.since_ms)) / 1000,
        detail=one.detail,
    )

"""How what gates sent has come in: late and missing records by the daily reports of the month, silence by the alarms' moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from cloud.ledger.alarms import Move
from cloud.ledger.kinds import CloudAlarm
from cloud.ledger.reporting.month import Month
from cloud.store.reporting.body import Body
from cloud.store.reporting.month.body import MonthDelivery
from cloud.store.tables import alarm_move, report


def reported(connection: Connection, month: Month) -> list[Body]:
    """The daily reports of its days, in order."""
    days = month.days
    where = (report.c.day >= days[0], report.c.day <= days[-1])
    rows = connection.execute(select(report.c.body).where(*where).order_by(report.c.number)).scalars()
    return [Body.model_validate_json(body) for body in rows]


def silences(connection: Connection, month: Month, gates: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """From when to when each of these gates was away, as far as that lies in the month. Daily reports would count one that lasts
    over a night twice.
    """
    where = (alarm_move.c.kind == CloudAlarm.GATE_OFFLINE.value, alarm_move.c.at_ms < month.until_ms)
    rows = connection.execute(select(alarm_move).where(*where, alarm_move.c.gate.in_(list(gates))).order_by(alarm_move.c.number))
    began: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in rows:
        if one.move == Move.RAISE:
            began.setdefault(one.gate, one.at_ms)
        elif one.move == Move.RETURN_TO_NORMAL and one.gate in began:
            spans[one.gate].append((began.pop(one.gate), one.at_ms))
    for gate, at_ms in began.items():
        spans[gate].append((at_ms, month.until_ms))
    return {
        gate: [(max(begin, month.since_ms), end) for begin, end in found if end > month.since_ms] for gate, found in spans.items()
    }


def delivery_of(
    bodies: Collection[Body], silent: Mapping[str, Sequence[tuple[int, int]]], gates: Collection[str]
) -> list[MonthDelivery]:
    """Of these gates; only those of which there is something to say."""
    late: dict[str, int] = defaultdict(int)
    longest: dict[str, float] = defaultdict(float)
    missing: dict[str, int] = defaultdict(int)
    for body in bodies:
        for held in body.late:
            late[held.gate] += held.count
            longest[held.gate] = max(longest[held.gate], held.longest_s)
        for gap in body.gaps:
            missing[gap.gate] += gap.last - gap.first + 1 if gap.state == "missing" else 0
    return [
        MonthDelivery(
            gate=gate,
            late=late[gate],
            longest_s=longest[gate],
            missing=missing[gate],
            silent_times=len(silent.get(gate, ())),
            silent_s=sum(end - begin for begin, end in silent.get(gate, ())) / 1000,
        )
        for gate in sorted(gates)
        if late[gate] or missing[gate] or silent.get(gate)
    ]

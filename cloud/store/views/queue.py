"""The guard's queue: cases and alarms side by side."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from cloud.ledger.alarms import State
from cloud.ledger.cases import Alarming, CaseState
from cloud.ledger.chinese.said import in_chinese
from cloud.ledger.sites import EVERYTHING, Sight
from cloud.store.sites import gates_below
from cloud.store.tables import alarm, recheck_case
from cloud.store.views.models import ItemView, Withheld, moment, moment_or_none
from contract.messages.visit import ReadingData

_MOST: Final = 1_000
_TAKEN_KEPT_MS: Final = 12 * 3_600_000
"""A case somebody has taken stays on the screen for so long, the length of a shift."""
_COUNTED_MS: Final = 3_600_000
"""Whatever was raised within the last hour is handed out too, so that a screen can count alarms and cases an hour."""
Numbered = tuple[int, ItemView]


def waiting_items(connection: Connection, now_ms: int, sight: Sight = EVERYTHING) -> list[Numbered]:
    """What stands in the queue, and what was raised within the last hour: urgent first, then the newest."""
    here_case, here_alarm = gates_below(recheck_case.c.gate, sight.site), gates_below(alarm.c.gate, sight.site)
    counted_ms = now_ms - _COUNTED_MS
    open_case = recheck_case.c.state == CaseState.OPEN
    taken = (recheck_case.c.state == CaseState.TAKEN) & (recheck_case.c.acknowledged_ms > now_ms - _TAKEN_KEPT_MS)
    not_normal = alarm.c.state != State.NORM  # also what is out of sight: a screen lists it, and who put it there
    items = cases(connection, here_case & or_(open_case, taken, recheck_case.c.raised_ms > counted_ms)) if sight.people else []
    items += alarms(connection, here_alarm & or_(not_normal, alarm.c.raised_ms > counted_ms))
    return sorted(items, key=lambda one: (one[1].priority, -one[1].raised_at.timestamp()))


def item(connection: Connection, name: str, sight: Sight = EVERYTHING) -> ItemView | None:
    """One row by its id, or None where there is none in sight."""
    kind, _, number = name.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):  # noqa: PLR2004  fits a signed 64-bit integer
        return None
    match kind:
        case "case" if sight.people:
            found = cases(connection, gates_below(recheck_case.c.gate, sight.site) & (recheck_case.c.number == int(number)))
        case "alarm":
            found = alarms(connection, gates_below(alarm.c.gate, sight.site) & (alarm.c.number == int(number)))
        case _:
            found = []
    return found[0][1] if found else None


def cases(connection: Connection, where: ColumnElement[bool]) -> list[Numbered]:
    """Cases, newest first, each with the number of its last change."""
    rows = connection.execute(select(recheck_case).where(where).order_by(recheck_case.c.number.desc()).limit(_MOST))
    return [(row.feed, _case(row)) for row in rows]


def alarms(connection: Connection, where: ColumnElement[bool]) -> list[Numbered]:
    """Alarms, each with the number of its last change."""
    rows = connection.execute(select(alarm).where(where).order_by(alarm.c.number.desc()).limit(_MOST))
    return [(row.feed, _alarm(row)) for row in rows]


def _case(row: Row[Any]) -> ItemView:
    return ItemView(
        id=f"case-{row.number}",
        type="case",
        kind=row.kind,
        gate=row.gate,
        state=CaseState(row.state),
        active=row.returned_ms is None,
        priority=row.priority,
        raised_at=moment(row.raised_ms),
        returned_at=moment_or_none(row.returned_ms),
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=moment_or_none(row.acknowledged_ms),
        owner=row.owner,
        detail=row.detail,
        visit=row.visit or None,
        reading=ReadingData.model_validate_json(row.reading) if row.reading else None,
        count=1,
        alarmed_at=moment_or_none(row.alarmed_ms),
        alarmed_why=Alarming(row.alarmed_why) if row.alarmed_why else None,
    )


def _alarm(row: Row[Any]) -> ItemView:
    return ItemView(
        id=f"alarm-{row.number}",
        type="alarm",
        kind=row.kind,
        gate=row.gate,
        state=State(row.state),
        active=row.active,
        priority=row.priority,
        raised_at=moment(row.raised_ms),
        returned_at=moment_or_none(row.returned_ms),
        acknowledged_by=row.acknowledged_by,
        acknowledged_at=moment_or_none(row.acknowledged_ms),
        owner=row.owner,
        detail=row.detail,
        detail_zh=in_chinese(row.detail),
        visit=None,
        reading=None,
        count=row.count,
        chattering=row.chattering,
        withheld=_withheld(row),
    )


def _withheld(row: Row[Any]) -> Withheld | None:
    if row.withheld_ms is None:
        return None
    until = moment_or_none(row.withheld_until_ms)
    return Withheld(by=row.withheld_by, at=moment(row.withheld_ms), why=row.withheld_why, until=until)

"""What the alarm-performance figures are made of, out of the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, select

from cloud.ledger.alarms import State
from cloud.ledger.figures import STALE_MS, Announced, figures
from cloud.ledger.kinds import priority_of
from cloud.store.sites import gates_below
from cloud.store.tables import alarm, alarm_move, recheck_case
from cloud.store.views.models import View, moment

_IN_SIGHT: Final = (State.UNACK, State.ACKED, State.RTNUN)


class OftenView(View):
    gate: str
    kind: str
    count: int


class TargetsView(View):
    """What the figures should be, and who says so."""

    alarms_an_hour: float = 6
    alarms_an_hour_at_most: float = 12
    alarms_in_ten_minutes: float = 1
    flood_share: float = 0.01
    hours_over_30_share: float = 0.01
    chattering: int = 0
    stale: int = Field(5, description="fewer than so many on any day")
    by_priority: tuple[float, float, float] = (0.05, 0.15, 0.80)
    source: str = "ISA-18.2 / IEC 62682 and EEMUA 191, as restated by others"


class FiguresView(View):
    """How well the alarms serve one guard. Shares are from 0 to 1."""

    since: datetime = Field(description="begin of what was asked for, or of the ledger")
    until: datetime
    operators: int
    alarms: int
    alarms_an_hour: float
    alarms_in_ten_minutes: float
    ten_minutes_peak: float
    flood_share: float
    hours_over_30_share: float
    cases_an_hour: float
    by_priority: tuple[float, float, float]
    most_often: list[OftenView]
    chattering: list[OftenView] = Field(description="come and go now, with how often each was raised")
    stale: list[OftenView] = Field(description="have stood for more than a day")
    targets: TargetsView = TargetsView()


def alarm_figures(connection: Connection, asked_ms: int, now_ms: int, operators: int, site: str) -> FiguresView:
    """Of the gates of `site`, from `asked_ms`, or since the ledger knows of moves, until now."""
    since_ms = min(max(asked_ms, _first_ms(connection, site) or asked_ms), now_ms)
    found = figures(_announced(connection, since_ms, site), _cases(connection, since_ms, site), since_ms, now_ms, operators)
    stale = alarm.c.active & alarm.c.state.in_(_IN_SIGHT) & (alarm.c.raised_ms < now_ms - STALE_MS)
    return FiguresView(
        since=moment(since_ms),
        until=moment(now_ms),
        operators=operators,
        alarms=found.alarms,
        alarms_an_hour=found.alarms_an_hour,
        alarms_in_ten_minutes=found.alarms_in_ten_minutes,
        ten_minutes_peak=found.ten_minutes_peak,
        flood_share=found.flood_share,
        hours_over_30_share=found.hours_over_30_share,
        cases_an_hour=found.cases_an_hour,
        by_priority=found.by_priority,
        most_often=[OftenView(gate=one.gate, kind=one.kind, count=one.count) for one in found.most_often],
        chattering=_named(connection, alarm.c.chattering, site),
        stale=_named(connection, stale, site),
    )


def _first_ms(connection: Connection, site: str) -> int | None:
    moves = select(func.min(alarm_move.c.at_ms)).where(gates_below(alarm_move.c.gate, site))
    cases = select(func.min(recheck_case.c.raised_ms)).where(gates_below(recheck_case.c.gate, site))
    found = (connection.execute(one).scalar() for one in (moves, cases))
    return min((one for one in found if one is not None), default=None)


def _announced(connection: Connection, since_ms: int, site: str) -> list[Announced]:
    """Alarms, and cases that became alarms."""
    of_alarm = (alarm_move.c.at_ms >= since_ms, alarm_move.c.announced, gates_below(alarm_move.c.gate, site))
    moves = select(alarm_move.c.at_ms, alarm_move.c.gate, alarm_move.c.kind).where(*of_alarm)
    alarmed = recheck_case.c.alarmed_ms
    became = select(alarmed, recheck_case.c.gate, recheck_case.c.kind).where(
        alarmed >= since_ms, gates_below(recheck_case.c.gate, site)
    )
    return [Announced(at_ms, gate, kind, priority_of(kind)) for at_ms, gate, kind in connection.execute(moves)] + [
        Announced(at_ms, gate, kind, 1) for at_ms, gate, kind in connection.execute(became)
    ]


def _cases(connection: Connection, since_ms: int, site: str) -> int:
    raised = (recheck_case.c.raised_ms >= since_ms, gates_below(recheck_case.c.gate, site))
    return connection.execute(select(func.count()).select_from(recheck_case).where(*raised)).scalar_one()


def _named(connection: Connection, where: ColumnElement[bool], site: str) -> list[OftenView]:
    named = select(alarm.c.gate, alarm.c.kind, alarm.c.count).where(where, gates_below(alarm.c.gate, site))
    return [
        OftenView(gate=gate, kind=kind, count=count)
        for gate, kind, count in connection.execute(named.order_by(alarm.c.gate, alarm.c.kind))
    ]

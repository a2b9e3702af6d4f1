"""How the events of a period came: late, without a time, not at all, unreadable."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, func, select

from cloud.ledger.reporting.lateness import Late, LateRun, runs_of
from cloud.store.reporting.body import DeadLine, GapLine, LateLine, Undated
from cloud.store.reporting.period import SENT_MS, Period, sealed
from cloud.store.tables import data_gap, dead_letter, event
from cloud.store.views.models import moment
from contract.topics import Kind


def late_of(connection: Connection, period: Period) -> list[LateLine]:
    """Everything that was stored later than the limit after it was sent."""
    columns = (event.c.gate, event.c.install, event.c.seq, event.c.kind, event.c.received_ms, SENT_MS.label("sent_ms"))
    rows = connection.execute(sealed(event, period, *columns).where(event.c.received_ms - SENT_MS > period.late_ms))
    return [_line(run) for run in runs_of(_late(row, period) for row in rows)]


def undated_of(connection: Connection, period: Period) -> list[Undated]:
    """Events whose time nobody knows, so that nobody knows whether they were late."""
    asked = sealed(event, period, event.c.gate, func.count().label("count")).where(SENT_MS.is_(None))
    return [Undated(gate=row.gate, count=row.count) for row in connection.execute(asked.order_by(None).group_by(event.c.gate))]


def gaps_of(connection: Connection, period: Period) -> list[GapLine]:
    """Every number that is missing still, whenever it was found; those of the period that came after all, or were dropped."""
    found = []
    for row in connection.execute(select(data_gap).order_by(data_gap.c.gate, data_gap.c.install, data_gap.c.first)):
        arrived = _stored(connection, row) == row.last - row.first + 1
        if arrived and row.found_ms < period.since_ms:
            continue
        state = "arrived" if arrived else "missing"
        run = {"gate": row.gate, "install": row.install, "first": row.first, "last": row.last, "state": state}
        found.append(GapLine.model_validate({**run, "found": moment(row.found_ms)}))
    return found + _dropped(connection, period)


def dead_letters_of(connection: Connection) -> list[DeadLine]:
    """What waits for a person, whenever it came."""
    columns = (dead_letter.c.gate, func.count().label("count"), func.min(dead_letter.c.received_ms).label("first_ms"))
    rows = connection.execute(select(*columns).group_by(dead_letter.c.gate).order_by(dead_letter.c.gate))
    return [DeadLine(gate=row.gate, count=row.count, first=moment(row.first_ms)) for row in rows]


def _late(row: Row[Any], period: Period) -> Late:
    day = period.earlier_day(row.sent_ms, row.received_ms)
    return Late(row.gate, row.install, row.seq, row.kind, row.sent_ms, row.received_ms, day)


def _line(run: LateRun) -> LateLine:
    return LateLine(
        gate=run.gate,
        day=run.day,
        count=run.count,
        kinds=run.kinds,
        numbers=list(run.numbers),
        first_sent=moment(run.first_sent_ms),
        last_sent=moment(run.last_sent_ms),
        first_stored=moment(run.first_stored_ms),
        last_stored=moment(run.last_stored_ms),
        longest_s=run.longest_ms / 1000,
    )


def _stored(connection: Connection, gap: Row[Any]) -> int:
    of_gap = (event.c.gate == gap.gate, event.c.install == gap.install, event.c.seq.between(gap.first, gap.last))
    return connection.execute(select(func.count()).select_from(event).where(*of_gap)).scalar_one()


def _dropped(connection: Connection, period: Period) -> list[GapLine]:
    """What gates said they had to let go."""
    alerts = sealed(event, period, event.c.gate, event.c.install, event.c.data).where(event.c.kind == Kind.ALERT.value)
    said = [(row, json.loads(row.data).get("dropped")) for row in connection.execute(alerts)]
    return [
        GapLine(gate=row.gate, install=row.install, first=first, last=last, found=None, state="dropped", reason=dropped["reason"])
        for row, dropped in said
        if dropped
        for first, last in dropped["runs"]
    ]

"""What belongs into one report: everything that was sealed after the last link of the report before, up to the chain's end.

The cut is by the order of storage, not by time: what arrives late comes into the next report, and nothing falls between two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, case, select

from cloud.ledger.reporting.schedule import Schedule
from cloud.store.tables import chain, event


@dataclass(frozen=True, slots=True)
class Period:
    """Links `first` to `last`, both included; none where `last` is before `first`. Times are UTC milliseconds.

    Attributes:
        since_ms: when the report before was due; due_ms, made_ms: of this one.
        late_ms: what is stored so long after it was sent is late.
    """

    first: int
    last: int
    since_ms: int
    due_ms: int
    made_ms: int
    late_ms: int
    schedule: Schedule

    def holds(self, number: Column[Any] = chain.c.number) -> ColumnElement[bool]:
        return number.between(self.first, self.last)

    def earlier_day(self, sent_ms: int, stored_ms: int) -> str:
        """The earlier day that a late event belongs to; empty: it belongs to the day of this report."""
        late = stored_ms - sent_ms > self.late_ms
        return self.schedule.day_at(sent_ms) if late and sent_ms <= self.since_ms else ""


SENT_MS = case((event.c.clock_ok, event.c.time_ms), else_=event.c.corrected_ms)
"""When an event was sent; NULL where nobody can know."""


def sealed(table: Any, period: Period, *columns: Any) -> Select[Any]:
    """Rows of the period, in the order of storage."""
    under = chain.join(table, table.c.seal == chain.c.seal)
    return select(*columns).select_from(under).where(period.holds()).order_by(chain.c.number)

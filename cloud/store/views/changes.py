"""What has changed since a screen looked last. A row that changed twice comes once, as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table

from cloud.ledger.sites import EVERYTHING, Sight
from cloud.store.database import Database
from cloud.store.feed import last_change
from cloud.store.sites import gates_below
from cloud.store.tables import alarm, gate, recheck_case, visit
from cloud.store.views.gates import gates
from cloud.store.views.models import GateView, ItemView, Row, View, VisitView, moment
from cloud.store.views.queue import alarms, cases, waiting_items
from cloud.store.views.visits import Sought, visit_page, visits_changed

SNAPSHOT_VISITS: Final = 100
MOST_VISITS: Final = 500
"""A screen that was away for longer gets so many; the rest is in the ledger's pages."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row, and the number of its last change."""

    number: int
    row: Row

    @property
    def name(self) -> str:
        """The name of the event in the live stream."""
        match self.row:
            case GateView():
                return "gate"
            case ItemView():
                return "queue"
            case VisitView():
                return "visit"


class Snapshot(View):
    """All a guard's screen shows, as it was at one moment; `feed` is where the live stream goes on."""

    feed: int
    server_time: datetime
    gates: list[GateView]
    queue: list[ItemView]
    visits: list[VisitView]


def snapshot(database: Database, now_ms: int, sight: Sight = EVERYTHING) -> Snapshot:
    """One consistent picture, as far as `sight` reaches."""
    with database.reading() as connection:
        return Snapshot(
            feed=last_change(connection),
            server_time=moment(now_ms),
            gates=[row for _, row in gates(connection, now_ms, gates_below(gate.c.gate, sight.site))],
            queue=[row for _, row in waiting_items(connection, now_ms, sight)],
            visits=visit_page(connection, SNAPSHOT_VISITS, Sought(sight.site)).visits if sight.people else [],
        )


def changes_after(database: Database, number: int, now_ms: int, sight: Sight = EVERYTHING) -> list[Change]:
    """Every row in `sight` that has changed since change `number`, in the order of change."""
    with database.reading() as connection:
        if last_change(connection) <= number:
            return []
        return sorted(_changed(connection, number, now_ms, sight), key=lambda change: change.number)


def _changed(connection: Connection, number: int, now_ms: int, sight: Sight) -> list[Change]:
    def newer(table: Table) -> ColumnElement[bool]:
        return (table.c.feed > number) & gates_below(table.c.gate, sight.site)

    rows: list[tuple[int, Row]] = [*gates(connection, now_ms, newer(gate)), *alarms(connection, newer(alarm))]
    if sight.people:
        rows += cases(connection, newer(recheck_case))
        rows += visits_changed(connection, newer(visit), MOST_VISITS)
    return [Change(feed, row) for feed, row in rows]

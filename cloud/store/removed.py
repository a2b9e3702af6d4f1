"""What was removed, by kind and period, out of the removals under the chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from cloud.store.tables import removal


@dataclass(frozen=True, slots=True)
class Removed:
    """So many events of a kind went, after so many days; the newest of them had arrived before `before_ms` (UTC)."""

    kind: str
    days: int
    rows: int
    before_ms: int

    @property
    def words(self) -> str:
        before = datetime.fromtimestamp(self.before_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M")
        went = f"{self.rows:,} {self.kind} events were removed after {self.days} days"
        return f"{went} by the period of this kind (they arrived before {before} UTC)."


def removals_of(connection: Connection) -> list[Removed]:
    """By kind and period."""
    sums = func.sum(removal.c.rows), func.max(removal.c.before_ms)
    found = select(removal.c.kind, removal.c.days, *sums).group_by(removal.c.kind, removal.c.days)
    return [Removed(*row) for row in connection.execute(found.order_by(removal.c.kind, removal.c.days))]

"""What the projector still has to copy into the series."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, select

from cloud.ledger.points import points_of
from cloud.store.tables import event, series_outbox
from contract.ids import EventId
from contract.series import Point
from contract.topics import Kind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One event whose points are not yet in the series."""

    number: int
    id: EventId
    data: str
    points: tuple[Point, ...]


def waiting(connection: Connection, most: int) -> list[Waiting]:
    """The oldest notes, with the points of their events."""
    same = and_(
        event.c.gate == series_outbox.c.gate, event.c.install == series_outbox.c.install, event.c.seq == series_outbox.c.seq
    )
    columns = (
        series_outbox.c.number,
        *(event.c[name] for name in ("gate", "install", "seq", "kind", "series_ns", "time_ms", "data")),
    )
    question = select(*columns).join(event, same).order_by(series_outbox.c.number).limit(most)
    return [_waiting(row) for row in connection.execute(question)]


def _waiting(row: Row[Any]) -> Waiting:
    name = EventId(row.gate, row.install, row.seq)
    shift_ms = row.series_ns // 1_000_000 - row.time_ms
    points = points_of(Kind(row.kind), row.gate, str(name), row.series_ns, shift_ms, json.loads(row.data))
    return Waiting(row.number, name, row.data, points)


def forget(connection: Connection, done: Sequence[Waiting]) -> None:
    """These are in the series."""
    numbers = [{"done": one.number} for one in done]
    connection.execute(delete(series_outbox).where(series_outbox.c.number == bindparam("done")), numbers)


def backlog(connection: Connection) -> int:
    """How many events wait."""
    return connection.execute(select(func.count()).select_from(series_outbox)).scalar_one()

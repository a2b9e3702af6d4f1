"""What the projector still has to copy into the series, and what it set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select

from cloud.ledger.events import Poison
from cloud.ledger.points import points_of
from cloud.store.facility.newest import NewestRow, newest_rows
from cloud.store.facility.uvc import RunRow, run_rows
from cloud.store.tables import event, series_outbox
from contract.ids import EventId, parse_event_id
from contract.series import Point
from contract.topics import Kind

TOPIC: Final = "series "
"""What stands before the event's id in the topic of a dead letter that the series refused."""
EVENT_COLUMNS: Final = tuple(
    event.c[name] for name in ("gate", "install", "seq", "kind", "series_ns", "time_ms", "received_ms", "data")
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One event whose points are not yet in the series.

    Attributes:
        number: of its note; 0 where there is none.
        fault: why no points can be made of it, else empty.
        newest: what its sensors said, as rows of `newest_reading`.
        runs: what it says of runs of a UV-C lamp.
    """

    number: int
    id: EventId
    data: str
    points: tuple[Point, ...]
    fault: str = ""
    newest: tuple[NewestRow, ...] = ()
    runs: tuple[RunRow, ...] = ()

    def refused(self, reason: str) -> Poison:
        """As a dead letter."""
        return Poison(self.id.gate, f"{TOPIC}{self.id}", self.data.encode(), reason, self.id)


def waiting(connection: Connection, most: int, after: int = 0) -> list[Waiting]:
    """The oldest notes beyond the number `after`, with the points of their events."""
    same = and_(
        event.c.gate == series_outbox.c.gate, event.c.install == series_outbox.c.install, event.c.seq == series_outbox.c.seq
    )
    question = select(series_outbox.c.number, *EVENT_COLUMNS).join(event, same)
    question = question.where(series_outbox.c.number > after).order_by(series_outbox.c.number).limit(most)
    return [waiting_of(row.number, row) for row in connection.execute(question)]


def waiting_of(number: int, row: Row[Any]) -> Waiting:
    """From EVENT_COLUMNS. An event that no points can be made of must not stand in the way of its neighbours."""
    name = EventId(row.gate, row.install, row.seq)
    shift_ms = row.series_ns // 1_000_000 - row.time_ms
    try:
        kind, said = Kind(row.kind), json.loads(row.data)
        points = points_of(kind, row.gate, str(name), row.series_ns, shift_ms, said)
        of_sensors = kind is Kind.SENSOR
        newest = newest_rows(row.gate, said, shift_ms, row.received_ms) if of_sensors else ()
        runs = run_rows(name, said, shift_ms, row.received_ms) if of_sensors else ()
    except (ValueError, TypeError, KeyError, OverflowError) as unreadable:
        return Waiting(number, name, row.data, (), f"no points can be made of this event ({unreadable!r})")
    return Waiting(number, name, row.data, points, newest=newest, runs=runs)


def forget(connection: Connection, done: Sequence[Waiting]) -> None:
    """These are in the series."""
    numbers = [{"done": one.number} for one in done]
    connection.execute(delete(series_outbox).where(series_outbox.c.number == bindparam("done")), numbers)


def backlog(connection: Connection) -> int:
    """How many events wait."""
    return connection.execute(select(func.count()).select_from(series_outbox)).scalar_one()


def queue_again(connection: Connection, refused: str) -> bool:
    """Leave a note again for an event that the series refused; whether the ledger still has it."""
    name = parse_event_id(refused)
    same = and_(event.c.gate == name.gate, event.c.install == name.install, event.c.seq == name.seq)
    if connection.execute(select(event.c.seq).where(same)).scalar() is None:
        return False
    connection.execute(insert(series_outbox), name._asdict())
    return True

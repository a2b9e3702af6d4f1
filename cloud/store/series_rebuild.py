"""Writes the series again out of the ledger: the same points with the same times, so that what is there stays one point.

The cloud may run meanwhile. It goes through the ledger event by event in the order of their names, and can begin after any.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, literal, select, tuple_

from cloud.store.database import Database
from cloud.store.dead_letters import add_dead_letters
from cloud.store.outbox import EVENT_COLUMNS, Waiting, waiting_of
from cloud.store.series import SeriesStore, Span
from cloud.store.series_refusals import write_around
from cloud.store.tables import event
from contract.ids import EventId
from contract.series import MEASUREMENTS

BATCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events. `since_s` in UTC seconds; `after`: begin behind this one."""

    since_s: int
    gate: str | None = None
    after: EventId | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `done` events of `total`, `refused` among them, the last one `last`."""

    done: int
    total: int
    refused: int
    last: EventId | None


Tell = Callable[[Progress], None]


def rebuild(database: Database, series: SeriesStore, wanted: Wanted, now_ms: Callable[[], int], tell: Tell) -> Progress:
    """Write every wanted event's points. Raises SeriesAwayError, SQLAlchemyError; `tell` knew where it was."""
    progress = Progress(0, _count(database, wanted), 0, wanted.after)
    tell(progress)
    while batch := _batch(database, wanted, progress.last):
        refused = write_around(series, batch)
        if refused:
            with database.writing() as connection:
                add_dead_letters(connection, refused, now_ms())
        progress = Progress(progress.done + len(batch), progress.total, progress.refused + len(refused), batch[-1].id)
        tell(progress)
    series.summarise(Span(wanted.since_s, now_ms() // 1000))
    return progress


def _count(database: Database, wanted: Wanted) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(event).where(*_which(wanted, wanted.after))).scalar_one()


def _batch(database: Database, wanted: Wanted, after: EventId | None) -> list[Waiting]:
    question = select(*EVENT_COLUMNS).where(*_which(wanted, after)).order_by(*event.primary_key).limit(BATCH)
    with database.reading() as connection:
        return [waiting_of(0, row) for row in connection.execute(question)]


def _which(wanted: Wanted, after: EventId | None) -> list[ColumnElement[Any]]:
    conditions: list[ColumnElement[Any]] = [
        event.c.kind.in_([kind.value for kind in MEASUREMENTS]),
        event.c.series_ns >= wanted.since_s * 10**9,
    ]
    if wanted.gate is not None:
        conditions.append(event.c.gate == wanted.gate)
    if after is not None:
        key = (event.c.gate, event.c.install, event.c.seq)
        # With their types: PostgreSQL takes a number without one for 32 bits.
        conditions.append(tuple_(*key) > tuple_(*(literal(part, column.type) for part, column in zip(after, key, strict=True))))
    return conditions

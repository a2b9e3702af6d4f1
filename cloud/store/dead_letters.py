"""Messages nobody could take: kept as they came, once, and counted, until they are replayed or a person drops them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select

from cloud.ledger.events import Poison
from cloud.store.dialect import insert_into
from cloud.store.tables import dead_letter

_MAX_BODY: Final = 65_536
_MAX_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message, field for field its row.

    Attributes:
        event: its id as far as it could be read; empty where it could not.
        body: as it came, at most 64 KiB of it.
        received_ms: when it first came, UTC milliseconds.
        count: how often it came.
    """

    number: int
    topic: str
    gate: str
    event: str
    error: str
    body: bytes
    received_ms: int
    count: int


_COLUMNS: Final = [dead_letter.c[one.name] for one in fields(DeadLetter)]


def add_dead_letters(connection: Connection, poisons: Sequence[Poison], now_ms: int) -> None:
    """Keep each; one that comes again is counted."""
    new = insert_into(connection, dead_letter)
    again = new.on_conflict_do_update(index_elements=["sha256"], set_={"count": dead_letter.c.count + 1})
    for one in poisons:
        row = {
            "sha256": hashlib.sha256(one.topic.encode() + b"\0" + one.body).hexdigest(),
            "topic": one.topic,
            "gate": one.gate,
            "event": str(one.id or ""),
            "error": one.error[:_MAX_ERROR],
            "body": one.body[:_MAX_BODY],
            "received_ms": now_ms,
            "count": 1,
        }
        connection.execute(again, row)


def dead_letters(connection: Connection) -> int:
    """How many there are."""
    return connection.execute(select(func.count()).select_from(dead_letter)).scalar_one()


def dead_letters_after(connection: Connection, number: int, most: int) -> list[DeadLetter]:
    """Up to `most` of them with a higher number, oldest first."""
    found = select(*_COLUMNS).where(dead_letter.c.number > number).order_by(dead_letter.c.number).limit(most)
    return [_letter(*row) for row in connection.execute(found)]


def dead_letter_of(connection: Connection, number: int) -> DeadLetter | None:
    """The one with this number."""
    found = connection.execute(select(*_COLUMNS).where(dead_letter.c.number == number)).one_or_none()
    return None if found is None else _letter(*found)


def forget_dead_letter(connection: Connection, number: int) -> None:
    connection.execute(delete(dead_letter).where(dead_letter.c.number == number))


def _letter(*row: Any) -> DeadLetter:
    return DeadLetter(*row)

"""Messages nobody could take: kept as they came, once, and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from cloud.ledger.events import Poison
from cloud.store.dialect import insert_into
from cloud.store.tables import dead_letter

_MAX_BODY: Final = 65_536
_MAX_ERROR: Final = 500


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

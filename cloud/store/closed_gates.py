"""Gates that are closed for good, in the site's model: whoever comes in there was not expected."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select, update

from cloud.store.dialect import insert_into
from cloud.store.feed import Feed
from cloud.store.tables import closed_gate, gate


def closed_since(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """Since when those of these gates that are closed are, milliseconds."""
    found = connection.execute(select(closed_gate.c.gate, closed_gate.c.since_ms).where(closed_gate.c.gate.in_(names)))
    return {row.gate: row.since_ms for row in found}


def close_gate(connection: Connection, feed: Feed, name: str, why: str, now_ms: int) -> None:
    """Closed from now on; one that is closed stays closed since when it was."""
    new = insert_into(connection, closed_gate).values(gate=name, since_ms=now_ms, why=why)
    connection.execute(new.on_conflict_do_update(index_elements=["gate"], set_={"why": why}))
    _tell(connection, feed, name)


def reopen_gate(connection: Connection, feed: Feed, name: str) -> None:
    """An entrance again."""
    connection.execute(delete(closed_gate).where(closed_gate.c.gate == name))
    _tell(connection, feed, name)


def _tell(connection: Connection, feed: Feed, name: str) -> None:
    connection.execute(update(gate).where(gate.c.gate == name).values(feed=feed.number()))

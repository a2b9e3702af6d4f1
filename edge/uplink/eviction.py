"""Giving events up when their share of the disk is used up: what the cloud has first, then the least urgent, alerts last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contract.dropped import DropReason

if TYPE_CHECKING:
    import sqlite3

    from edge.uplink.outbox import Outbox
    from edge.uplink.own_events import OwnEvents

STEP: Final = 500
"""Events given up at once: a whole day of a busy gate is a few hundred steps, and their notes need little room."""

_OLDEST: Final = "SELECT seq FROM outbox WHERE prio = ? ORDER BY seq LIMIT ?"
# Notes of what was dropped are never dropped: they are what keeps a hole from looking like a loss nobody knows of.
_OLDEST_ALERTS: Final = """
    SELECT o.seq FROM outbox o JOIN event e ON e.seq = o.seq
    WHERE o.prio = ? AND e.ring_key NOT LIKE 'uplink:%' ORDER BY o.seq LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Evicted:
    """What one step took: `known` events the cloud has, and the numbers of `lost` ones it never will have."""

    known: int
    lost: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.known or self.lost)


def evict(outbox: Outbox, own: OwnEvents, most: int = STEP) -> Evicted:
    """One step, with its note, in one transaction. Raises sqlite3.OperationalError; then nothing of it has happened."""
    with outbox.transaction() as connection:
        known = connection.execute(
            "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE acked = 1 ORDER BY wall_s LIMIT ?)", (most,)
        ).rowcount
        if known:
            return Evicted(known, ())
        (prio,) = connection.execute("SELECT max(prio) FROM outbox").fetchone()
        lost = tuple(seq for (seq,) in connection.execute(_OLDEST if prio else _OLDEST_ALERTS, (prio, most)).fetchall())
        if not lost:
            return Evicted(0, ())
        marks = [(seq,) for seq in lost]
        connection.executemany("DELETE FROM outbox WHERE seq = ?", marks)
        connection.executemany("DELETE FROM event WHERE seq = ?", marks)
        note = outbox.insert(connection, own.dropped(DropReason.EVICTED, lost))
    outbox.gone(len(lost) - 1, note)
    return Evicted(0, lost)


def put_aside(outbox: Outbox, own: OwnEvents, seq: int) -> bool:
    """Take one row out of the way, keep it, and say so. False when it no longer waits. Raises sqlite3.OperationalError."""
    with outbox.transaction() as connection:
        if not connection.execute("DELETE FROM outbox WHERE seq = ?", (seq,)).rowcount:
            return False
        event = own.dropped(DropReason.SET_ASIDE, [seq])
        connection.execute("INSERT INTO aside VALUES (?, ?, ?)", (seq, DropReason.SET_ASIDE.value, event.wall_s))
        note = outbox.insert(connection, event)
    outbox.gone(0, note)
    return True


def checkpoint(outbox: Outbox) -> None:
    """Bring SQLite's log into the database; the log's file keeps its room. Raises sqlite3.OperationalError."""
    with outbox.alone() as connection:
        connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()


def used_bytes(outbox: Outbox) -> int:
    """What the rows take, without pages that are free to be used again."""
    with outbox.alone() as connection:
        return (_pragma(connection, "page_count") - _pragma(connection, "freelist_count")) * _pragma(connection, "page_size")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])

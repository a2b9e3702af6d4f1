"""Events on disk: every committed one is kept until the cloud has acknowledged it, and has one number for ever."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from contract.topics import ROUTES, Kind
from edge.uplink.database import Opened, open_database

_COLUMNS: Final = "e.seq, e.prio, e.kind, e.wall_s, e.mono_s, e.boot, e.data, e.late, e.clock_ok"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What the ring handed over.

    Attributes:
        wall_s, mono_s: UTC and monotonic seconds of the decision.
        boot: names the machine's boot `mono_s` counts from.
        key: ring and record number: what a repeat after a crash is recognised by.
        data: the message's `data` as JSON.
        clock_ok: whether the clock could be believed then.
    """

    kind: Kind
    wall_s: float
    mono_s: float
    boot: str
    key: str
    data: str
    clock_ok: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One waiting event. `late`: the decision was acted on before it was on disk.

    `wall_s` is what the clock said then, or, where it could not be believed, what it must have been by what the same boot's
    clock said later, when it could; `clock_ok` tells whether it is one of the two.
    """

    seq: int
    prio: int
    kind: Kind
    wall_s: float
    mono_s: float
    boot: str
    data: str
    late: bool
    clock_ok: bool = True


class Outbox:
    """Used by two threads, writer and sender: every method is one short step under one lock.

    Rows are shown to the sender only up to what the writer has released, so that a mark that belongs to a row (`late`)
    is on disk before the row can leave. sqlite3.OperationalError (disk full, read-only) goes to the caller: nothing of
    that step has happened then.
    """

    def __init__(self, opened: Opened) -> None:
        self._connection = opened.connection
        self.install = opened.install
        self.set_aside = opened.set_aside
        self._lock = threading.Lock()
        self._released = 0
        self.last_seq = self._number("SELECT seq FROM sqlite_sequence WHERE name = 'event'") or 0
        self.waiting = self._number("SELECT count(*) FROM outbox") or 0
        self._offsets_s: dict[str, float] = dict(self._connection.execute("SELECT boot, offset_s FROM boot").fetchall())

    @classmethod
    def open(cls, path: Path, gate: str) -> Self:
        """Raises OutboxError."""
        return cls(open_database(path, gate))

    def add(self, events: Sequence[NewEvent]) -> list[int]:
        """Put events and their outbox rows on disk in one transaction; durable on return. Returns their numbers.

        An event whose key is known already keeps the number it has: no second row.
        """
        with self.transaction() as connection:
            numbers = [self._known(event.key) or self.insert(connection, event) for event in events]
        self.waiting += len({number for number in numbers if number > self.last_seq})
        self.last_seq = max(self.last_seq, *numbers, 0)
        return numbers

    def _known(self, key: str) -> int | None:
        # Looked up first: an insert that is ignored would use up a number, and a number nobody has looks like a loss.
        return self._number("SELECT seq FROM event WHERE ring_key = ?", key)

    @staticmethod
    def insert(connection: sqlite3.Connection, event: NewEvent) -> int:
        """Event and outbox row, within the caller's transaction. Returns the number."""
        prio = ROUTES[event.kind].priority
        values = (event.kind.value, prio, event.wall_s, event.mono_s, event.boot, event.key, event.data, event.clock_ok)
        seq = connection.execute(
            "INSERT INTO event (kind, prio, wall_s, mono_s, boot, ring_key, data, clock_ok) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        ).lastrowid
        connection.execute("INSERT INTO outbox (seq, prio) VALUES (?, ?)", (seq, prio))
        return int(seq or 0)

    def tell_damage(self, event: NewEvent) -> None:
        """Put the event that tells of the damaged predecessor on disk, once."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM meta WHERE key = 'set_aside'")
            seq = self.insert(connection, event)
        self.gone(-1, seq)

    def mark_late(self, seqs: Iterable[int]) -> None:
        """Note that these decisions were acted on before they were on disk. Before their release."""
        with self.transaction() as connection:
            connection.executemany("UPDATE event SET late = 1 WHERE seq = ?", [(seq,) for seq in seqs])

    def release(self) -> None:
        """Let the sender have everything that is on disk by now."""
        self._released = self.last_seq

    def after(self, prio: int, seq: int, most: int) -> list[Row]:
        """Released rows of one priority above `seq`, lowest number first."""
        return self._rows(
            f"SELECT {_COLUMNS} FROM outbox o JOIN event e ON e.seq = o.seq"  # noqa: S608 - a constant
            " WHERE o.prio = ? AND o.seq > ? AND o.seq <= ? ORDER BY o.seq LIMIT ?",
            (prio, seq, self._released, most),
        )

    def newest_health(self) -> int | None:
        """The newest released health message that waits."""
        with self._lock:
            found = self._connection.execute(
                "SELECT o.seq FROM outbox o JOIN event e ON e.seq = o.seq"
                " WHERE o.prio = ? AND e.kind = ? AND o.seq <= ? ORDER BY o.seq DESC LIMIT 1",
                (ROUTES[Kind.HEALTH].priority, Kind.HEALTH.value, self._released),
            ).fetchone()
        return found[0] if found else None

    def again(self, seqs: Sequence[int]) -> list[Row]:
        """Those of `seqs` that still wait, most urgent first."""
        marks = ",".join("?" * len(seqs))
        return self._rows(
            f"SELECT {_COLUMNS} FROM outbox o JOIN event e ON e.seq = o.seq WHERE o.seq IN ({marks}) ORDER BY o.prio, o.seq",  # noqa: S608
            tuple(seqs),
        )

    def _rows(self, query: str, values: tuple[int, ...]) -> list[Row]:
        with self._lock:
            found = self._connection.execute(query, values).fetchall()
        return [self._row(*columns) for columns in found]

    def _row(
        self, seq: int, prio: int, kind: str, wall_s: float, mono_s: float, boot: str, data: str, late: int, clock_ok: int
    ) -> Row:
        offset_s = self._offsets_s.get(boot)
        if not clock_ok and offset_s is not None:
            wall_s, clock_ok = mono_s + offset_s, 1
        return Row(seq, prio, Kind(kind), wall_s, mono_s, boot, data, bool(late), bool(clock_ok))

    def note_offset(self, boot: str, offset_s: float) -> None:
        """UTC less monotonic seconds of a boot whose clock can be believed now. Its earlier events get their time by it."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO boot VALUES (?, ?)", (boot, offset_s))
        self._offsets_s[boot] = offset_s

    def count_tries(self, seqs: Iterable[int]) -> None:
        """Note that these went out once more."""
        with self.transaction() as connection:
            connection.executemany("UPDATE outbox SET tries = tries + 1 WHERE seq = ?", [(seq,) for seq in seqs])

    def suspects(self) -> list[int]:
        """Rows that once were the oldest without a receipt when a connection ended."""
        with self._lock:
            return [seq for (seq,) in self._connection.execute("SELECT seq FROM outbox WHERE breaks > 0 ORDER BY seq").fetchall()]

    def suspect(self, seq: int, breaks: int) -> None:
        """Note how often the connection ended by this row: 0 clears it."""
        with self.transaction() as connection:
            connection.execute("UPDATE outbox SET breaks = ? WHERE seq = ?", (breaks, seq))

    def acknowledge(self, seqs: Iterable[int]) -> int:
        """The cloud has committed these. Returns how many were still waiting."""
        marks = [(seq,) for seq in seqs]
        with self.transaction() as connection:
            gone = connection.executemany("DELETE FROM outbox WHERE seq = ?", marks).rowcount
            connection.executemany("UPDATE event SET acked = 1 WHERE seq = ? AND acked = 0", marks)
        self.waiting -= gone
        return gone

    def oldest(self) -> int | None:
        """The lowest number that is not acknowledged; None when all are."""
        with self._lock:
            return self._number("SELECT min(seq) FROM outbox")

    def purge(self, before_s: float, most: int = 1000) -> int:
        """Forget up to `most` acknowledged events older than `before_s` (UTC seconds). Returns how many."""
        with self.transaction() as connection:
            return connection.execute(
                "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE acked = 1 AND wall_s < ? LIMIT ?)", (before_s, most)
            ).rowcount

    def gone(self, count: int, last_seq: int) -> None:
        """A transaction took `count` more rows from the waiting ones than it added, and gave numbers up to `last_seq`."""
        self.waiting -= count
        self.last_seq = max(self.last_seq, last_seq)

    def _number(self, query: str, *values: str) -> int | None:
        found = self._connection.execute(query, values).fetchone()
        return found[0] if found else None

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The connection for one question or order that is no transaction."""
        with self._lock:
            yield self._connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One step on the disk, whole or not at all."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        with self._lock:
            self._connection.close()

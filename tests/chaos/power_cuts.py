"""The gate's outbox on a disk that forgets: no committed event may be missing after a power cut, whenever it comes.

The product's own statements run on it (`edge.uplink.outbox`); only the connection is another SQLite library's, because that
one lets its disk be replaced.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import apsw

from edge.uplink.database import SETTINGS, Opened, make_tables, open_database
from edge.uplink.outbox import Outbox
from tests.chaos.lossy_disk import LossyDisk
from tests.uplink.parts import event

_TRANSACTIONS: Final = 200
_CUTS_A_RUN: Final = 25


class Connection:
    """The verbs of `sqlite3.Connection` that the outbox uses, on apsw."""

    def __init__(self, real: apsw.Connection) -> None:
        self._real = real

    @property
    def in_transaction(self) -> bool:
        return self._real.in_transaction

    def execute(self, statement: str, values: Iterable[Any] = ()) -> Answer:
        rows = list(self._real.execute(statement, tuple(values)))
        return Answer(rows, self._real.changes(), self._real.last_insert_rowid())

    def executemany(self, statement: str, many: Iterable[Iterable[Any]]) -> Answer:
        changed = 0
        for values in many:
            self._real.execute(statement, tuple(values))
            changed += self._real.changes()
        return Answer([], changed, None)

    def executescript(self, script: str) -> None:
        for _ in self._real.execute(script):
            pass

    def close(self) -> None:
        self._real.close()


@dataclass(frozen=True, slots=True)
class Answer:
    rows: list[Any]
    rowcount: int
    lastrowid: int | None

    def fetchone(self) -> Any:
        return self.rows[0] if self.rows else None

    def fetchall(self) -> list[Any]:
        return self.rows


@dataclass(frozen=True, slots=True)
class Life:
    """What a gate had promised to have on disk after so many steps of the disk: the keys, and what was acknowledged."""

    steps: int
    keys: frozenset[str]
    acked: frozenset[int]


def run(
    folder: Path, cuts: int, seed: int, synchronous: str = "FULL", tell: Callable[[float], None] = lambda _: None
) -> dict[str, Any]:
    """`cuts` power cuts over as many lives of a gate as needed. Returns how many lost something and how many broke the file."""
    dice = random.Random(seed)
    lost, broken, worst, done = 0, 0, 0, 0
    while done < cuts:
        place = folder / f"life-{done}"
        place.mkdir()
        disk = LossyDisk()
        lives = _live(disk, place / "events.db", dice, synchronous)
        for _ in range(min(_CUTS_A_RUN, cuts - done)):
            missing, damaged = _cut(disk, lives, place / "after", dice)
            lost, broken, worst, done = lost + bool(missing), broken + damaged, max(worst, missing), done + 1
        tell(done / cuts)
    return {"cuts": cuts, "synchronous": synchronous, "lost": lost, "broken": broken, "worst_rows": worst, "seed": seed}


def _live(disk: LossyDisk, path: Path, dice: random.Random, synchronous: str) -> list[Life]:
    connection: Any = Connection(disk.open(path))
    connection.executescript(SETTINGS.replace("synchronous = FULL", f"synchronous = {synchronous}"))
    connection.executescript("PRAGMA wal_autocheckpoint = 20;")
    make_tables(connection)
    outbox = Outbox(Opened(connection, "install", None))
    keys: set[str] = set()
    acked: set[int] = set()
    lives = []
    for number in range(_TRANSACTIONS):
        batch = [f"{number}-{count}" for count in range(dice.randint(1, 4))]
        outbox.add([event(key, data="x" * dice.randint(10, 300)) for key in batch])
        keys.update(batch)
        if number % 7 == 6:
            gone = range(1, outbox.last_seq, 3)
            outbox.acknowledge(gone)
            acked.update(gone)
        lives.append(Life(len(disk.log), frozenset(keys), frozenset(acked)))
    outbox.close()
    return lives


def _cut(disk: LossyDisk, lives: list[Life], after: Path, dice: random.Random) -> tuple[int, bool]:
    """How many promised rows are missing after one cut, and whether the file was found damaged."""
    cut = dice.randint(lives[0].steps, lives[-1].steps)
    promised = max((life for life in lives if life.steps <= cut), key=lambda life: life.steps)
    after.mkdir(exist_ok=True)
    for old in after.iterdir():
        old.unlink()
    for name, data in disk.image(cut, dice).items():
        (after / name).write_bytes(data)
    opened = open_database(after / "events.db", "gate-1")
    try:
        return _missing(opened.connection, promised), opened.set_aside is not None
    finally:
        opened.connection.close()


def _missing(connection: sqlite3.Connection, promised: Life) -> int:
    there = {key for (key,) in connection.execute("SELECT ring_key FROM event")}
    waiting = {seq for (seq,) in connection.execute("SELECT seq FROM outbox")}
    return len(promised.keys - there) + len(waiting & promised.acked)

"""The process dies at any step of SQLite's machine; what is found on disk then is whole."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from edge.uplink.outbox import Outbox
from tests.uplink.parts import event

BATCHES = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=8), min_size=1, max_size=8)
"""Each number is the key of a record: a number that comes again is a repeat."""


@dataclass
class Crash:
    """Copies the files at the `at`-th step of SQLite's machine (counted in hundreds): what a kill -9 would leave.

    Attributes:
        before: what had been promised to be on disk by then, key to number.
        acked: numbers whose acknowledgement had been promised to be noted.
    """

    folder: Path
    at: int
    steps: int = 0
    promised: dict[str, int] = field(default_factory=dict)
    acknowledged: set[int] = field(default_factory=set)
    before: dict[str, int] | None = None
    acked: set[int] = field(default_factory=set)

    def step(self) -> int:
        self.steps += 1
        if self.steps == self.at:
            self.take()
        return 0

    def take(self) -> None:
        self.before, self.acked = dict(self.promised), set(self.acknowledged)
        (self.folder / "after").mkdir()
        for part in ("events.db", "events.db-wal"):
            if (self.folder / part).exists():
                shutil.copyfile(self.folder / part, self.folder / "after" / part)


@settings(max_examples=60, deadline=None)
@given(batches=BATCHES, acks=st.lists(st.integers(1, 40), max_size=30), at=st.integers(1, 400))
def test_whenever_it_dies_every_committed_event_is_there_once_under_its_number(
    batches: list[list[int]], acks: list[int], at: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crash = Crash(folder, at)
        install = _live(folder, batches, acks, crash)
        if crash.before is None:
            crash.take()
        assert crash.before is not None
        _check(folder / "after" / "events.db", crash.before, crash.acked, install, batches)


def _live(folder: Path, batches: list[list[int]], acks: list[int], crash: Crash) -> str:
    outbox = Outbox.open(folder / "events.db", "gate-1")
    outbox._connection.set_progress_handler(crash.step, 5)
    for batch in batches:
        keys = [str(key) for key in batch]
        numbers = outbox.add([event(key) for key in keys])
        crash.promised.update(zip(keys, numbers, strict=True))
        outbox.acknowledge(acks[:5])
        crash.acknowledged.update(seq for seq in acks[:5] if seq <= outbox.last_seq)
        acks = acks[5:]
    outbox._connection.set_progress_handler(None, 0)
    install = outbox.install
    outbox.close()
    return install


def _check(path: Path, before: dict[str, int], acked: set[int], install: str, batches: list[list[int]]) -> None:
    found = Outbox.open(path, "gate-1")
    try:
        assert found.set_aside is None
        assert found.install == install
        rows = dict(found._connection.execute("SELECT ring_key, seq FROM event").fetchall())
        assert rows.items() >= before.items()
        assert sorted(rows.values()) == list(range(1, len(rows) + 1)), "no number twice, and none left out"
        waiting = {seq for (seq,) in found._connection.execute("SELECT seq FROM outbox").fetchall()}
        assert waiting == set(rows.values()) - _all_acks(found), "event and outbox row come together"
        assert not waiting & acked
        assert set(found.add([event(str(key)) for batch in batches for key in batch])) >= set(before.values())
        assert found.add([event("a new one")]) == [len({key for batch in batches for key in batch}) + 1]
    finally:
        found.close()


def _all_acks(outbox: Outbox) -> set[int]:
    return {seq for (seq,) in outbox._connection.execute("SELECT seq FROM event WHERE acked = 1").fetchall()}

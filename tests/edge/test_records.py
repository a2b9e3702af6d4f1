"""The ring between the loop and the writer."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from contract.topics import Kind
from edge.records import MAX_DATA, SLOTS, Record, RecordRing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ring"


def test_a_record_comes_out_as_it_went_in(path: Path) -> None:
    ring = RecordRing.create(path)
    assert ring.put(Kind.VISIT, b'{"visit": 1}', 1.5, 2.5) == 1
    assert ring.waiting() == [Record(1, Kind.VISIT, 1.5, 2.5, b'{"visit": 1}')]
    ring.close()


def test_the_last_quarter_is_kept_for_alerts_and_visits(path: Path) -> None:
    ring = RecordRing.create(path)
    while ring.put(Kind.HEALTH, b"{}", 0.0, 0.0):
        pass
    assert ring.written == SLOTS * 3 // 4
    assert ring.put(Kind.ALERT, b"{}", 0.0, 0.0)
    assert ring.refused == 1
    ring.close()


def test_a_full_ring_refuses_and_counts_and_goes_on_after_a_commit(path: Path) -> None:
    ring = RecordRing.create(path)
    numbers = [ring.put(Kind.ALERT, b"{}", 0.0, 0.0) for _ in range(SLOTS + 3)]
    assert numbers == [*range(1, SLOTS + 1), None, None, None]
    assert ring.refused == 3
    assert [record.number for record in ring.waiting(SLOTS)] == list(range(1, SLOTS + 1))
    ring.commit(1)
    assert ring.put(Kind.ALERT, b"{}", 0.0, 0.0) == SLOTS + 1
    ring.close()


def test_a_record_larger_than_a_slot_is_refused_and_the_largest_fits(path: Path) -> None:
    ring = RecordRing.create(path)
    assert ring.put(Kind.VISIT, b"x" * (MAX_DATA + 1), 0.0, 0.0) is None
    assert ring.put(Kind.VISIT, b"x" * MAX_DATA, 0.0, 0.0) == 1
    assert ring.put(Kind.VISIT, b"y", 0.0, 0.0) == 2
    assert [len(record.data) for record in ring.waiting()] == [MAX_DATA, 1]
    ring.close()


def test_a_commit_never_goes_back(path: Path) -> None:
    ring = RecordRing.create(path)
    for _ in range(3):
        ring.put(Kind.VISIT, b"{}", 0.0, 0.0)
    ring.commit(3)
    ring.commit(1)
    assert ring.committed == 3
    ring.close()


def test_two_rings_never_have_the_same_name_and_only_this_user_reads_them(tmp_path: Path) -> None:
    names = set()
    for number in range(10):
        ring = RecordRing.create(tmp_path / str(number))
        names.add(ring.name)
        ring.close()
    assert len(names) == 10
    assert (tmp_path / "0").stat().st_mode & 0o777 == 0o600


class AnyUse(RuleBasedStateMachine):
    """Producer and consumer in any order, each closed and opened again at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ring"
        self.ring = RecordRing.create(self.path)
        self.name = self.ring.name
        self.model: list[Record] = []
        self.committed = 0
        self.number = 0

    @rule(kind=st.sampled_from(Kind), data=st.binary(max_size=40), count=st.integers(1, 400))
    def put(self, kind: Kind, data: bytes, count: int) -> None:
        for _ in range(count):
            number = self.ring.put(kind, data, 1.0, 2.0)
            if number is not None:
                self.number += 1
                assert number == self.number
                self.model.append(Record(number, kind, 1.0, 2.0, data))

    @precondition(lambda self: self.model)
    @rule(share=st.floats(0, 1))
    def commit(self, share: float) -> None:
        taken = max(1, int(len(self.model) * share))
        self.ring.commit(self.model[taken - 1].number)
        self.model = self.model[taken:]

    @rule()
    def die_and_come_back(self) -> None:
        self.ring.close()
        self.ring = RecordRing(self.path)
        assert self.ring.name == self.name

    @invariant()
    def what_waits_is_what_was_put_in_and_not_committed(self) -> None:
        assert self.ring.waiting(SLOTS) == self.model
        assert self.ring.waiting(5) == self.model[:5]
        assert self.ring.written - self.ring.committed == len(self.model) <= SLOTS

    def teardown(self) -> None:
        self.ring.close()
        self.folder.cleanup()


AnyUse.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAnyUse = AnyUse.TestCase

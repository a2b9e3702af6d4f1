"""Numbers that never came are a gap; a hole that may still fill, or was named, is none."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cloud.ledger.gaps import Look, Numbering, Run, due, holes_in, looked
from cloud.store.tables import alarm, data_gap, numbering
from contract.dropped import Dropped, DropReason
from contract.topics import Kind, topic
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig


def told(rig: Rig) -> list[tuple[str, str]]:
    return rig.rows(alarm, "kind", "detail")


@either_ledger
def test_an_alert_that_overtakes_a_waiting_backlog_is_no_gap(rig: Rig) -> None:
    rig.arrive(messages.alert(900, "drift"), messages.health(901, oldest_unacked=1, last_seq=900))
    assert rig.rows(data_gap) == []
    rig.arrive(*(messages.visit(seq, f"v{seq}") for seq in range(1, 900)))
    rig.arrive(messages.health(902, oldest_unacked=None, last_seq=901))
    assert rig.rows(numbering, "checked_to", "pending_to") == [(901, None)]
    assert rig.rows(data_gap) == []


@either_ledger
def test_numbers_below_all_that_is_delivered_are_a_gap_named_once(rig: Rig) -> None:
    rig.arrive(messages.visit(1), messages.visit(2, "v2"), messages.visit(5, "v5"), messages.visit(7, "v7"))
    rig.arrive(messages.health(8, oldest_unacked=8, last_seq=8))
    assert told(rig) == [], "a note that names them may be on its way"
    rig.arrive(messages.health(9, oldest_unacked=9, last_seq=9))
    assert told(rig) == [("data_gap", "3 records never arrived: numbers 3 to 4, 6")]
    assert rig.rows(data_gap, "first", "last") == [(3, 4), (6, 6)]
    rig.arrive(messages.health(10, oldest_unacked=None, last_seq=9))
    assert len(rig.rows(data_gap)) == 2
    assert rig.rows(alarm, "count") == [(1,)]


@either_ledger
def test_what_the_gate_names_as_dropped_is_no_gap_even_when_the_note_comes_after_the_health(rig: Rig) -> None:
    rig.arrive(messages.visit(1), messages.health(6, oldest_unacked=6, last_seq=6))
    rig.arrive(messages.alert(5, "dropped", dropped=Dropped(reason=DropReason.EVICTED, runs=((2, 4),))))
    rig.arrive(messages.health(7, oldest_unacked=7, last_seq=7))
    assert rig.rows(data_gap) == []
    assert rig.rows(numbering, "checked_to", "pending_to") == [(5, None)]


@either_ledger
def test_a_message_nobody_could_read_has_come(rig: Rig) -> None:
    rig.arrive(messages.visit(1))
    rig.put((topic("gate-1", Kind.VISIT), b"{broken", "gate-1:i1:2"))
    rig.arrive(messages.health(3, oldest_unacked=3, last_seq=3))
    assert rig.rows(numbering, "checked_to", "pending_to") == [(2, None)]


@either_ledger
def test_another_install_has_numbers_of_its_own(rig: Rig) -> None:
    rig.arrive(*(messages.visit(seq, f"v{seq}") for seq in range(1, 4)))
    rig.arrive(messages.health(1, oldest_unacked=1, last_seq=1, install="i2"))
    rig.arrive(messages.health(2, oldest_unacked=None, last_seq=1, install="i2"))
    assert [row for row in rig.rows(numbering, "install", "checked_to") if row[0] == "i2"] == [("i2", 1)]
    assert rig.rows(data_gap) == []


@either_ledger
def test_an_older_health_message_looks_through_nothing_again(rig: Rig) -> None:
    rig.arrive(messages.visit(1), messages.visit(2, "v2"), messages.health(3, oldest_unacked=3, last_seq=3))
    rig.arrive(messages.health(4, oldest_unacked=1, last_seq=2))
    assert rig.rows(numbering, "checked_to") == [(2,)]


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 20),
    st.integers(0, 40),
    st.sets(st.integers(1, 60)),
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9))),
)
def test_holes_are_exactly_what_is_missing(first: int, more: int, there: set[int], covered: list[tuple[int, int]]) -> None:
    last = first + more
    runs: list[Run] = [(begin, begin + longer) for begin, longer in covered]
    here = sorted(seq for seq in there if first <= seq <= last)
    found = holes_in(first, last, here, runs)
    missing = {seq for begin, end in found for seq in range(begin, end + 1)}
    named = {seq for begin, end in runs for seq in range(begin, end + 1)}
    assert missing == set(range(first, last + 1)) - set(here) - named
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12), st.sets(st.integers(1, 30)))
def test_no_number_is_left_out_and_none_is_looked_through_twice(healths: list[tuple[int, int]], lost: set[int]) -> None:
    now = Numbering("gate-1", "i1")
    gaps: set[int] = set()
    for oldest, last in healths:
        look = due(now, oldest or None, last)
        if look is None:
            continue
        assert look == Look(look.to, look.final)
        holes = [(seq, seq) for seq in sorted(lost) if now.checked_to < seq <= look.to]
        if look.final:
            assert not gaps & {seq for seq, _ in holes}
            gaps |= {seq for seq, _ in holes}
        after = looked(now, look, holes, last)
        assert after.checked_to >= now.checked_to
        now = after
    assert gaps == {seq for seq in lost if seq <= now.checked_to}

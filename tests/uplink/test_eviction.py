"""What is given up when the events' share of the disk is used up, and that every number of it is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.dropped import DropReason
from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from edge.uplink.eviction import evict, put_aside, used_bytes
from edge.uplink.outbox import Outbox
from edge.uplink.own_events import OwnEvents, runs
from edge.uplink.room import Room
from tests.uplink.parts import HandClock, alert, event

OWN = OwnEvents(HandClock(), "boot")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox.open(tmp_path / "events.db", "gate-1")
    yield opened
    opened.close()


def waiting(outbox: Outbox, prio: int) -> list[int]:
    outbox.release()
    return [row.seq for row in outbox.after(prio, 0, 10_000)]


def notes(outbox: Outbox) -> list[AlertData]:
    outbox.release()
    alerts = [AlertData.model_validate_json(row.data) for row in outbox.after(0, 0, 10_000)]
    return [one for one in alerts if one.kind is AlertKind.DROPPED]


def test_what_the_cloud_has_goes_first_and_is_no_loss(outbox: Outbox) -> None:
    outbox.add([event(str(count)) for count in range(10)])
    outbox.acknowledge([1, 2, 3])
    assert evict(outbox, OWN).known == 3
    assert waiting(outbox, 1) == [4, 5, 6, 7, 8, 9, 10]
    assert notes(outbox) == []


def test_the_least_urgent_go_first_the_oldest_of_them_first_and_the_note_names_them(outbox: Outbox) -> None:
    kinds = [Kind.VISIT, Kind.HEALTH, Kind.ALERT, Kind.HEALTH, Kind.HEALTH, Kind.VISIT]
    outbox.add([event(str(count), kind, alert().decode()) for count, kind in enumerate(kinds)])
    assert evict(outbox, OWN, most=2).lost == (2, 4)
    (note,) = notes(outbox)
    assert note.dropped is not None
    assert (note.dropped.reason, note.dropped.runs) == (DropReason.EVICTED, ((2, 2), (4, 4)))
    assert evict(outbox, OWN, most=9).lost == (5,)
    assert evict(outbox, OWN, most=9).lost == (1, 6)
    assert waiting(outbox, 0)[0] == 3, "the alert is still there"


def test_alerts_go_last_and_the_notes_of_what_went_never(outbox: Outbox) -> None:
    outbox.add([event("v"), *(event(f"a{count}", Kind.ALERT, alert(f"v-{count}").decode()) for count in range(3))])
    gone: list[int] = []
    while step := evict(outbox, OWN, most=2):
        gone += step.lost
    assert sorted(gone) == [1, 2, 3, 4]
    assert len(notes(outbox)) == len(waiting(outbox, 0)) == 3
    assert outbox.waiting == 3


def test_a_row_set_aside_is_kept_named_and_no_longer_sent(outbox: Outbox) -> None:
    outbox.add([event("a"), event("b")])
    assert put_aside(outbox, OWN, 1)
    assert not put_aside(outbox, OWN, 1), "once"
    assert waiting(outbox, 1) == [2]
    (note,) = notes(outbox)
    assert note.dropped is not None
    assert (note.dropped.reason, note.dropped.runs) == (DropReason.SET_ASIDE, ((1, 1),))
    assert outbox._connection.execute("SELECT e.data FROM aside JOIN event e USING (seq)").fetchone()


def test_the_share_is_held_while_ten_times_as_much_comes_in(outbox: Outbox, tmp_path: Path) -> None:
    room = Room(outbox, OWN, tmp_path / "events.db", share_mb=1.0, ballast_mb=1.0)
    text = json.dumps({"text": "x" * 900})
    for batch in range(20):
        outbox.add([event(f"{batch}-{count}", Kind.HEALTH, text) for count in range(500)])
        while room.keep():
            pass
    assert used_bytes(outbox) <= 1 << 20
    assert (tmp_path / "events.db").stat().st_size < 3 << 20, "pages are used again"
    assert (tmp_path / "events.db.ballast").stat().st_size == 1 << 20
    kept = set(waiting(outbox, 2)) | set(waiting(outbox, 0))
    named = {seq for note in notes(outbox) if note.dropped for first, last in note.dropped.runs for seq in range(first, last + 1)}
    assert kept | named == set(range(1, outbox.last_seq + 1)), "every number is there or named"
    assert not kept & named
    assert room.evicted == len(named)


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(1, 60), min_size=1))
def test_runs_say_exactly_which_numbers(seqs: set[int]) -> None:
    made = runs(sorted(seqs))
    assert {seq for first, last in made for seq in range(first, last + 1)} == seqs
    assert all(before[1] + 1 < after[0] for before, after in pairwise(made)), "none touches the next"

"""Boots in 1970, clocks set later, and steps: every event gets the time it truly was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from contract.ids import EventId
from contract.messages.envelope import Envelope, read_event
from contract.topics import Kind
from edge.records import RecordRing
from edge.uplink.clock_watch import LOOK_EVERY_S, ClockWatch
from edge.uplink.envelope import event_body
from edge.uplink.kernel_clock import synchronised
from edge.uplink.outbox import Outbox
from edge.uplink.writer import Writer
from tests.uplink.parts import NOON_S, HandClock, visit


@dataclass
class Gate:
    """One boot of a gate: its clocks, its ring, and its outbox, which outlives it."""

    folder: Path
    boot: str
    clock: HandClock
    kept_right: bool = True
    ring: RecordRing = field(init=False)
    outbox: Outbox = field(init=False)
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.ring = RecordRing.create(self.folder / f"ring-{self.boot}")
        self.outbox = Outbox.open(self.folder / "events.db", "gate-1")
        watch = ClockWatch(self.clock, self.boot, kept_right=lambda: self.kept_right)
        self.writer = Writer("gate-1", self.ring, self.outbox, self.boot, self.clock, watch)

    def decide(self, name: str) -> None:
        self.clock.now_s += LOOK_EVERY_S
        assert self.ring.put(Kind.VISIT, visit(name), self.clock.wall().timestamp(), self.clock.now_s)
        self.writer.round()

    def sent(self) -> list[Envelope]:
        self.outbox.release()
        rows = self.outbox.after(1, 0, 100)
        return [read_event(Kind.VISIT, event_body(row, EventId("gate-1", "abc", row.seq)))[0] for row in rows]

    def off(self) -> None:
        self.ring.close()
        self.outbox.close()


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[Gate]:
    """A gate without a battery clock, just switched on: 1970."""
    gate = Gate(tmp_path, "first", HandClock(5.0, ahead_s=-NOON_S), kept_right=False)
    yield gate
    gate.off()


def true_s(gate: Gate, mono_s: float) -> float:
    return gate.clock.wall().timestamp() - gate.clock.now_s + mono_s


def test_a_gate_that_boots_in_1970_gives_its_events_their_true_time_once_it_is_known(cold: Gate) -> None:
    cold.decide("early")
    assert [(one.clock_ok, one.time.year) for one in cold.sent()] == [(False, 1970)]
    cold.clock.ahead_s, cold.kept_right = 0.0, True
    cold.decide("late")
    early, late = cold.sent()
    assert (early.clock_ok, late.clock_ok) == (True, True)
    assert early.time.timestamp() == pytest.approx(true_s(cold, early.mono_ms / 1000), abs=0.002)
    assert late.time > early.time


def test_a_clock_nobody_keeps_right_is_not_believed_however_likely_it_looks(cold: Gate) -> None:
    cold.clock.ahead_s = 3600.0
    cold.decide("hour-ahead")
    assert not cold.sent()[0].clock_ok
    cold.clock.ahead_s, cold.kept_right = 0.0, True
    cold.decide("set-right")
    assert cold.sent()[0].time.timestamp() == pytest.approx(true_s(cold, 6.0), abs=0.002)


def test_the_difference_belongs_to_its_boot_and_outlives_the_process(cold: Gate) -> None:
    cold.decide("before-restart")
    again = Gate(cold.folder, "first", cold.clock, kept_right=True)
    again.clock.ahead_s = 0.0
    again.decide("same-boot")
    second = Gate(cold.folder, "second", HandClock(3.0, ahead_s=-NOON_S), kept_right=False)
    second.decide("other-boot")
    believed = [one.clock_ok for one in second.sent()]
    assert believed == [True, True, False], "nothing is known of the second boot's clock"
    again.off()
    second.off()


def test_a_step_of_the_clock_changes_no_time_that_was_believed(cold: Gate) -> None:
    cold.clock.ahead_s, cold.kept_right = 0.0, True
    cold.decide("before")
    before = cold.sent()[0].time
    cold.clock.ahead_s = -3600.0
    cold.decide("after")
    assert cold.sent()[0].time == before
    assert [one.mono_ms for one in cold.sent()] == sorted(one.mono_ms for one in cold.sent()), "order is by the other clock"


def test_the_kernel_says_something_or_cannot_be_asked() -> None:
    assert synchronised() in {True, False, None}

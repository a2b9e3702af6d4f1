"""The arm is held by pulses; when they stop, the timer on the relay board lets it down."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.actuators.arm_clear import arm_clear_of
from edge.actuators.log_barrier import LogBarrier
from edge.actuators.pulse_barrier import PulseBarrier
from edge.actuators.pulse_train import LONGEST_PULSE_S
from edge.errors import BarrierError
from tests.clocks import FakeClock

LINE, CLEAR = 17, 27


@pytest.fixture(autouse=True)
def pins() -> Iterator[MockFactory]:
    before, Device.pin_factory = Device.pin_factory, MockFactory()
    yield Device.pin_factory
    Device.pin_factory.reset()
    Device.pin_factory = before


def rounds(barrier: PulseBarrier, clock: FakeClock, seconds: float, pins: MockFactory, *, round_s: float = 0.04) -> list[float]:
    """Plays the loop; returns the times of the line's rising edges, which are all that the timer sees."""
    rises = []
    for _ in range(round(seconds / round_s)):
        clock.advance(round_s)
        pins.pin(LINE).clear_states()
        barrier.tick(clock.now_s)
        rises += [clock.now_s for state in pins.pin(LINE).states[1:] if state.state]
    return rises


@settings(deadline=None)
@given(round_s=st.floats(0.002, 0.24))
def test_the_pulses_never_pause_longer_than_the_timer_holds(round_s: float) -> None:
    Device.pin_factory.reset()
    clock = FakeClock()
    barrier = PulseBarrier(LINE, None, clock)
    barrier.open_for(3.0)
    rises = [clock.now_s, *rounds(barrier, clock, 2.0, Device.pin_factory, round_s=round_s)]
    assert max(later - earlier for earlier, later in itertools.pairwise(rises)) < LONGEST_PULSE_S
    assert clock.now_s - rises[-1] < LONGEST_PULSE_S
    barrier.close()


def test_the_pulses_stop_by_themselves_and_the_line_rests_low(pins: MockFactory) -> None:
    clock = FakeClock()
    barrier = PulseBarrier(LINE, None, clock)
    barrier.open_for(1.0)
    rounds(barrier, clock, 1.2, pins)
    assert not barrier.is_open
    assert rounds(barrier, clock, 1.0, pins) == []
    assert pins.pin(LINE).state == 0


def test_the_arm_does_not_come_down_on_a_person(pins: MockFactory) -> None:
    clock = FakeClock()
    barrier = PulseBarrier(LINE, CLEAR, clock)
    pins.pin(CLEAR).drive_low()
    barrier.open_for(0.5)
    rounds(barrier, clock, 1.0, pins)
    barrier.shut()
    assert rounds(barrier, clock, 1.0, pins)
    pins.pin(CLEAR).drive_high()
    rounds(barrier, clock, 0.2, pins)
    assert rounds(barrier, clock, 1.0, pins) == []


def test_a_line_that_cannot_be_had_says_so(pins: MockFactory) -> None:
    first = PulseBarrier(LINE, None, FakeClock())
    with pytest.raises(BarrierError, match=r"barrier\.line = 17"):
        PulseBarrier(LINE, None, FakeClock())
    first.close()


def test_whether_somebody_stands_under_the_arm_is_told_where_this_machine_can_see_it(pins: MockFactory) -> None:
    blind, seeing = PulseBarrier(5, None, FakeClock()), PulseBarrier(LINE, CLEAR, FakeClock())
    assert arm_clear_of(blind) is None
    assert arm_clear_of(seeing) is False, "a broken wire is somebody"
    pins.pin(CLEAR).drive_high()
    assert arm_clear_of(seeing) is True
    assert arm_clear_of(LogBarrier(FakeClock())) is None

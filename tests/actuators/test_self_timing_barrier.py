"""A drive that times itself gets one short pulse to open, and one to shut where it has the input and nobody stands there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from edge.actuators.self_timing_barrier import SelfTimingBarrier
from tests.clocks import FakeClock

OPEN, SHUT, CLEAR = 17, 22, 27


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    before, Device.pin_factory = Device.pin_factory, MockFactory()
    yield Device.pin_factory
    Device.pin_factory.reset()
    Device.pin_factory = before


class Gate:
    """A barrier in the loop's hands."""

    def __init__(self, pins: MockFactory, *, close_line: int | None = SHUT) -> None:
        self._pins, self.clock = pins, FakeClock()
        pins.pin(CLEAR).drive_high()
        self.barrier = SelfTimingBarrier(OPEN, close_line, CLEAR, self.clock)
        self.person(under=False)

    def person(self, *, under: bool) -> None:
        pin = self._pins.pin(CLEAR)
        (pin.drive_low if under else pin.drive_high)()

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / 0.04)):
            self.clock.advance(0.04)
            self.barrier.tick(self.clock.now_s)

    def pulses(self, line: int) -> int:
        return sum(state.state for state in self._pins.pin(line).states[1:])


def test_one_pulse_opens_and_the_line_rests_low(pins: MockFactory) -> None:
    gate = Gate(pins)
    gate.barrier.open_for(3.0)
    assert gate.barrier.is_open
    gate.run(4.0)
    assert (gate.pulses(OPEN), gate.pulses(SHUT), pins.pin(OPEN).state) == (1, 0, 0)
    assert not gate.barrier.is_open


def test_shut_is_one_pulse_on_the_other_line(pins: MockFactory) -> None:
    gate = Gate(pins)
    gate.barrier.open_for(3.0)
    gate.run(1.0)
    gate.barrier.shut()
    gate.run(1.0)
    assert (gate.pulses(SHUT), pins.pin(SHUT).state, gate.barrier.is_open) == (1, 0, False)


def test_nothing_is_shut_on_a_person(pins: MockFactory) -> None:
    gate = Gate(pins)
    gate.barrier.open_for(3.0)
    gate.person(under=True)
    gate.barrier.shut()
    gate.run(1.0)
    assert gate.pulses(SHUT) == 0
    gate.person(under=False)
    gate.run(0.1)
    assert gate.pulses(SHUT) == 1


def test_a_drive_without_that_input_takes_its_time(pins: MockFactory) -> None:
    gate = Gate(pins, close_line=None)
    gate.barrier.open_for(3.0)
    gate.barrier.shut()
    gate.run(1.0)
    assert gate.barrier.is_open
    gate.run(2.1)
    assert not gate.barrier.is_open

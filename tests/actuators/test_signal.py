"""A lamp blinks by the clock of the loop, without a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from edge.actuators.signal import Show, SignalOutput
from edge.errors import BarrierError

LINE = 5


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    before, Device.pin_factory = Device.pin_factory, MockFactory()
    yield Device.pin_factory
    Device.pin_factory.reset()
    Device.pin_factory = before


def lit(what: Show, pins: MockFactory) -> list[int]:
    """Every 100 ms of two seconds."""
    lamp, seen = SignalOutput(LINE, "signals.lamp_line"), []
    for tick in range(20):
        lamp.show(what, 100.0 + tick / 10)
        seen.append(int(pins.pin(LINE).state))
    lamp.close()
    return seen


def test_off_steady_and_half_a_second_each(pins: MockFactory) -> None:
    assert lit(Show.OFF, pins) == [0] * 20
    assert lit(Show.STEADY, pins) == [1] * 20
    assert lit(Show.PULSED, pins) == ([1] * 5 + [0] * 5) * 2


def test_a_line_that_somebody_has_is_named(pins: MockFactory) -> None:
    first = SignalOutput(LINE, "signals.lamp_line")
    with pytest.raises(BarrierError, match=r"signals\.buzzer_line = 5"):
        SignalOutput(LINE, "signals.buzzer_line")
    first.close()

"""Lamp and buzzer beside the gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.actuators.signal import Show
from edge.board import Board
from edge.gate.signals import BUZZ_S, LOOK_S, Signals
from tests.clocks import FakeClock


class Shown:
    """What it was told to show last."""

    def __init__(self) -> None:
        self.what = Show.OFF

    def show(self, what: Show, now_s: float) -> None:
        del now_s
        self.what = what


class Beside:
    """A gate's lamp and buzzer, and its network."""

    def __init__(self, folder: Path) -> None:
        self.lamp, self.buzzer, self.clock = Shown(), Shown(), FakeClock()
        self.uplink = Board.create(folder / "uplink")
        self.room = Board.create(folder / "room")
        self._signals = Signals(self.lamp, self.buzzer, self.uplink, self.room)
        self.network(there=True)

    def network(self, *, there: bool) -> None:
        self.uplink.post({"connected": there}, self.clock.now_s)

    def after(self, seconds: float, *alarms: str, called: bool = False, faults: bool = False) -> tuple[Show, Show]:
        self.clock.advance(seconds)
        self._signals.round(alarms, self.clock.now_s, called=called, faults=faults)
        return self.lamp.what, self.buzzer.what


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Beside]:
    beside = Beside(tmp_path)
    yield beside
    beside.uplink.close()
    beside.room.close()


def test_all_is_dark_and_still_while_nobody_is_wanted(gate: Beside) -> None:
    assert gate.after(1.0) == (Show.OFF, Show.OFF)


def test_a_guard_who_is_called_sees_where_and_is_not_buzzed_at(gate: Beside) -> None:
    assert gate.after(1.0, called=True) == (Show.PULSED, Show.OFF)
    assert gate.after(1.0) == (Show.OFF, Show.OFF)


def test_with_the_network_down_the_buzzer_calls(gate: Beside) -> None:
    gate.network(there=False)
    assert gate.after(LOOK_S, called=True) == (Show.PULSED, Show.PULSED)
    gate.network(there=True)
    assert gate.after(LOOK_S, called=True) == (Show.PULSED, Show.OFF)


def test_somebody_who_slips_through_is_buzzed_after_for_a_moment(gate: Beside) -> None:
    assert gate.after(1.0, "tailgating") == (Show.PULSED, Show.PULSED)
    assert gate.after(BUZZ_S, "tailgating") == (Show.PULSED, Show.OFF)


@pytest.mark.parametrize("alarm", ["fire", "barrier"])
def test_other_alarms_blink(gate: Beside, alarm: str) -> None:
    assert gate.after(1.0, alarm) == (Show.PULSED, Show.OFF)


def test_a_gate_that_cannot_measure_is_lit(gate: Beside) -> None:
    assert gate.after(1.0, faults=True) == (Show.STEADY, Show.OFF)


def test_a_person_under_a_lamp_blinks_here_and_buzzes_where_the_network_is_down(gate: Beside) -> None:
    gate.room.post({"alarms": ["room_person"]}, gate.clock.now_s)
    assert gate.after(LOOK_S) == (Show.PULSED, Show.OFF)
    gate.network(there=False)
    assert gate.after(LOOK_S) == (Show.PULSED, Show.PULSED)
    gate.room.post({"alarms": []}, gate.clock.now_s)
    assert gate.after(LOOK_S) == (Show.OFF, Show.OFF)

"""Where the gate learns how warm it is outside: from its settings, or from the note of a process that has a sensor there."""

from __future__ import annotations

from math import inf, nan
from typing import Any, Final, Protocol

from edge.board import Board
from edge.policy.acclimatise import Outdoors

LOOK_EVERY_S: Final = 1.0


class Weather(Protocol):
    """Whoever knows what it is like outside."""

    def now(self, now_s: float) -> Outdoors:
        """What is known at `now_s`, monotonic seconds; it carries its own age."""


class FixedWeather:
    """What the settings say, always."""

    def __init__(self, outside_c: float) -> None:
        self._outdoors = Outdoors(outside_c, inf)

    def now(self, now_s: float) -> Outdoors:  # noqa: ARG002 it does not change
        return self._outdoors


class BoardWeather:
    """What a note says: `outside_c` degrees Celsius, `told_s`, `entered_s` and `door_s` monotonic seconds of this machine.

    A value that is missing, or no number, is unknown. Looked at once a second, so that the loop does not read JSON every round.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._looked_s = -inf
        self._outdoors = Outdoors()

    def now(self, now_s: float) -> Outdoors:
        if not now_s - self._looked_s < LOOK_EVERY_S:
            self._looked_s = now_s
            note = self._board.read() or {}
            self._outdoors = Outdoors(*(_number(note.get(key)) for key in ("outside_c", "told_s", "entered_s", "door_s")))
        return self._outdoors


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else nan

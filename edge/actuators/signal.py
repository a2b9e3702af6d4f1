"""A lamp or a buzzer beside the gate."""

from __future__ import annotations

from enum import Enum
from typing import Final

from edge.actuators.gpio import output

HALF_S: Final = 0.5


class Show(Enum):
    OFF = "off"
    STEADY = "steady"
    PULSED = "pulsed"


class SignalOutput:
    """A plain output: what it shows when its process dies harms nobody.

    Raises:
        BarrierError: the line cannot be had. `key` is the setting that names it.
    """

    def __init__(self, line: int, key: str) -> None:
        self._line = output(line, key)
        self._lit = False

    def show(self, what: Show, now_s: float) -> None:
        """Called every round; PULSED is half a second on, half a second off."""
        lit = what is Show.STEADY or (what is Show.PULSED and int(now_s / HALF_S) % 2 == 0)
        if lit != self._lit:
            self._lit = lit
            (self._line.on if lit else self._line.off)()

    def close(self) -> None:
        self._line.close()

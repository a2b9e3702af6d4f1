"""A line held by pulses through a retriggerable timer (monostable): when they stop, whoever is dead by then, the relay drops.

The timer keeps the relay pulled for 250 ms after the last rising edge. A line that merely stayed high could not do that. Falling
edges do nothing: a line that a killed process left high is put low by the next one, when nothing is to be pulled.
"""

from __future__ import annotations

from typing import Final

from edge.actuators.gpio import output

LONGEST_PULSE_S: Final = 0.25
TURN_S: Final = 0.06
"""While rounds are shorter than this the line turns over at each; a longer one must bring a rising edge of its own."""


class PulseTrain:
    """Call `beat` every round while the relay is to be pulled, `rest` when it is not.

    Raises:
        BarrierError: the line cannot be had. `key` is the setting that names it.
    """

    def __init__(self, line: int, key: str) -> None:
        self._line = output(line, key)
        self._high, self._rise_s = False, 0.0

    def beat(self, now_s: float) -> None:
        """A rising edge now, unless the last one is so young that the line may turn over."""
        turn = self._high and now_s - self._rise_s < TURN_S
        self.rest()
        if not turn:
            self._line.on()
            self._high, self._rise_s = True, now_s

    def rest(self) -> None:
        """No edge that counts; the relay drops when the timer is over."""
        self._line.off()
        self._high = False

    def close(self) -> None:
        self._line.close()

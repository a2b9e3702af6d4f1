"""A barrier drive held by a pulse train through a retriggerable timer (monostable) on the relay board.

The timer keeps the relay pulled for 250 ms after the last rising edge. When the loop stops, is killed or loses power, no edge
comes and the arm falls shut by itself. A line that merely stayed high could not do that. Falling edges do nothing: a line that a
killed process left high is put low by the next one, when nobody is to be let in.
"""

from __future__ import annotations

from typing import Final

from edge.actuators.arm_clear import ArmClear
from edge.actuators.gpio import output
from edge.clock import Clock

LONGEST_PULSE_S: Final = 0.25
TURN_S: Final = 0.06
"""While rounds are shorter than this the line turns over at each; a longer one must bring a rising edge of its own."""


class PulseBarrier:
    """Needs gpiozero (extra `pi`).

    Args:
        line: GPIO line (BCM number) of the timer's trigger.
        arm_clear_line: input that is high while nobody stands under the arm; None where only the drive has a light barrier.
        clock: time.

    Raises:
        BarrierError: the GPIO library is missing or a line cannot be had.
    """

    trouble: str | None = None

    def __init__(self, line: int, arm_clear_line: int | None, clock: Clock) -> None:
        self._line = output(line, "barrier.line")
        self._arm = ArmClear(arm_clear_line)
        self._clock = clock
        self._until_s = 0.0
        self._high, self._rise_s = False, 0.0

    def open_for(self, seconds: float) -> None:
        now_s = self._clock.monotonic_s()
        self._until_s = now_s + seconds
        self._beat(now_s)

    def tick(self, now_s: float) -> None:
        wanted = now_s < self._until_s
        if wanted or not self._arm.clear:
            if self.is_open:
                self._beat(now_s)
        elif self._until_s:
            self._until_s = 0.0
            self._fall()

    def _beat(self, now_s: float) -> None:
        turn = self._high and now_s - self._rise_s < TURN_S
        self._fall()
        if not turn:
            self._line.on()
            self._high, self._rise_s = True, now_s

    def _fall(self) -> None:
        self._line.off()
        self._high = False

    def shut(self) -> None:
        # Not at once: `tick` keeps the pulses going while somebody stands under the arm.
        self._until_s = min(self._until_s, self._clock.monotonic_s())

    @property
    def is_open(self) -> bool:
        return self._until_s > 0.0

    @property
    def arm_clear(self) -> bool | None:
        return self._arm.seen

    def close(self) -> None:
        self._until_s = 0.0
        self._line.close()
        self._arm.close()

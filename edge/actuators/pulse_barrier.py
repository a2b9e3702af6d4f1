"""A barrier drive held by a pulse train through a retriggerable timer (monostable) on the relay board.

Each `tick` turns the line over; the timer keeps the relay pulled for 250 ms after the last edge. When the loop stops, is
killed or loses power, no edge comes and the arm falls shut by itself. A line that merely stayed high could not do that.
"""

from __future__ import annotations

from typing import Final

from edge.clock import Clock
from edge.errors import BarrierError

LONGEST_PULSE_S: Final = 0.25


class PulseBarrier:
    """Needs gpiozero (extra `pi`).

    Args:
        line: GPIO line (BCM number) of the timer's trigger.
        arm_clear_line: input that is high while nobody stands under the arm; None where the drive has its own light barrier.
        clock: time.

    Raises:
        BarrierError: the GPIO library is missing or the line cannot be had.
    """

    def __init__(self, line: int, arm_clear_line: int | None, clock: Clock) -> None:
        try:
            from gpiozero import DigitalInputDevice, DigitalOutputDevice
            from gpiozero.exc import GPIOZeroError
        except ImportError as missing:
            raise BarrierError(
                "the GPIO library is not installed", where=f"barrier.line = {line}", remedy="Install the extra: menshen[pi]."
            ) from missing
        try:
            self._line = DigitalOutputDevice(line, initial_value=False)
            self._arm_clear = None if arm_clear_line is None else DigitalInputDevice(arm_clear_line, pull_up=False)
        except (GPIOZeroError, OSError) as refused:
            raise BarrierError(
                f"the GPIO line cannot be had ({refused})",
                where=f"barrier.line = {line}",
                remedy="Check the line number, that this is a Raspberry Pi or Jetson, and that the user is in the group gpio.",
            ) from refused
        self._clock = clock
        self._until_s = 0.0

    def open_for(self, seconds: float) -> None:
        self._until_s = self._clock.monotonic_s() + seconds
        self._line.on()

    def tick(self, now_s: float) -> None:
        wanted = now_s < self._until_s
        if wanted or self._under_the_arm():
            if self.is_open:
                self._line.toggle()
        elif self._until_s:
            self._until_s = 0.0
            self._line.off()

    def shut(self) -> None:
        # Not at once: `tick` keeps the pulses going while somebody stands under the arm.
        self._until_s = min(self._until_s, self._clock.monotonic_s())

    @property
    def is_open(self) -> bool:
        return self._until_s > 0.0

    def _under_the_arm(self) -> bool:
        return self._arm_clear is not None and not self._arm_clear.is_active

    def close(self) -> None:
        self._until_s = 0.0
        self._line.close()
        if self._arm_clear is not None:
            self._arm_clear.close()

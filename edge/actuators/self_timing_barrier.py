"""A barrier drive that times itself: one short pulse opens it, and it shuts alone, whoever is dead by then.

The pulse is made by a timer on the relay board from one rising edge (`pulse_barrier` has the same one), so that a process killed
in the middle of it leaves no relay pulled.
"""

from __future__ import annotations

from typing import Final

from edge.actuators.arm_clear import ArmClear
from edge.actuators.gpio import Output, output
from edge.clock import Clock

HIGH_S: Final = 0.05
"""Long enough for a slow input; the timer makes the pulse."""


class SelfTimingBarrier:
    """Needs gpiozero (extra `pi`).

    Args:
        line: GPIO line (BCM number) of the timer whose relay opens.
        close_line: of the timer whose relay shuts; None where the drive has no such input and nothing can hurry it.
        arm_clear_line: input that is high while nobody stands under the arm: no pulse shuts the arm before.
        clock: time.

    Raises:
        BarrierError: the GPIO library is missing or a line cannot be had.
    """

    trouble: str | None = None

    def __init__(self, line: int, close_line: int | None, arm_clear_line: int | None, clock: Clock) -> None:
        self._open = output(line, "barrier.line")
        self._shut: Output | None = None if close_line is None else output(close_line, "barrier.close_line")
        self._arm = ArmClear(arm_clear_line)
        self._clock = clock
        self._until_s = self._rest_s = 0.0
        self._hurry = False

    def open_for(self, seconds: float) -> None:
        """`seconds` is what the drive is set to; it begins anew with every pulse."""
        self._until_s, self._hurry = self._clock.monotonic_s() + seconds, False
        self._pulse(self._open, self._clock.monotonic_s())

    def tick(self, now_s: float) -> None:
        if now_s >= self._rest_s:
            self._rest()
        if self._hurry and self._shut is not None and self._arm.clear:
            self._pulse(self._shut, now_s)
            self._hurry, self._until_s = False, 0.0
        if now_s >= self._until_s:
            self._until_s, self._hurry = 0.0, False

    def _pulse(self, line: Output, now_s: float) -> None:
        self._rest()
        line.on()
        self._rest_s = now_s + HIGH_S

    def _rest(self) -> None:
        self._open.off()
        if self._shut is not None:
            self._shut.off()

    def shut(self) -> None:
        self._hurry = self._until_s > 0.0

    @property
    def is_open(self) -> bool:
        return self._until_s > 0.0

    @property
    def arm_clear(self) -> bool | None:
        return self._arm.seen

    def close(self) -> None:
        """The drive shuts by itself."""
        self._rest()
        self._open.close()
        if self._shut is not None:
            self._shut.close()
        self._arm.close()

"""A barrier drive held by a pulse train through a retriggerable timer: when the loop stops, is killed or loses power, the arm
falls shut by itself.
"""

from __future__ import annotations

from edge.actuators.arm_clear import ArmClear
from edge.actuators.pulse_train import PulseTrain
from edge.clock import Clock


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
        self._pulses = PulseTrain(line, "barrier.line")
        self._arm = ArmClear(arm_clear_line)
        self._clock = clock
        self._until_s = 0.0

    def open_for(self, seconds: float) -> None:
        now_s = self._clock.monotonic_s()
        self._until_s = now_s + seconds
        self._pulses.beat(now_s)

    def tick(self, now_s: float) -> None:
        wanted = now_s < self._until_s
        if wanted or not self._arm.clear:
            if self.is_open:
                self._pulses.beat(now_s)
        elif self._until_s:
            self._until_s = 0.0
            self._pulses.rest()

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
        self._pulses.close()
        self._arm.close()

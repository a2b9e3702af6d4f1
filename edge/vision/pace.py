"""When the next picture of a source that keeps its own time is due."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock


class Pace:
    """Even steps from `start_s` on. A reader that comes late is not made to catch up: what it missed is skipped."""

    def __init__(
        self, clock: Clock, period_s: float, start_s: float | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.period_s = period_s
        self._clock = clock
        self._sleep = sleep
        self._start_s = clock.monotonic_s() if start_s is None else start_s
        self._step = -1

    def wait(self) -> int:
        """Sleep until the next step is due; at most one period when read steadily. Returns its number, 0 at `start_s`."""
        now_s = self._clock.monotonic_s()
        self._step = max(self._step + 1, int((now_s - self._start_s) // self.period_s), 0)
        ahead_s = self._start_s + self._step * self.period_s - now_s
        if ahead_s > 0:
            self._sleep(ahead_s)
        return self._step

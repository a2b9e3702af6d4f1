"""No barrier: what it would do stands in the log. For replays, demos and sites without an arm."""

from __future__ import annotations

import logging

from edge.clock import Clock

log = logging.getLogger("menshen.barrier")


class LogBarrier:
    """Opens nothing; times itself like a real one."""

    trouble: str | None = None

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until_s = 0.0

    def open_for(self, seconds: float) -> None:
        self._until_s = self._clock.monotonic_s() + seconds
        log.info("barrier would open for %.1f s", seconds)

    def tick(self, now_s: float) -> None:
        if self._until_s and now_s >= self._until_s:
            self.shut()

    def shut(self) -> None:
        if self._until_s:
            log.info("barrier would shut")
        self._until_s = 0.0

    @property
    def is_open(self) -> bool:
        return self._clock.monotonic_s() < self._until_s

    def close(self) -> None:
        self.shut()

"""A turnstile: one release, and locked again after the passage, or when its time is over."""

from __future__ import annotations

from edge.actuators.barrier import Barrier
from edge.actuators.passage_sensor import PassageSensor


class Turnstile:
    """`release` holds the lock open; `passage` tells that somebody went through, after which the next one finds it locked."""

    def __init__(self, release: Barrier, passage: PassageSensor) -> None:
        self._release, self._passage = release, passage
        self._passed = passage.passed

    def open_for(self, seconds: float) -> None:
        self._passed = self._passage.passed
        self._release.open_for(seconds)

    def tick(self, now_s: float) -> None:
        if self._passage.passed > self._passed:
            self._passed = self._passage.passed
            self._release.shut()
        self._release.tick(now_s)

    def shut(self) -> None:
        self._release.shut()

    @property
    def is_open(self) -> bool:
        return self._release.is_open

    @property
    def trouble(self) -> str | None:
        return self._release.trouble

    def close(self) -> None:
        self._release.close()

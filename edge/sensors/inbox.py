"""Readings on their way from the threads of the buses to the one that sends them. Nobody waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from typing import Final

from edge.sensors.reading import Reading

MOST: Final = 4000
"""20 s of 200 sensors at 1 Hz."""


class Inbox:
    """Bounded: when it is full the oldest reading goes, and is counted. A newer one says more of how things are."""

    def __init__(self, most: int = MOST) -> None:
        self._readings: deque[Reading] = deque()
        self._most = most
        self._lock = threading.Lock()
        self.dropped = 0

    def put(self, readings: Sequence[Reading]) -> None:
        with self._lock:
            self._readings.extend(readings)
            while len(self._readings) > self._most:
                self._readings.popleft()
                self.dropped += 1

    def take(self) -> list[Reading]:
        """All that waits, oldest first."""
        with self._lock:
            taken = list(self._readings)
            self._readings.clear()
        return taken

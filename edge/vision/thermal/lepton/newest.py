"""The newest picture of a camera whose read may take long: read in a thread, handed over one at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from edge.clock import Clock

_END_S = 1.0


class PictureReader(Protocol):
    """What is read: a capture of OpenCV behind a few lines."""

    def read(self) -> bytes | None:
        """The bytes of the next picture; None when the camera is gone. May take seconds."""

    def close(self) -> None:
        """Give the camera back."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A picture's bytes and when they were there, monotonic seconds."""

    data: bytes
    at_s: float


class Newest:
    """Keeps one picture: a newer one takes its place, and `skipped` counts it. The thread closes what it reads when it ends."""

    def __init__(self, reader: PictureReader, clock: Clock) -> None:
        self.skipped = 0
        self.gone = False
        """Whether the camera has stopped giving pictures."""
        self._reader, self._clock = reader, clock
        self._arrival: Arrival | None = None
        self._changed = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="lepton-uvc")
        self._thread.start()

    def take(self, timeout_s: float) -> Arrival | None:
        """The newest picture not taken yet, waiting for one; None where none came."""
        with self._changed:
            self._changed.wait_for(self._due, timeout_s)
            arrival, self._arrival = self._arrival, None
            return arrival

    def close(self) -> None:
        """End after the read under way; one that hangs is left behind with its process."""
        self._ended = True
        self._thread.join(_END_S)

    def _due(self) -> bool:
        return self._arrival is not None or self.gone

    def _run(self) -> None:
        try:
            while not self._ended:
                data = self._reader.read()
                self._put(None if data is None else Arrival(data, self._clock.monotonic_s()))
                if data is None:
                    return
        finally:
            self._reader.close()

    def _put(self, arrival: Arrival | None) -> None:
        with self._changed:
            self.skipped += self._arrival is not None and arrival is not None
            self._arrival = arrival or self._arrival
            self.gone = arrival is None
            self._changed.notify()

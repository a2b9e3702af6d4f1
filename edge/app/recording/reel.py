"""The camera at one end, the encryption at the other: bytes are made when they are asked for, so nothing piles up in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from contract.errors import MenshenError
from edge.app.recording.cptv_stream import CptvStream, Head
from edge.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.stop import Stop
    from edge.vision.thermal.source import RawThermal, ThermalSource

SILENT_S: Final = 8.0
"""A camera that gives no picture for so long is gone."""


class Ended(StrEnum):
    """Why a recording ended."""

    TIME = "the time was over"
    STOPPED = "it was stopped"
    NO_ROOM = "the room for recordings was used up"
    CAMERA = "the camera was gone"


@dataclass(frozen=True, slots=True)
class Taken:
    """What has been recorded so far: pictures, and when the first and the last were taken (UTC, and monotonic seconds)."""

    pictures: int
    first: datetime
    first_s: float
    last_s: float

    @property
    def last(self) -> datetime:
        return self.first + timedelta(seconds=self.last_s - self.first_s)


class Reel:
    """A file to read from that fills as the camera delivers. An empty read is its end; `ended` says why.

    An error must not go through the encryption library, which would only keep its words: `read` ends the recording, and the
    error waits in `fault`.
    """

    def __init__(
        self,
        source: ThermalSource,
        for_s: float,
        names: tuple[str, str],
        clock: Clock,
        stop: Stop,
        has_room: Callable[[], bool],
        tell: Callable[[Taken], None],
    ) -> None:
        """`names`: of the gate and of the thermal source. `tell` is called after every picture."""
        self.taken: Taken | None = None
        self.ended: Ended | None = None
        self.fault: MenshenError | None = None
        self._source = source
        self._for_s = for_s
        self._names = names
        self._clock = clock
        self._stop = stop
        self._has_room = has_room
        self._tell = tell
        self._stream: CptvStream | None = None
        self._bytes = b""
        self._heard_s = clock.monotonic_s()

    def read(self, size: int) -> bytes:
        while not self._bytes and self.ended is None:
            self._bytes = self._more()
        out, self._bytes = self._bytes[:size], self._bytes[size:]
        return out

    def _more(self) -> bytes:
        try:
            raw = self._next()
        except SourceError as gone:
            self.fault = gone
            return self._end(Ended.CAMERA)
        if raw is not None:
            return self._add(raw)
        if self._stop.is_set():
            return self._end(Ended.STOPPED)
        return b"" if self._has_room() else self._end(Ended.NO_ROOM)

    def _next(self) -> RawThermal | None:
        """A picture that came; None where there is none, or none that is wanted any more. Raises SourceError."""
        if self._stop.is_set() or not self._has_room():
            return None
        raw = self._source.read()
        now_s = self._clock.monotonic_s()
        if raw is None and now_s - self._heard_s > SILENT_S:
            remedy = "Check cable, power and settings; see `menshen-edge check`."
            raise SourceError(f"no picture for {SILENT_S:.0f} s", where="thermal camera", remedy=remedy)
        if raw is not None:
            self._heard_s = now_s
        return raw

    def _add(self, raw: RawThermal) -> bytes:
        if self._stream is None or self.taken is None:
            if not raw.counts.any():
                return b""  # a camera that is not ready yet: no recording begins with it
            first = self._clock.wall() - timedelta(seconds=self._clock.monotonic_s() - raw.taken_s)
            self.taken = Taken(0, first, raw.taken_s, raw.taken_s)
            self._stream = CptvStream(Head(first, *self._names), raw)
        if raw.taken_s - self.taken.first_s >= self._for_s:
            return self._end(Ended.TIME)
        self.taken = Taken(self.taken.pictures + 1, self.taken.first, self.taken.first_s, raw.taken_s)
        self._tell(self.taken)
        return self._stream.picture(raw)

    def _end(self, why: Ended) -> bytes:
        self.ended = why
        return b"" if self._stream is None else self._stream.end()

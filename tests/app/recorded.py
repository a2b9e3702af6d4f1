"""A recording made in a test: by the gate's own recorder, from a source that remembers what it delivered."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

import numpy as np

from edge.app.recording.note import Asked
from edge.app.recording.opened import open_recording, write_new_key
from edge.app.recording.reel import Taken
from edge.app.recording.session import Recorded, record
from edge.errors import SourceError
from edge.stop import Stop
from edge.vision.thermal import RawThermal, ThermalSource
from tests.clocks import FakeClock

ROOMY = 10**9


class Still:
    """A camera that gives one picture after the other, 9 a second, until it is told otherwise."""

    replay = False

    def __init__(self, clock: FakeClock, pictures: int = 10**6, empty: int = 0) -> None:
        self._clock, self._left, self._empty = clock, pictures, empty
        self._pixels = np.random.default_rng(7).integers(29_000, 31_000, (120, 160)).astype(np.uint16)

    def read(self) -> RawThermal | None:
        self._clock.advance(0.111)
        if self._left == 0:
            raise SourceError("the camera was unplugged", where="/dev/video2", remedy="Plug it in.")
        self._left -= 1
        self._empty -= 1
        counts = np.zeros_like(self._pixels) if self._empty >= 0 else np.roll(self._pixels, self._left, axis=0)
        return RawThermal(counts, self._clock.monotonic_s() - 0.1, math.nan)

    def close(self) -> None:
        """Nothing is held open."""


@dataclass
class Remembering:
    """Passes pictures on and keeps them; `seen` is called with each."""

    source: ThermalSource
    seen: Callable[[RawThermal], None] = lambda _: None
    replay: bool = True
    delivered: list[RawThermal] = field(default_factory=list)

    def read(self) -> RawThermal | None:
        raw = self.source.read()
        if raw is not None:
            self.delivered.append(RawThermal(raw.counts.copy(), raw.taken_s, raw.ffc_age_s))
            self.seen(raw)
        return raw

    def close(self) -> None:
        self.source.close()


def new_key(folder: Path) -> tuple[Path, str]:
    """A private key's file, and the recipient."""
    file = folder / f"key{len(list(folder.glob('key*')))}.txt"
    return file, write_new_key(file, FakeClock().wall())


def asked(clock: FakeClock, recipient: str, keep_days: int = 7) -> Asked:
    begun = clock.wall()
    expires = begun + timedelta(days=keep_days)
    return Asked(
        "south-1", "lepton_spi", "lepton_spi spi_bus=0, 160x120", "find the cold spot", "maria", recipient, begun, expires
    )


def made(
    source: ThermalSource,
    clock: FakeClock,
    recipient: str,
    folder: Path,
    for_s: float = 2.0,
    limit_bytes: int = ROOMY,
    stop: Stop | None = None,
    tell: Callable[[Taken], None] = lambda _: None,
) -> Recorded:
    return record(asked(clock, recipient), source, for_s, folder, limit_bytes, clock, stop or Event(), tell)


def opened(recorded: Path, key: Path, out: Path) -> Path:
    """The recording in plain text, as a reader opens it."""
    open_recording(recorded, key, out)
    return out


def record_without_end(folder: str, recipient: str) -> None:
    """For a process of its own, which is killed."""
    clock = FakeClock()
    made(Still(clock), clock, recipient, Path(folder), for_s=math.inf)

"""A thermal camera played from recordings: one file, or every recording of a folder in turn, for ever."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from edge.errors import SourceError
from edge.vision.thermal.cptv_clip import ClipFrame, read_clip
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from edge.clock import Clock
    from edge.config.sources import CptvThermal

PERIOD_S: Final = 0.114
_GAP_S: Final = 1.5 * PERIOD_S

log = logging.getLogger(__name__)


class CptvSource:
    """Plays in the recording's own time. A shutter event is a gap in the file; it shows as it does on the camera: the last
    picture stands still and the event's age is 0. Raises SourceError when made, where no recording can be used.
    """

    replay = True

    def __init__(self, config: CptvThermal, clock: Clock, sleep: Callable[[float], None] = time.sleep) -> None:
        self._config = config
        self._clock = clock
        self._sleep = sleep
        self._files = recordings_at(config.path)
        self._frames = self._for_ever()
        self._next = next(self._frames)
        self._shown: ClipFrame | None = None
        self._due_s = clock.monotonic_s()
        """When `_next` is to be shown."""

    def read(self) -> RawThermal | None:
        """The next picture when it is due, at most a frame's time away. Raises SourceError when a file is gone or broken."""
        wait_s = self._due_s - self._clock.monotonic_s()
        if wait_s > _GAP_S and self._shown is not None:
            self._sleep(PERIOD_S)
            shut = self._next.ffc_age_s < self._next.at_s - self._shown.at_s
            return self._raw(self._shown, ffc_age_s=0.0) if shut else None
        if wait_s > 0:
            self._sleep(wait_s)
        self._shown = self._next
        self._next = next(self._frames)
        step_s = self._next.at_s - self._shown.at_s
        self._due_s = max(self._due_s, self._clock.monotonic_s() - PERIOD_S) + (step_s if step_s > 0 else PERIOD_S)
        return self._raw(self._shown, self._shown.ffc_age_s)

    def close(self) -> None:
        self._frames.close()

    def _raw(self, frame: ClipFrame, ffc_age_s: float) -> RawThermal:
        return RawThermal(frame.counts, self._clock.monotonic_s() - self._config.latency_s, ffc_age_s)

    def _for_ever(self) -> Generator[ClipFrame, None, None]:
        usable = list(self._files)
        while usable:
            for file in tuple(usable):
                try:
                    yield from read_clip(file, self._config.rows, self._config.cols)
                except SourceError as refused:
                    usable.remove(file)
                    if not usable:
                        raise
                    log.warning("passed over: %s", refused)


def recordings_at(path: Path) -> list[Path]:
    """The file itself, or the recordings of a folder by name. Raises SourceError where there is none."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise SourceError("there is no such recording", where=str(path), remedy="Check thermal.path.")
    files = sorted(path.glob("*.cptv"))
    if not files:
        raise SourceError("the folder holds no CPTV recording", where=str(path), remedy="Put *.cptv files there.")
    return files

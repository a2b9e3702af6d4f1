"""Recordings of a Lepton in Cacophony's CPTV format, checked to hold temperatures, frame by frame."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from cptv import CPTVReader

from edge.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_BROKEN: Final = (OSError, EOFError, KeyError, IndexError, ValueError, struct.error, zlib.error)
"""What the `cptv` package raises on bytes that are no recording."""
_COLDEST_CK, _HOTTEST_CK = 21_315, 47_315  # -60 and +200 degC: the middle of a scene lies between
_RADIOMETRIC_VERSION: Final = 2
_SHORTEST_S, _LONGEST_S = 0.01, 10.0
_USUAL_PERIOD_S: Final = 1 / 8.77
_NO_RADIOMETRY: Final = "Record with TLinear on at 0.01 K, as CPTV version 2."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClipFrame:
    """One recorded picture.

    Attributes:
        counts: (rows, cols) uint16 centikelvin.
        at_s: time since the first frame of the clip.
        ffc_age_s: seconds since the last shutter event.
    """

    counts: NDArray[np.uint16]
    at_s: float
    ffc_age_s: float


def read_clip(path: Path, rows: int, cols: int) -> Iterator[ClipFrame]:
    """The frames of a recording, one by one. Raises SourceError: no CPTV, no temperatures in it, or another size.

    A recording cut off in its last frame, as when the power went, ends before that frame.
    """
    with path.open("rb") as file:
        try:
            reader = CPTVReader(file)
        except _BROKEN as broken:
            raise SourceError(f"not a CPTV recording ({broken})", where=str(path), remedy="Give a CPTV file.") from broken
        _check_header(reader, path, rows, cols)
        yield from _frames(reader, path)


def _frames(reader: Any, path: Path) -> Iterator[ClipFrame]:
    started_s, at_s = None, -_USUAL_PERIOD_S
    for frame in _whole(reader, path):
        if frame.background_frame:
            continue
        on_s = frame.time_on.total_seconds()
        if started_s is None:
            _check_counts(frame.pix, path)
            started_s = on_s
        step_s = on_s - started_s - at_s
        at_s += step_s if _SHORTEST_S <= step_s <= _LONGEST_S else _USUAL_PERIOD_S  # the camera's clock was set anew
        started_s = on_s - at_s
        since_ffc_s = on_s - frame.last_ffc_time.total_seconds()
        yield ClipFrame(frame.pix, at_s, since_ffc_s if since_ffc_s >= 0 else float("nan"))
    if started_s is None:
        raise SourceError("the recording holds no frames", where=str(path), remedy="Take it out.")


def _whole(reader: Any, path: Path) -> Iterator[Any]:
    try:
        yield from reader
    except _BROKEN as broken:
        log.warning("%s ends in a broken frame (%s): played up to there", path, broken)


def _check_header(reader: Any, path: Path, rows: int, cols: int) -> None:
    if reader.version < _RADIOMETRIC_VERSION:
        what = "a CPTV version 1 recording: its counts are not temperatures and it does not tell shutter events"
        raise SourceError(what, where=str(path), remedy=_NO_RADIOMETRY)
    size = (reader.y_resolution, reader.x_resolution)
    if size != (rows, cols):
        what = f"the recording is {size[1]}x{size[0]}, but thermal.cols and thermal.rows say {cols}x{rows}"
        raise SourceError(what, where=str(path), remedy="Correct thermal.rows and thermal.cols.")


def _check_counts(counts: NDArray[np.uint16], path: Path) -> None:
    middle = float(np.median(counts))
    if not _COLDEST_CK <= middle <= _HOTTEST_CK:
        what = f"the counts are no temperatures: the middle of the first frame would be {middle / 100 - 273.15:.0f} degC"
        raise SourceError(what, where=str(path), remedy=_NO_RADIOMETRY)

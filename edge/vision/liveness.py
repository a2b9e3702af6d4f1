"""Whether a camera still shows the world: pictures keep coming, change, and are not black or empty."""

from __future__ import annotations

import zlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STALE_S: Final = 2.0
"""A picture so old says nothing of who stands there now."""
SILENT_S: Final = 1.0
"""No new picture for so long: the source is lost. With what an alarm waits before it is raised, within 2 s."""
FROZEN_S: Final = 1.0
_CHECKED_ROWS: Final = (
    32  # a live sensor's noise is in every row: these few show it, at a thirtieth of the bytes of a 480 row picture
)
_LOOKED_AT: Final = 24  # rows and columns of the grid on which brightness is judged
_BLACK_MEAN, _BLACK_SPREAD = 8.0, 3.0  # of 255; a dark room with sensor gain up has more of one or the other
_COLOUR_AXES: Final = 3
_NEVER: Final = float("-inf")


class SourceState(StrEnum):
    """What is wrong with a source, if anything. Everything but OK means that its pictures measure nothing."""

    OK = "ok"
    STALE = "stale"  # no new picture, or none yet
    FROZEN = "frozen"  # the same bytes again and again from a live source
    BLACK = "black"  # colour: covered lens, dead sensor
    NAN = "nan"  # thermal: no valid pixel, or one value everywhere


class Liveness:
    """Watches one source. Single equal samples are normal (a Lepton repeats two of three); a whole equal picture is not."""

    def __init__(self, *, live: bool, stale_s: float = SILENT_S) -> None:
        """Watch a source that is `live`, or a replay, which may stand still.

        A `stale_s` above the longest shutter event (2.05 s on a Lepton) keeps that event from counting as a lost camera.
        """
        self._live = live
        self._stale_s = stale_s
        self._number = 0
        self._seen_s = self._changed_s = _NEVER
        self._checksum = -1
        self._same = False
        self._content = SourceState.STALE

    def see(self, pixels: NDArray[np.generic], number: int, now_s: float, *, standing: bool = False) -> SourceState:
        """Take in the newest picture: colour (rows, cols, 3) uint8, or thermal (rows, cols) of counts or degrees.

        A picture with the number of the one before counts as none. `standing`: the source itself says that its picture stands
        still now, as a Lepton in a shutter event; then it is not frozen. Returns the state.
        """
        if number != self._number:
            self._number, self._seen_s = number, now_s
            self._content = _colour(pixels) if pixels.ndim == _COLOUR_AXES else _thermal(pixels)
            checksum = zlib.crc32(np.ascontiguousarray(pixels[:: max(1, len(pixels) // _CHECKED_ROWS)]).data)
            self._same = checksum == self._checksum
            if not self._same or standing:
                self._checksum, self._changed_s = checksum, now_s
        return self.state(now_s)

    @property
    def repeats(self) -> bool:
        """Whether a live source gave the picture before once more: it is no second look at anybody."""
        return self._live and self._same

    def state(self, now_s: float) -> SourceState:
        """The state at `now_s`, also when no picture comes any more."""
        if not now_s - self._seen_s < self._stale_s:
            return SourceState.STALE
        if self._live and not now_s - self._changed_s <= FROZEN_S:
            return SourceState.FROZEN
        return self._content


def _colour(pixels: NDArray[np.generic]) -> SourceState:
    few = pixels[:: max(1, pixels.shape[0] // _LOOKED_AT), :: max(1, pixels.shape[1] // _LOOKED_AT)]
    dark = few.mean() < _BLACK_MEAN and few.std() < _BLACK_SPREAD
    return SourceState.BLACK if dark else SourceState.OK


def _thermal(pixels: NDArray[np.generic]) -> SourceState:
    low, high = np.fmin.reduce(pixels, axis=None), np.fmax.reduce(pixels, axis=None)
    return SourceState.OK if low < high else SourceState.NAN

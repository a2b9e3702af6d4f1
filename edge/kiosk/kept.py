"""The last few pictures of a ring: what the gate says of a picture comes a little later than the picture."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.frames import FrameRing


@dataclass(frozen=True, slots=True)
class Kept:
    """One picture of a ring, (rows, cols, 3) BGR or (rows, cols) counts.

    Attributes:
        scale: its width as a share of the ring's.
    """

    number: int
    taken_s: float
    picture: NDArray[Any]
    scale: float


class KeptFrames:
    """Call `look` often; pictures wider than `widest_px` are made smaller on arrival."""

    def __init__(self, ring: FrameRing, most: int, widest_px: int | None = None) -> None:
        self._ring = ring
        self._widest_px = widest_px or ring.form.cols
        self._kept: deque[Kept] = deque(maxlen=most)

    def look(self) -> None:
        """Take in the ring's newest picture."""
        frame = self._ring.read(self._kept[-1].number if self._kept else 0)
        if frame is not None:
            picture, scale = _at_most(frame.pixels, self._widest_px)
            self._kept.append(Kept(frame.number, frame.taken_s, picture, scale))

    @property
    def newest(self) -> Kept | None:
        return self._kept[-1] if self._kept else None

    def find(self, number: int) -> Kept | None:
        """The picture of that number, if it is still kept."""
        return next((kept for kept in self._kept if kept.number == number), None)


def _at_most(pixels: NDArray[np.generic], widest_px: int) -> tuple[NDArray[Any], float]:
    scale = min(1.0, widest_px / pixels.shape[1])
    if scale == 1.0:
        return pixels, scale
    small = cv2.resize(np.asarray(pixels, np.uint8), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), scale

"""Finds a warm disc near a known place of a thermal picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CORE: Final = 0.5  # share of the radius; beyond it the optics' blur has begun (measured: -0.1 degC at 0.55)
_RING_PX: Final = (3.0, 5.0)  # beyond the radius: past the blurred edge, also of a disc 2 px larger than configured


@dataclass(frozen=True, slots=True)
class DiscSeen:
    """The best match of one picture.

    Attributes:
        row, col: centre, pixels.
        centre_c: mean of the middle half of the core's pixels, degrees Celsius; NaN when one of the core has no value.
        spread_c: standard deviation over the core.
        ring_c: the pixels of the ring around it, shape (k,); NaN where one has no value.
    """

    row: float
    col: float
    centre_c: float
    spread_c: float
    ring_c: NDArray[np.float32]


class DiscFinder:
    """Searches every whole pixel within `search_px` of (row, col) for the disc that stands out most from its ring."""

    def __init__(self, row: float, col: float, radius_px: float, search_px: float) -> None:
        self._row, self._col = round(row), round(col)
        self._search = math.ceil(search_px)
        self._reach = math.ceil(radius_px + _RING_PX[1])
        offset = np.arange(-self._reach, self._reach + 1)
        y, x = np.meshgrid(offset, offset, indexing="ij")
        distance = np.hypot(y, x)
        disc = distance <= radius_px
        ring = (distance >= radius_px + _RING_PX[0]) & (distance <= radius_px + _RING_PX[1])
        self._kernel = (disc / disc.sum() - ring / ring.sum()).astype(np.float32)
        self._core = np.flatnonzero(distance <= max(1.5, _CORE * radius_px))
        self._ring = np.flatnonzero(ring)

    def find(self, celsius: NDArray[np.float32]) -> DiscSeen | None:
        """The best disc of a picture (rows, cols); None when the place searched lies outside it."""
        rows, cols = celsius.shape
        if not (self._row < rows and self._col < cols):
            return None
        window = self._window(celsius)
        drow, dcol = self._best(_filled(window))
        row, col = self._row + drow, self._col + dcol
        if not (0 <= row < rows and 0 <= col < cols):
            return None
        return self._seen(window, drow + self._search, dcol + self._search, row, col)

    def _window(self, celsius: NDArray[np.float32]) -> NDArray[np.float32]:
        """Everything the search may touch. A ring may reach outside the picture: there its last pixels are repeated."""
        rows, cols = celsius.shape
        around = self._search + self._reach
        top, left, bottom, right = self._row - around, self._col - around, self._row + around + 1, self._col + around + 1
        window = celsius[max(top, 0) : bottom, max(left, 0) : right]
        beyond = (max(-top, 0), max(bottom - rows, 0)), (max(-left, 0), max(right - cols, 0))
        return np.pad(window, beyond, mode="edge") if any(map(any, beyond)) else np.ascontiguousarray(window)

    def _best(self, window: NDArray[np.float32]) -> tuple[int, int]:
        scores = cv2.matchTemplate(window, self._kernel, cv2.TM_CCORR)
        index = int(scores.argmax())
        return index // scores.shape[1] - self._search, index % scores.shape[1] - self._search

    def _seen(self, window: NDArray[np.float32], top: int, left: int, row: int, col: int) -> DiscSeen:
        side = 2 * self._reach + 1
        patch = window[top : top + side, left : left + side].ravel()
        core, ring = np.sort(patch[self._core]), patch[self._ring]
        if not np.isfinite(core).all():
            return DiscSeen(float(row), float(col), math.nan, math.nan, ring)
        quarter = len(core) // 4
        centre_c = float(core[quarter : len(core) - quarter].mean())
        return DiscSeen(float(row), float(col), centre_c, float(core.std()), ring)


def _filled(window: NDArray[np.float32]) -> NDArray[np.float32]:
    """The window with the median in place of values that are none, so that one dead pixel does not hide the disc."""
    valid = np.isfinite(window)
    if valid.all():
        return window
    fill = np.median(window[valid]) if valid.any() else np.float32(0.0)
    filled: NDArray[np.float32] = np.where(valid, window, fill).astype(np.float32)
    return filled

"""Pictures for the page: the thermal one in an even palette, alone and laid over the colour one."""

from __future__ import annotations

import math
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.kiosk.technician.sight import Sight

LAID_PX: Final = 320
"""Width of the thermal picture laid over the colour one: more than a Lepton has."""
ALONE_PX: Final = 480
_QUALITY: Final = 85
_SHARES: Final = (1.0, 99.7)  # of the pixels: a lamp or a dead pixel does not take the palette's ends
_LEAST_SPAN_C: Final = 8.0
_DEPTH_STEP_M: Final = 0.1
_PALETTE: Final = cv2.COLORMAP_INFERNO  # even in lightness: equal steps look equal, also without colour sight
_NOWHERE: Final[NDArray[np.float32]] = np.zeros((1, 1), np.float32)

Outline = list[tuple[float, float]]


def span_c(celsius: NDArray[np.float32]) -> tuple[float, float]:
    """Coldest and warmest of the scale, whole degrees; (0, 8) of a picture without a value."""
    known = celsius[np.isfinite(celsius)]
    if known.size == 0:
        return 0.0, _LEAST_SPAN_C
    low_c, high_c = (float(value) for value in np.percentile(known, _SHARES))
    low_c = float(math.floor(low_c))
    return low_c, max(float(math.ceil(high_c)), low_c + _LEAST_SPAN_C)


def shades(celsius: NDArray[np.float32], low_c: float, high_c: float) -> NDArray[np.uint8]:
    """Place of each pixel on the scale, 0 to 255; 0 where it has no value."""
    share = (np.nan_to_num(celsius, nan=low_c) - low_c) * (255.0 / (high_c - low_c))
    return np.asarray(np.clip(share, 0.0, 255.0), np.uint8)


def alone(shade: NDArray[np.uint8]) -> bytes:
    """JPEG of the thermal picture, every pixel a sharp square: they are counted by eye."""
    times = max(1, ALONE_PX // shade.shape[1])
    large = cv2.resize(shade, None, fx=times, fy=times, interpolation=cv2.INTER_NEAREST)
    return _jpeg(cv2.applyColorMap(large, _PALETTE))


def palette() -> bytes:
    """PNG of the scale from cold to warm, 256x1."""
    return cv2.imencode(".png", cv2.applyColorMap(np.arange(256, dtype=np.uint8)[None], _PALETTE))[1].tobytes()


def colour(picture: NDArray[np.uint8]) -> bytes:
    """JPEG of the colour picture, nothing covered."""
    return _jpeg(picture)


class Laid:
    """Lays thermal pictures over colour ones of `size` (width, height), as the registration maps them at a depth."""

    def __init__(self, sight: Sight, size: tuple[int, int]) -> None:
        self._sight = sight
        self._size = size
        self._step: int | None = -1
        self._maps: tuple[NDArray[np.float32], NDArray[np.float32]] = _NOWHERE, _NOWHERE
        self._outline: Outline = []

    def over(self, shade: NDArray[np.uint8], depth_m: float | None) -> tuple[bytes, Outline]:
        """JPEG of the thermal picture bent onto the colour one, and the part it covers: corners as shares of the picture."""
        step = None if depth_m is None else round(depth_m / _DEPTH_STEP_M)
        if step != self._step:
            self._step = step
            grid = self._grid_at(None if step is None else step * _DEPTH_STEP_M)
            self._maps = np.ascontiguousarray(grid[..., 0]), np.ascontiguousarray(grid[..., 1])
            self._outline = _covered(grid, shade.shape)
        bent = cv2.remap(shade, *self._maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return _jpeg(cv2.applyColorMap(bent, _PALETTE)), self._outline

    def _grid_at(self, depth_m: float | None) -> NDArray[np.float32]:
        """(rows, cols, 2) col, row in the thermal picture of every pixel of the one laid over."""
        width, height = self._size
        rows = max(1, round(LAID_PX * height / width))
        x, y = np.meshgrid((np.arange(LAID_PX) + 0.5) * width / LAID_PX, (np.arange(rows) + 0.5) * height / rows)
        points = np.stack([x.ravel(), y.ravel()], 1) - 0.5
        return self._sight.mapped(points, depth_m).reshape(rows, LAID_PX, 2).astype(np.float32)


def _covered(grid: NDArray[np.float32], shape: tuple[int, ...]) -> Outline:
    """The largest part of the grid that lies in a picture of `shape` (rows, cols)."""
    rows, cols = shape
    inside = (np.abs(grid - ((cols - 1) / 2.0, (rows - 1) / 2.0)) < (cols / 2.0, rows / 2.0)).all(2)
    found, _ = cv2.findContours(inside.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        return []
    corners = cv2.approxPolyDP(max(found, key=cv2.contourArea), 1.0, closed=True)[:, 0]
    high, wide = inside.shape
    return [(float((x + 0.5) / wide), float((y + 0.5) / high)) for x, y in corners]


def _jpeg(picture: NDArray[Any]) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()

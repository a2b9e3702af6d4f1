"""Fits a picture of any size into the network's input: scaled, at the top left, black at right and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRIDE_PX = 32


def padded(length_px: int) -> int:
    """The next multiple of the network's largest stride."""
    return -(-length_px // STRIDE_PX) * STRIDE_PX


class Letterbox:
    """Fills one tensor again and again: BGR 0..255 float32, shape (1, 3, height, width), no mean, no division."""

    def __init__(self, width_px: int, height_px: int) -> None:
        """Sizes that are no multiples of 32 are padded up with black."""
        if width_px < 1 or height_px < 1:
            raise ValueError(f"the network's input must have at least one pixel, got {width_px}x{height_px}")
        self.width_px, self.height_px = width_px, height_px
        self.tensor: NDArray[np.float32] = np.zeros((1, 3, padded(height_px), padded(width_px)), np.float32)
        self._used_px = (0, 0)
        self._small: dict[int, NDArray[np.uint8]] = {}
        self._planes: NDArray[np.uint8] = np.empty((3, 0, 0), np.uint8)
        self._each: list[NDArray[np.uint8]] = []

    def fit(self, picture: NDArray[np.uint8]) -> float:
        """Write the picture (h, w, 3), or grey (h, w) or (h, w, 1), into `tensor`; gives tensor pixels per picture pixel."""
        height, width = picture.shape[:2]
        scale: float = min(self.width_px / width, self.height_px / height)
        new_width, new_height = max(1, round(width * scale)), max(1, round(height * scale))
        self._prepare(new_width, new_height)
        colours = picture.shape[2] if picture.ndim > 2 else 1  # noqa: PLR2004 rows, columns, colours
        small = self._small[colours]
        if (new_width, new_height) == (width, height):
            small = picture
        else:
            cv2.resize(picture, (new_width, new_height), dst=small, interpolation=cv2.INTER_LINEAR)
        # Split, then convert all planes at once: 0.14 ms at 416x312, where cv2.dnn.blobFromImage takes 1.7 ms.
        if colours == 1:
            self._planes[:] = small.reshape(new_height, new_width)
        else:
            cv2.split(small, self._each)
        np.copyto(self.tensor[0, :, :new_height, :new_width], self._planes)
        return scale

    def _prepare(self, new_width: int, new_height: int) -> None:
        """Blacken what the last picture left behind when the size changes."""
        if self._used_px != (new_width, new_height):
            self.tensor.fill(0.0)
            self._small = {1: np.empty((new_height, new_width), np.uint8), 3: np.empty((new_height, new_width, 3), np.uint8)}
            self._planes = np.empty((3, new_height, new_width), np.uint8)
            self._each = list(self._planes)
            self._used_px = (new_width, new_height)

"""Fills a peer's input: the picture stretched to its size, RGB, (pixel - shift) * factor."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

NMS_OVERLAP: Final = 0.4
MOST_FACES: Final = 400


class Stretched:
    """One tensor (1, 3, height, width) float32, filled again and again with as few copies as our own letterbox makes."""

    def __init__(self, width_px: int, height_px: int, shift: float, factor: float) -> None:
        self.tensor: NDArray[np.float32] = np.zeros((1, 3, height_px, width_px), np.float32)
        self._small = np.empty((height_px, width_px, 3), np.uint8)
        self._planes = [np.empty((height_px, width_px), np.uint8) for _ in range(3)]
        self._shift, self._factor = np.float32(shift), np.float32(factor)

    def fit(self, picture: NDArray[np.uint8]) -> None:
        """Write the picture (h, w, 3) BGR into `tensor` as RGB."""
        height, width = self._small.shape[:2]
        cv2.resize(picture, (width, height), dst=self._small, interpolation=cv2.INTER_LINEAR)
        cv2.split(self._small, self._planes)
        for plane, pixels in enumerate(reversed(self._planes)):
            np.subtract(pixels, self._shift, out=self.tensor[0, plane])
        self.tensor *= self._factor

"""Pictures of any size made to be of the one size the gate works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGE_GREY: Final = 114


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture lies in the frame: x_frame = x * scale + left_px, y_frame = y * scale + top_px."""

    scale: float
    left_px: int
    top_px: int
    width_px: int
    height_px: int

    @classmethod
    def of(cls, source_width: int, source_height: int, width: int, height: int) -> Self:
        """Whole picture in view, shape kept, centred."""
        scale = min(width / source_width, height / source_height)
        fitted_width = min(width, max(1, round(source_width * scale)))
        fitted_height = min(height, max(1, round(source_height * scale)))
        return cls(scale, (width - fitted_width) // 2, (height - fitted_height) // 2, fitted_width, fitted_height)


def fitted(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """A (height, width, 3) picture holding all of `picture`, with grey at the sides where the shapes differ."""
    rows, columns = picture.shape[:2]
    if (columns, rows) == (width, height):
        return picture
    fit = Fit.of(columns, rows, width, height)
    way = cv2.INTER_AREA if fit.scale < 1 else cv2.INTER_LINEAR
    frame = np.full((height, width, 3), EDGE_GREY, np.uint8)
    inner = frame[fit.top_px : fit.top_px + fit.height_px, fit.left_px : fit.left_px + fit.width_px]
    inner[:] = cv2.resize(picture, (fit.width_px, fit.height_px), interpolation=way)
    return frame

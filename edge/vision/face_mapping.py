"""Faces of the colour picture laid into the thermal one: for each an affine mapping of its own, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class FaceMapping:
    """n faces: [col, row] = [x, y] @ turn + shift, good on the face and around it.

    Attributes:
        turn: (n, 2, 2).
        shift: (n, 2).
        scale: (n,) thermal pixels per colour pixel (root of the area ratio, so a turn or mirror does not matter).
        residual_px: (n,) how far off a mapped point may be, thermal pixels (standard uncertainty), unknown depth included.
        depth_px: (n, 2) col, row: how far the face moves when it is nearer by one standard uncertainty of its depth.
    """

    turn: NDArray[np.float64]
    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    residual_px: NDArray[np.float64]
    depth_px: NDArray[np.float64]

    def points(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map (n, k, 2) points x, y, k of each face; not bounded by the picture."""
        return points @ self.turn + self.shift[:, None]

    def directions(self, directions: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map (n, k, 2) differences of points."""
        return directions @ self.turn

    def boxes(self, boxes: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map (n, 4) boxes x1, y1, x2, y2 to the upright thermal boxes around them: col1, row1, col2, row2."""
        middle = self.points((boxes[:, None, :2] + boxes[:, None, 2:]) * 0.5)[:, 0]
        half = (np.abs(boxes[:, None, 2:] - boxes[:, None, :2]) * 0.5 @ np.abs(self.turn))[:, 0]
        return np.concatenate([middle - half, middle + half], 1)

    def moved(self, by_px: NDArray[np.float64], residual_px: NDArray[np.float64]) -> FaceMapping:
        """The same, shifted by (n, 2) col, row, and so sure now."""
        return replace(self, shift=self.shift + by_px, residual_px=residual_px)

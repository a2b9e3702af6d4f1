"""How the thermal camera sees the stage: flat, by one matrix, or from a place of its own, so that near things shift more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import cv2
import numpy as np

from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX, registration_matrix, square
from edge.vision.two_cameras import Lens, TwoCameras

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOCAL_PX: Final = 700.0
"""Of the colour camera of the stage: 49 degrees across. Whoever stands at the gate is then 0.6 m away."""

UNIT_M: Final = 0.063 / 0.92
"""One face unit (eyes to mouth) of a drawn person, whose pupils lie 0.92 units apart."""


class View(Protocol):
    """Lays a flat thing that stands upright before the cameras into the thermal picture."""

    def matrix(self, unit_px: float) -> NDArray[np.float64]:
        """(3, 3) from the stage to the thermal picture, at the depth where a face unit covers so many pixels."""

    def bent(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """The picture as the lens bends it."""


class FlatView:
    """The same mapping at every distance."""

    def __init__(self, thermal_size: tuple[int, int]) -> None:
        self._matrix = square(registration_matrix(thermal_size=thermal_size))

    def matrix(self, unit_px: float) -> NDArray[np.float64]:  # noqa: ARG002 flat
        return self._matrix

    def bent(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        return picture


class ApartView:
    """A camera 2 to 5 cm beside the other one, a little turned, with a lens that bends; all of it by the world's seed."""

    def __init__(self, thermal_size: tuple[int, int], fov_deg: float, seed: int) -> None:
        self.cameras = two_cameras(thermal_size, fov_deg, seed)
        self._straight = Lens(self.cameras.thermal.matrix, np.zeros(5))
        cols, rows = thermal_size
        pixels = np.stack(np.meshgrid(np.arange(cols), np.arange(rows)), -1).reshape(-1, 1, 2).astype(np.float64)
        matrix = self.cameras.thermal.matrix
        places = cv2.undistortPoints(pixels, matrix, self.cameras.thermal.distortion, P=matrix)
        self._from = places.reshape(rows, cols, 2).astype(np.float32)

    def matrix(self, unit_px: float) -> NDArray[np.float64]:
        depth_m = FOCAL_PX * UNIT_M / unit_px
        turn = np.asarray(cv2.Rodrigues(self.cameras.rotation_rad)[0], np.float64)
        turn[:, 2] += self.cameras.shift_m / depth_m  # a plane upright at this depth: X / Z is (x, y, 1)
        return np.asarray(self._straight.matrix @ turn @ np.linalg.inv(self.cameras.colour.matrix))

    def bent(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        columns, rows = np.ascontiguousarray(self._from[..., 0]), np.ascontiguousarray(self._from[..., 1])
        seen = cv2.remap(picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(seen, np.float32)


def two_cameras(thermal_size: tuple[int, int], fov_deg: float, seed: int) -> TwoCameras:
    """The truth: both cameras of the stage and the thermal one's pose; pixels of the stage and of the upright thermal picture."""
    rng = np.random.default_rng([seed, 43])
    side = float(rng.choice((-1.0, 1.0)))
    shift_m = np.array([side * rng.uniform(0.02, 0.045), rng.uniform(-0.015, 0.015), rng.uniform(-0.005, 0.005)])
    turn = np.array([rng.uniform(-0.03, 0.03), -side * rng.uniform(0.0, 0.04), rng.uniform(-0.03, 0.03)])
    focal_px = thermal_size[0] / 2.0 / np.tan(np.radians(fov_deg) / 2.0) * rng.uniform(0.98, 1.02)
    return TwoCameras(
        _lens(FOCAL_PX, (STAGE_WIDTH_PX, STAGE_HEIGHT_PX), 0.0),
        _lens(float(focal_px), thermal_size, float(rng.uniform(-0.25, -0.1))),
        turn,
        shift_m,
    )


def _lens(focal_px: float, size: tuple[int, int], k1: float) -> Lens:
    matrix = np.array([[focal_px, 0.0, (size[0] - 1) / 2.0], [0.0, focal_px, (size[1] - 1) / 2.0], [0.0, 0.0, 1.0]])
    return Lens(matrix, np.array([k1, 0.0, 0.0, 0.0, 0.0]))

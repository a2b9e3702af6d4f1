"""Two pinhole cameras with lens distortion: where a point of the colour picture at a known depth lies in the thermal one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.calibration import CalibrationConfig, LensConfig


@dataclass(frozen=True, slots=True)
class Lens:
    """One camera.

    Attributes:
        matrix: (3, 3), pixels: focal lengths on the diagonal, the centre in the last column.
        distortion: (5,) k1, k2, p1, p2, k3 as OpenCV has them.
    """

    matrix: NDArray[np.float64]
    distortion: NDArray[np.float64]

    @classmethod
    def of(cls, config: LensConfig) -> Lens:
        (fx, fy), (cx, cy) = config.focal_px, config.centre_px
        return cls(np.array([[fx, 0.0, cx], [0.0, fy, cy], [0.0, 0.0, 1.0]]), np.array(config.distortion))


@dataclass(frozen=True, slots=True)
class TwoCameras:
    """A calibrated pair.

    Attributes:
        colour, thermal: the lenses.
        rotation_rad: (3,) Rodrigues, and `shift_m` (3,): seen by the thermal camera, X of the colour camera is R X + t.
        mirror_px: columns of the thermal picture where it is mirrored, left for right; 0 where it is not.
    """

    colour: Lens
    thermal: Lens
    rotation_rad: NDArray[np.float64]
    shift_m: NDArray[np.float64]
    mirror_px: int = 0

    @classmethod
    def of(cls, config: CalibrationConfig) -> TwoCameras:
        pose = config.pose
        return cls(
            Lens.of(config.colour_lens),
            Lens.of(config.thermal_lens),
            np.array(pose.rotation_rad),
            np.array(pose.shift_m),
            config.thermal.width if pose.mirror else 0,
        )

    def points(self, points: NDArray[np.floating], depth_m: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Map (n, 2) points x, y at depths (n,) of the colour camera to (n, 2) col, row. NaN stays NaN."""
        if len(points) == 0:
            return np.zeros((0, 2))
        flat = np.ascontiguousarray(points, np.float64).reshape(-1, 1, 2)
        rays = cv2.undistortPoints(flat, self.colour.matrix, self.colour.distortion)[:, 0]
        depths = np.broadcast_to(np.asarray(depth_m, np.float64), len(rays))
        solid = np.column_stack([rays * depths[:, None], depths])
        return self.seen(solid)

    def seen(self, solid_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points (n, 3), metres in the colour camera's frame, lie in the thermal picture: (n, 2) col, row."""
        there, _ = cv2.projectPoints(solid_m, self.rotation_rad, self.shift_m, self.thermal.matrix, self.thermal.distortion)
        mapped = np.asarray(there[:, 0], np.float64)
        if self.mirror_px:
            mapped[:, 0] = self.mirror_px - 1.0 - mapped[:, 0]
        return mapped

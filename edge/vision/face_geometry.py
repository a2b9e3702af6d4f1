"""Where to look on a face: points of the forehead, the upper face and the surroundings, in the thermal picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.face_mapping import FaceMapping

# In eye distances (pupil to pupil, about 63 mm): across from the middle between the eyes, and up from the eye line.
# A mask's edge lies on the bridge of the nose, 0.2 to 0.3 below the line; hair begins at about 1.0 to 1.2 above it.
_HALF_WIDTH: Final = 0.7
_FOREHEAD_UP: Final = (0.35, 0.9)
_EYES_UP: Final = (0.0, 0.3)
FOREHEAD_COLUMNS, _FOREHEAD_ROWS, _EYE_ROWS = 14, 7, 4
_CANTHUS_ACROSS, _CANTHUS_UP, _CANTHUS_REACH = 0.25, -0.02, 0.07  # the lids meet 16 mm inwards of the pupil; +-4 mm are read
_BESIDE: Final = 1.5  # the surroundings are read on a frame this much wider and higher than the face box, not below it
FOREHEAD_POINTS: Final = FOREHEAD_COLUMNS * _FOREHEAD_ROWS
UPPER_POINTS: Final = FOREHEAD_COLUMNS * (_FOREHEAD_ROWS + _EYE_ROWS)
CANTHUS_POINTS: Final = 9
"""Of each eye."""
_FACE_WIDTH_M: Final = 0.15


@dataclass(frozen=True, slots=True)
class FaceGeometry:
    """n faces of one picture, thermal pixels; every number may be NaN where the detector's were.

    Attributes:
        points: (n, 2, p) col, row: first the forehead's FOREHEAD_POINTS, with the eyes' the upper face's UPPER_POINTS, then
            CANTHUS_POINTS of each inner eye corner, then those beside and above the face.
        height_px: (n,) face box height.
        width_px: (n,) face box width.
        forehead_px: (n,) pixels that the forehead covers.
        quartile_px: (n,) height of a strip with a quarter of the forehead's area.
        eye_px: (n,) from pupil to pupil.
        frontal: (n,) the eyes' distance as a share of the box width; about 0.45 from the front, towards 0 from the side.
    """

    points: NDArray[np.float64]
    height_px: NDArray[np.float64]
    width_px: NDArray[np.float64]
    forehead_px: NDArray[np.float64]
    quartile_px: NDArray[np.float64]
    eye_px: NDArray[np.float64]
    frontal: NDArray[np.float64]

    @property
    def canthus_px(self) -> NDArray[np.float64]:
        """(n,) how far from its middle an inner eye corner is read."""
        return _CANTHUS_REACH * self.eye_px

    def distance_m(self, columns: int, fov_deg: float) -> NDArray[np.float64]:
        """How far away each face is, from its width (150 mm) and the camera's horizontal field of view."""
        footprint = 2.0 * np.tan(np.radians(fov_deg) / 2.0) / columns
        return np.asarray(_FACE_WIDTH_M / (footprint * np.maximum(self.width_px, 1e-6)))


def locate(boxes: NDArray[np.floating], landmarks: NDArray[np.floating], mapping: FaceMapping) -> FaceGeometry:
    """Map faces of the colour picture, boxes (n, 4) and landmarks (n, 5, 2), to the points to read in the thermal one."""
    sides = boxes.astype(np.float64)
    points = mapping.points(landmarks)
    right, left, mouth = points[:, 0], points[:, 1], points[:, 3:].mean(1)
    eyes, across = (right + left) * 0.5, left - right
    up = np.stack([across[:, 1], -across[:, 0]], 1)
    # Whether the mapping mirrors or turns: up is the side of the eye line on which the mouth is not.
    up = np.where((up * (eyes - mouth)).sum(1, keepdims=True) < 0.0, -up, up)
    upper = eyes[:, :, None] + np.stack([across, up], 2) @ _UPPER
    around = _mapped_frames(sides, mapping)
    size = (sides[:, 2:] - sides[:, :2]) * mapping.scale[:, None]
    eye_px = np.hypot(across[:, 0], across[:, 1])
    high_px = (_FOREHEAD_UP[1] - _FOREHEAD_UP[0]) * eye_px
    return FaceGeometry(
        points=np.concatenate([upper, around], 2),
        height_px=size[:, 1],
        width_px=size[:, 0],
        forehead_px=2.0 * _HALF_WIDTH * eye_px * high_px,
        quartile_px=np.maximum(0.25 * high_px, 1e-6),
        eye_px=eye_px,
        frontal=eye_px / np.maximum(size[:, 0], 1e-6),
    )


def _mapped_frames(boxes: NDArray[np.float64], mapping: FaceMapping) -> NDArray[np.float64]:
    """(n, 2, p) col, row of the surroundings of boxes (n, 4)."""
    low, high = boxes[:, :2], boxes[:, 2:]
    half = (high - low) * 0.5
    axes = mapping.directions(half[:, :, None] * np.eye(2))  # each half side, mapped
    return mapping.points((low + high)[:, None] * 0.5).swapaxes(1, 2) + axes.swapaxes(1, 2) @ _AROUND


def _grid(rows_up: tuple[float, float], rows: int) -> NDArray[np.float64]:
    """(2, rows * columns) points: across, up."""
    up, across = np.meshgrid(np.linspace(*rows_up, rows), np.linspace(-_HALF_WIDTH, _HALF_WIDTH, FOREHEAD_COLUMNS), indexing="ij")
    return np.stack([across.ravel(), up.ravel()])


def _beside() -> NDArray[np.float64]:
    """(2, p) points of the frame around a box in half sizes, x right and y down: its top and the upper part of its sides."""
    top = np.stack([np.linspace(-_BESIDE, _BESIDE, 9), np.full(9, -_BESIDE)])
    height = np.linspace(-1.2, 0.5, 6)
    sides = [np.stack([np.full(6, side), height]) for side in (-_BESIDE, _BESIDE)]
    return np.concatenate([top, *sides], 1)


def _canthi() -> NDArray[np.float64]:
    """(2, 2 * CANTHUS_POINTS) points: across, up; the right eye's corner first."""
    reach = np.array((-_CANTHUS_REACH, 0.0, _CANTHUS_REACH))
    up, across = np.meshgrid(reach + _CANTHUS_UP, reach, indexing="ij")
    return np.concatenate([np.stack([across.ravel() + side * _CANTHUS_ACROSS, up.ravel()]) for side in (-1, 1)], 1)


_UPPER: Final = np.concatenate([_grid(_FOREHEAD_UP, _FOREHEAD_ROWS), _grid(_EYES_UP, _EYE_ROWS), _canthi()], 1)
_AROUND: Final = _beside()

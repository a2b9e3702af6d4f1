"""Where a face of the colour picture lies in the thermal picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.errors import SettingsError
from edge.vision.face_depth import SIZE_SHARE, depths_m
from edge.vision.face_mapping import FaceMapping
from edge.vision.head_edge import snapped
from edge.vision.two_cameras import TwoCameras

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.calibration import CalibrationConfig
    from edge.config.thermometry import RegistrationConfig

USUAL_M: Final = 0.8
"""Where people stand who are measured: what `points` and `scale` mean when nobody says how far away."""

_SMALLEST_SCALE: Final = 1e-3  # thermal pixels per colour pixel; a whole colour picture would fall into one thermal pixel
_KEY: Final = "registration.matrix"
_PROBE: Final = np.array([[0.0, 0.0], [-0.5, 0.0], [0.5, 0.0], [0.0, -0.5], [0.0, 0.5]])  # in box sizes, around its middle
_NEARER: Final = 1.0 - SIZE_SHARE


class Registration:
    """The mapping of one gate, colour to thermal, in either of its forms; callers do not know which.

    *One matrix*: [col, row] = matrix * [x, y, 1]. It holds at the distance it was made for; faces nearer or farther are off by
    the cameras' disparity, which `residual_px` of the settings has to cover.
    *Calibrated*: two lenses and a pose. A face's depth follows from its size; what is left is found by the edge of the head.

    Attributes:
        residual_px: how far off a mapped point may be at a known depth, thermal pixels (standard uncertainty).
        scale: thermal pixels per colour pixel, at USUAL_M for the calibrated form.
    """

    def __init__(self, config: RegistrationConfig) -> None:
        """Raises SettingsError naming registration.matrix when it is no 2x3 matrix that can be undone."""
        self._form = _form_of(config)
        self.residual_px, self.scale = self._form.residual_px, self._form.scale

    def faces(
        self,
        boxes: NDArray[np.floating],
        landmarks: NDArray[np.floating] | None = None,
        celsius: NDArray[np.float32] | None = None,
    ) -> FaceMapping:
        """The mapping of each of n faces: boxes (n, 4), landmarks (n, 5, 2), colour pixels.

        `celsius`: the thermal picture (rows, cols), in which the heads' edges are looked for.
        """
        return self._form.faces(boxes, landmarks, celsius)

    def points(self, points: NDArray[np.floating], depth_m: float = USUAL_M) -> NDArray[np.float64]:
        """Map (..., 2) points x, y to (..., 2) col, row; not bounded by the picture. One matrix knows no depth."""
        return self._form.points(points, depth_m)

    def boxes(self, boxes: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map the boxes of faces (n, 4) x1, y1, x2, y2 to the upright thermal boxes around them: col1, row1, col2, row2."""
        return self._form.faces(boxes, None, None).boxes(boxes)


class _Matrix:
    def __init__(self, matrix: list[list[float]], residual_px: float) -> None:
        self._turn, self._shift, self.scale = _affine(matrix)
        self.residual_px = residual_px

    def points(self, points: NDArray[np.floating], depth_m: float) -> NDArray[np.float64]:  # noqa: ARG002 flat
        return points @ self._turn + self._shift

    def faces(
        self,
        boxes: NDArray[np.floating],
        landmarks: NDArray[np.floating] | None,  # noqa: ARG002 no depth, no snapping: as the settings say
        celsius: NDArray[np.float32] | None,  # noqa: ARG002
    ) -> FaceMapping:
        n = len(boxes)
        return FaceMapping(
            np.broadcast_to(self._turn, (n, 2, 2)),
            np.broadcast_to(self._shift, (n, 2)),
            np.broadcast_to(np.float64(self.scale), n),
            np.broadcast_to(np.float64(self.residual_px), n),
            np.zeros((n, 2)),
        )


class _Calibrated:
    def __init__(self, config: CalibrationConfig) -> None:
        self._cameras = TwoCameras.of(config)
        self._focal_px = config.colour_lens.focal_px[0]
        self.residual_px = config.residual_px
        middle = np.array([[config.colour.width / 2.0, config.colour.height / 2.0]])
        corners = middle + _PROBE * config.colour.width / 10.0
        self.scale = float(_scales(_turns(self._cameras.points(corners, USUAL_M)[None], np.full((1, 2), middle[0, 0] / 5.0)))[0])

    def points(self, points: NDArray[np.floating], depth_m: float) -> NDArray[np.float64]:
        return self._cameras.points(points.reshape(-1, 2), depth_m).reshape(points.shape)

    def faces(
        self, boxes: NDArray[np.floating], landmarks: NDArray[np.floating] | None, celsius: NDArray[np.float32] | None
    ) -> FaceMapping:
        n = len(boxes)
        depth_m = depths_m(boxes, landmarks, self._focal_px)
        middle, size = (boxes[:, :2] + boxes[:, 2:]) * 0.5, boxes[:, 2:].astype(np.float64) - boxes[:, :2]
        around = middle[:, None] + _PROBE * size[:, None]
        asked = np.concatenate([around.reshape(-1, 2), middle])
        depths = np.concatenate([np.repeat(depth_m, len(_PROBE)), depth_m * _NEARER])
        there = self._cameras.points(asked, depths)
        mapped, nearer = there[: n * len(_PROBE)].reshape(n, len(_PROBE), 2), there[n * len(_PROBE) :]
        turn, depth_px = _turns(mapped, size), nearer - mapped[:, 0]
        mapping = FaceMapping(
            turn=turn,
            shift=mapped[:, 0] - (middle[:, None] @ turn)[:, 0],
            scale=_scales(turn),
            residual_px=np.hypot(self.residual_px, np.hypot(depth_px[:, 0], depth_px[:, 1])),
            depth_px=depth_px,
        )
        return mapping if celsius is None else snapped(mapping, boxes, celsius, self.residual_px)


def _form_of(config: RegistrationConfig) -> _Matrix | _Calibrated:
    if config.calibrated is not None:
        return _Calibrated(config.calibrated)
    if config.matrix is not None:
        return _Matrix(config.matrix, config.residual_px)
    raise SettingsError(
        "the calibration was not read", where=f"registration.file = {config.file}", remedy="Run `menshen-edge calibrate`."
    )


def _turns(mapped: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 2, 2) of the mapped _PROBE (n, 5, 2) of boxes with sizes (n, 2): what a step in x and in y becomes."""
    sides = np.stack([mapped[:, 2] - mapped[:, 1], mapped[:, 4] - mapped[:, 3]], 1)
    return np.asarray(sides / np.maximum(np.abs(size), 1e-6)[:, :, None])


def _scales(turn: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(np.abs(turn[:, 0, 0] * turn[:, 1, 1] - turn[:, 0, 1] * turn[:, 1, 0]))


def _affine(matrix: list[list[float]]) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    if [len(row) for row in matrix] != [3, 3]:
        raise SettingsError(
            "not two rows of three numbers", where=_KEY, remedy="Run `menshen-edge calibrate`, or copy its matrix."
        )
    full = np.array(matrix, np.float64)
    if not np.isfinite(full).all():
        raise SettingsError("holds a number that is not finite", where=_KEY, remedy="Run `menshen-edge calibrate` again.")
    scale = math.sqrt(abs(full[0, 0] * full[1, 1] - full[0, 1] * full[1, 0]))
    if scale < _SMALLEST_SCALE:
        raise SettingsError(
            f"singular: it maps the whole colour picture onto one line or point (scale {scale:.2g})",
            where=_KEY,
            remedy="Check the first two numbers of each row; in each row at least one must not be 0.",
        )
    return np.ascontiguousarray(full[:, :2].T), full[:, 2].copy(), scale

"""Where a point of the colour picture lies in the thermal picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.errors import SettingsError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.thermometry import RegistrationConfig

_SMALLEST_SCALE: Final = 1e-3  # thermal pixels per colour pixel; a whole colour picture would fall into one thermal pixel
_KEY: Final = "registration.matrix"


class Registration:
    """The mapping of one gate, colour to thermal: [col, row] = matrix * [x, y, 1].

    One affine mapping holds at the distance it was made for; faces nearer or farther are off by the cameras' disparity, which
    `residual_px` has to cover. Callers map whole faces by `boxes` and `points`, so that a depth can enter here alone.

    Attributes:
        residual_px: how far off a mapped point may be, thermal pixels (standard uncertainty).
        scale: thermal pixels per colour pixel (root of the area ratio, so a turn or mirror does not matter).
    """

    def __init__(self, config: RegistrationConfig) -> None:
        """Raises SettingsError naming registration.matrix when it is no 2x3 matrix that can be undone."""
        self._turn, self._shift, self.scale = _affine(config.matrix)
        self.residual_px = config.residual_px

    def points(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map (..., 2) points x, y of the colour picture to (..., 2) col, row of the thermal one; not bounded by the picture."""
        return points @ self._turn + self._shift

    def directions(self, directions: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map (..., 2) differences x, y of colour points to (..., 2) col, row."""
        return directions @ self._turn

    def boxes(self, boxes: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map (n, 4) boxes x1, y1, x2, y2 to the upright thermal boxes around them: col1, row1, col2, row2."""
        middle = self.points((boxes[:, :2] + boxes[:, 2:]) * 0.5)
        half = np.abs(boxes[:, 2:] - boxes[:, :2]) * 0.5 @ np.abs(self._turn)
        return np.concatenate([middle - half, middle + half], 1)


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

"""The measure of the simulated world: a stage of 640x480 pixels as the colour camera sees it, and how the thermal one does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STAGE_WIDTH_PX: Final = 640
STAGE_HEIGHT_PX: Final = 480
USUAL_CHIN: Final = 1.67
"""Below the eye line, in face units (eyes to mouth): the middle of what people are drawn with."""

# The thermal camera sits beside the colour camera, a little turned, and sees a little more than it.
_SHARE: Final = 0.945
_TURN: Final = 0.016
_RIGHT, _DOWN = 0.03, 0.02


def registration_matrix(
    colour_size: tuple[int, int] = (STAGE_WIDTH_PX, STAGE_HEIGHT_PX), thermal_size: tuple[int, int] = (160, 120)
) -> list[list[float]]:
    """The true [col, row] = matrix * [x, y, 1] of the simulated cameras; sizes are (width, height) and (cols, rows).

    `thermal_size` is that of the upright picture, after `sensor.rotate`. This is what belongs into `registration.matrix`.
    """
    width, height = colour_size
    cols, rows = thermal_size
    return [
        [_SHARE * cols / width, _TURN * cols / height, _RIGHT * cols],
        [-_TURN * rows / width, _SHARE * rows / height, _DOWN * rows],
    ]


def on_stage(row: float, col: float, radius: float, thermal_size: tuple[int, int]) -> tuple[float, float, float]:
    """Where a disc of the thermal picture lies on the stage: x, y and radius."""
    matrix = square(registration_matrix(thermal_size=thermal_size))
    x, y, _ = np.linalg.solve(matrix, np.array([col, row, 1.0]))
    return float(x), float(y), float(radius / np.sqrt(np.linalg.det(matrix)))


def square(matrix: list[list[float]]) -> NDArray[np.float64]:
    """A 2x3 affine matrix as 3x3, so that it can be chained."""
    return np.array([*matrix, [0.0, 0.0, 1.0]])

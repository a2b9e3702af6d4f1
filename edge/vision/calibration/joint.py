"""Both lenses and the pose between them, from several positions of a board whose measures are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.vision.calibration.solution import Leftover, Solution
from edge.vision.two_cameras import Lens, TwoCameras

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from edge.vision.calibration.board import Markers

FEWEST_VIEWS: Final = 5
FEWEST_MARKERS: Final = 4
_LENS: Final = cv2.CALIB_FIX_K3 | cv2.CALIB_ZERO_TANGENT_DIST | cv2.CALIB_FIX_ASPECT_RATIO | cv2.CALIB_USE_INTRINSIC_GUESS
"""Two radial terms: a hand-held board in a few positions does not tell more of a lens."""


@dataclass(frozen=True, slots=True)
class Board:
    """A sheet of markers numbered from `first` row by row.

    Attributes:
        columns, rows: markers.
        side_m: of a marker's black square, and `gap_m` between two of them, metres.
    """

    columns: int
    rows: int
    side_m: float
    gap_m: float
    first: int = 1

    def corners_m(self, number: int) -> NDArray[np.float64] | None:
        """(4, 3) corners of a marker on the sheet, z = 0; None for a number it does not hold."""
        row, column = divmod(number - self.first, self.columns)
        if not 0 <= row < self.rows:
            return None
        corner = np.array([column, row, 0.0]) * (self.side_m + self.gap_m)
        return corner + self.side_m * np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]])


Size = tuple[int, int]


def solve_board(
    views: Sequence[tuple[Markers, Markers]], board: Board, colour: Lens, thermal: Lens, sizes: tuple[Size, Size]
) -> Solution | None:
    """From (colour, thermal) markers of several positions; None where fewer than FEWEST_VIEWS show enough.

    `colour`, `thermal`: lenses to begin with; `sizes`: (width, height) of both pictures.
    """
    seen = [one for one in (_common(*view, board) for view in views) if len(one[0]) >= 4 * FEWEST_MARKERS]
    if len(seen) < FEWEST_VIEWS:
        return None
    solid, here, there = ([one[which].astype(np.float32) for one in seen] for which in range(3))
    lenses = [
        _lens(solid, points, lens, size) for points, lens, size in zip((here, there), (colour, thermal), sizes, strict=True)
    ]
    _, k1, d1, k2, d2, turn, shift, *_ = cv2.stereoCalibrate(
        solid,
        here,
        there,
        lenses[0].matrix,
        lenses[0].distortion,
        lenses[1].matrix,
        lenses[1].distortion,
        sizes[0],
        flags=cv2.CALIB_FIX_INTRINSIC,
    )
    cameras = TwoCameras(
        Lens(_plain(k1), _plain(d1).ravel()[:5]),
        Lens(_plain(k2), _plain(d2).ravel()[:5]),
        _plain(cv2.Rodrigues(turn)[0]).ravel(),
        _plain(shift).ravel(),
    )
    off_px, depths_m = zip(*[_off(cameras, *one) for one in zip(solid, here, there, strict=True)], strict=True)
    means_m = [float(depth_m.mean()) for depth_m in depths_m]
    left = Leftover(
        at_px=np.concatenate(there).astype(np.float64),
        off_px=np.concatenate(off_px),
        depth_m=np.concatenate(depths_m),
        position=np.repeat(np.arange(len(there)), [len(one) for one in there]),
        lags_s=np.zeros(0),
        lag_rms_px=np.zeros(0),
    )
    rms_px = float(np.sqrt((left.off_px**2).sum(1).mean()))
    return Solution(cameras, rms_px, len(left.off_px), min(means_m), max(means_m), leftover=left)


def _plain(values: object) -> NDArray[np.float64]:
    return np.asarray(values, np.float64)


def _common(
    colour: Markers, thermal: Markers, board: Board
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Corners on the sheet (k, 3) and in both pictures (k, 2)."""
    solid, here, there = [np.zeros((0, 3))], [np.zeros((0, 2))], [np.zeros((0, 2))]
    for number in sorted(set(colour) & set(thermal)):
        corners_m = board.corners_m(number)
        if corners_m is not None:
            solid.append(corners_m)
            here.append(colour[number])
            there.append(thermal[number])
    return np.concatenate(solid), np.concatenate(here), np.concatenate(there)


def _lens(solid: list[NDArray[np.float32]], points: list[NDArray[np.float32]], lens: Lens, size: Size) -> Lens:
    _, matrix, distortion, *_ = cv2.calibrateCamera(solid, points, size, lens.matrix.copy(), lens.distortion.copy(), flags=_LENS)
    return Lens(np.asarray(matrix, np.float64), np.asarray(distortion, np.float64).ravel()[:5])


def _off(
    cameras: TwoCameras, solid: NDArray[np.float32], here: NDArray[np.float32], there: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where each colour corner at the board's depth maps to less its thermal corner (k, 2), and those depths (k,)."""
    _, turn, shift = cv2.solvePnP(solid, here, cameras.colour.matrix, cameras.colour.distortion)
    depth_m = (solid @ cv2.Rodrigues(turn)[0].T + np.asarray(shift).ravel())[:, 2].astype(np.float64)
    return cameras.points(here, depth_m) - there, depth_m

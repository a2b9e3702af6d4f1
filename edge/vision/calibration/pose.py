"""From matched heads to two lenses and a pose, beginning with what the thermal camera's data sheet says of its field of view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from edge.vision.calibration.solution import Leftover, Solution
from edge.vision.two_cameras import Lens, TwoCameras

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.calibration.heads import Matched

Size = tuple[int, int]
_USUAL: Final = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.1])
_SPREAD: Final = np.array([0.3, 1.0, 1.0, 1.0, 0.03, 0.03, 0.005, 0.07])
"""What is believed beforehand of: log of the colour focal length, small turns about x, y, z, shift x, y, z in metres (the thermal
camera stands a hand's breadth beside or above the other, not before it), and k1 of the thermal lens. Standard deviations."""

_ALIKE: Final = 40.0
"""So many heads tell as much as one independent one: the network errs alike on heads of one size and place."""

_STEP: Final = 1e-5
_ROUNDS: Final = 12


def solve_heads(matched: Matched, colour_size: Size, thermal_size: Size, fov_deg: float) -> Solution:
    """Maximum a posteriori by Gauss and Newton, heads that fit badly counting less (Huber).

    `fov_deg`: the thermal camera's, horizontal: the measure of everything else.
    """
    used = matched.used
    here, size, there = matched.here[used], matched.px_per_m[used], matched.there[used]
    begin = _Begin(matched, colour_size, thermal_size, fov_deg)
    state = _USUAL.copy()
    for _ in range(_ROUNDS):
        off = begin.off(state, here, size, there)
        slopes = np.stack([(begin.off(state + _STEP * axis, here, size, there) - off) / _STEP for axis in np.eye(len(state))], -1)
        wide_px = max(1.345 * 1.48 * float(np.median(np.abs(off))), 0.1)
        weight = np.sqrt(np.minimum(1.0, wide_px / np.maximum(np.abs(off), 1e-9))) / (wide_px / 1.345) / np.sqrt(_ALIKE)
        rows = np.concatenate([slopes.reshape(-1, len(state)) * weight.reshape(-1, 1), np.diag(1.0 / _SPREAD)])
        right = np.concatenate([-(off * weight).ravel(), (_USUAL - state) / _SPREAD])
        state = state + np.linalg.lstsq(rows, right, rcond=None)[0]
    off_px = begin.off(state, here, size, there)
    depths_m = begin.focal_px(state) / size
    still = np.zeros(len(off_px), np.intp)
    left = Leftover(there, off_px, depths_m, still, matched.tried_lags_s, matched.tried_rms_px)
    nearest_m, farthest_m = (float(depth_m) for depth_m in np.quantile(depths_m, (0.02, 0.98)))
    rms_px = float(np.sqrt((off_px**2).sum(1).mean()))
    lag = matched.lag_s, matched.lag_uncertainty_s
    return Solution(begin.cameras(state), rms_px, int(used.sum()), nearest_m, farthest_m, *lag, left)


class _Begin:
    """The plain mapping as a pair of cameras, and what a small change of them does."""

    def __init__(self, matched: Matched, colour_size: Size, thermal_size: Size, fov_deg: float) -> None:
        self._thermal_px = thermal_size[0] / 2.0 / np.tan(np.radians(fov_deg) / 2.0)
        self._colour_px = self._thermal_px / max(abs(matched.turn), 1e-3)
        self._centres = [((width - 1) / 2.0, (height - 1) / 2.0) for width, height in (colour_size, thermal_size)]
        self._mirror_px = thermal_size[0] if matched.mirror else 0
        # Mirrored, the picture's columns run the other way: there the turn is seen from behind.
        angle = float(np.angle(-np.conj(matched.turn) if matched.mirror else matched.turn))
        self._turn = cv2.Rodrigues(np.array([0.0, 0.0, angle]))[0]

    def focal_px(self, state: NDArray[np.float64]) -> float:
        """Of the colour camera."""
        return float(self._colour_px * np.exp(state[0]))

    def cameras(self, state: NDArray[np.float64]) -> TwoCameras:
        turn = cv2.Rodrigues(cv2.Rodrigues(state[1:4])[0] @ self._turn)[0]
        return TwoCameras(
            _lens(self.focal_px(state), self._centres[0], 0.0),
            _lens(float(self._thermal_px), self._centres[1], float(state[7])),
            np.asarray(turn, np.float64).ravel(),
            state[4:7].copy(),
            self._mirror_px,
        )

    def off(
        self, state: NDArray[np.float64], here: NDArray[np.float64], size: NDArray[np.float64], there: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """(n, 2) mapped less seen, thermal pixels."""
        return self.cameras(state).points(here, self.focal_px(state) / size) - there


def _lens(focal_px: float, centre_px: tuple[float, float], k1: float) -> Lens:
    matrix = np.array([[focal_px, 0.0, centre_px[0]], [0.0, focal_px, centre_px[1]], [0.0, 0.0, 1.0]])
    return Lens(matrix, np.array([k1, 0.0, 0.0, 0.0, 0.0]))

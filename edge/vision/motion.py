"""Where faces are and how they move: x, y and log size of each as a constant-velocity Kalman filter, all at once.

Lengths count in sizes of the face itself (root of the box's area, about 0.17 m of a real face), so that near and far people
follow the same numbers. White-noise acceleration model: Bar-Shalom, Li, Kirubarajan, Estimation with Applications to Tracking
and Navigation, chapter 6.2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

AXES: Final = 3
_PLACE_NOISE, _SIZE_NOISE = 0.03, 0.04  # of a box: sizes, and log sizes
_START_PACE, _START_GROWTH = 7.0, 1.2  # standard deviation of a stranger's: 1.2 m/s; sizes/s, log sizes/s
_PACE_CHANGE, _GROWTH_CHANGE = 20.0, 1.0  # variance gained a second
FARTHEST: Final = 4.0  # standard deviations
REACH: Final = 1.5  # sizes between where a face is expected and where it is; 0.25 m
_LONGEST_S: Final = 2.0
_SMALLEST, _LARGEST = -7.0, 14.0  # log sizes: a thousandth of a pixel, a million


def measured(boxes: NDArray[np.floating]) -> NDArray[np.float64]:
    """(n, 3) x, y of the middle and log size of boxes (n, 4), pixels."""
    corners = np.asarray(boxes, np.float64)
    sides = np.maximum(corners[:, 2:] - corners[:, :2], 1e-3)
    middle = (corners[:, :2] + corners[:, 2:]) * 0.5
    return np.concatenate([middle, 0.5 * np.log(sides[:, :1] * sides[:, 1:])], 1)


class Motion:
    """n faces. Rows keep their order; `keep` and `begin` change which there are.

    Attributes:
        place, pace: (n, 3) x, y (pixels) and log size; the same per second.
        unit: (n, 3) what one squared size (pixels), twice, and one squared log size is, as of the newest `go_on`.
    """

    def __init__(self) -> None:
        self._state: NDArray[np.float64] = np.empty((5, 0, AXES))  # place, pace, their variances and what they have in common
        self.unit: NDArray[np.float64] = np.empty((0, AXES))

    @property
    def place(self) -> NDArray[np.float64]:
        place: NDArray[np.float64] = self._state[0]
        return place

    @property
    def pace(self) -> NDArray[np.float64]:
        pace: NDArray[np.float64] = self._state[1]
        return pace

    def keep(self, rows: list[int]) -> None:
        self._state, self.unit = self._state[:, rows], self.unit[rows]

    def begin(self, faces: NDArray[np.float64]) -> None:
        """Add faces (k, 3) never seen before."""
        unit = _units(faces[:, 2])
        start = np.zeros((5, len(faces), AXES))
        start[0], start[2], start[4] = faces, unit * _NOISE, unit * _START
        self._state = np.concatenate([self._state, start], 1)
        self.unit = np.concatenate([self.unit, unit])

    def go_on(self, passed_s: float) -> None:
        """Let time pass."""
        passed_s = min(max(passed_s, 0.0), _LONGEST_S)
        place, pace, place_var, mixed, pace_var = self._state
        place += pace * passed_s
        self.unit = _units(place[:, 2])
        gained = self.unit * (_CHANGE * passed_s)
        place_var += passed_s * (2.0 * mixed + passed_s * (pace_var + gained / 3.0))
        mixed += passed_s * (pace_var + gained * 0.5)
        pace_var += gained

    def surprise(self, faces: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, m) how little each face (m, 3) is expected of each row; infinite where it cannot be.

        Minus twice the log of its likelihood per squared size and log size.
        """
        spread = self._state[2] + self.unit * _NOISE
        squared = np.square(faces - self.place[:, None])
        distance = (squared / spread[:, None]).sum(2)
        possible = (distance <= FARTHEST**2) & (squared[..., 0] + squared[..., 1] <= REACH**2 * self.unit[:, :1])
        fixed = np.log((spread / self.unit).prod(1)) + _TWO_PI
        return np.where(possible, distance + fixed[:, None], np.inf)

    def close(self, apart: float, growth: float, passing_per_s: float) -> NDArray[np.bool_]:
        """(n,) whose middle is nearer than `apart` sizes to another's, in passing.

        Their log sizes differ by less than `growth`, and they move against each other by more than `passing_per_s` sizes a
        second: who stands beside somebody, or before a picture, is told apart from them.
        """
        x, y, size = self.place.T
        near = np.square(x[:, None] - x) + np.square(y[:, None] - y) < apart**2 * self.unit[:, :1]
        near &= np.abs(size[:, None] - size) < growth
        u, v, _ = self._state[1].T
        near &= np.square(u[:, None] - u) + np.square(v[:, None] - v) > passing_per_s**2 * self.unit[:, :1]
        near |= near.T
        return np.asarray(near.any(1))

    def see(self, rows: list[int], faces: NDArray[np.float64]) -> None:
        """Take in what was seen of these rows, (k, 3)."""
        place, pace, place_var, mixed, pace_var = self._state[:, rows]
        spread = place_var + self.unit[rows] * _NOISE
        trust, carry = place_var / spread, mixed / spread
        off, rest = faces - place, 1.0 - trust
        self._state[:, rows] = (
            place + trust * off,
            pace + carry * off,
            place_var * rest,
            mixed * rest,
            pace_var - carry * mixed,
        )


_TWO_PI: Final = AXES * float(np.log(2 * np.pi))
_NOISE: Final = np.square([_PLACE_NOISE, _PLACE_NOISE, _SIZE_NOISE])
_START: Final = np.square([_START_PACE, _START_PACE, _START_GROWTH])
_CHANGE: Final = np.array([_PACE_CHANGE, _PACE_CHANGE, _GROWTH_CHANGE])


def _units(log_size: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 3) of log sizes (n,)."""
    units = np.ones((len(log_size), AXES))
    units[:, :2] = np.exp(2.0 * np.minimum(np.maximum(log_size, _SMALLEST), _LARGEST))[:, None]
    return units

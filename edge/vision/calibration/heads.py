"""A head seen by both cameras while somebody walks about: which thermal picture belongs to which moment, and roughly where to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAGS_S: Final = np.linspace(-0.5, 0.5, 26)
_NEAR_S: Final = np.linspace(-0.04, 0.04, 9)  # looked at once more around the best of them
_GAP_S: Final = 0.25  # colour pictures farther apart than this say nothing of the moment between
_ROUNDS: Final = 8
_LEAST_PX: Final = 0.3
FEWEST: Final = 40
_DEPENDENT: Final = 3.0  # neighbouring pictures of a walking head err alike


@dataclass(frozen=True, slots=True)
class HeadTrack:
    """One head in one camera's pictures.

    Attributes:
        times_s: (n,) when each picture was taken, as its source says; rising.
        places: (n, 2) of the face's middle, pixels.
        px_per_m: (n,) how large a metre is there, from the size of the face; only the colour camera's is used.
    """

    times_s: NDArray[np.float64]
    places: NDArray[np.float64]
    px_per_m: NDArray[np.float64]

    def at(self, times_s: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Places (m, 2) and px_per_m (m,) at other times, and which of them are between two near pictures."""
        after = np.searchsorted(self.times_s, times_s).clip(1, len(self.times_s) - 1)
        gap_s = self.times_s[after] - self.times_s[after - 1]
        known = (gap_s <= _GAP_S) & (times_s >= self.times_s[0]) & (times_s <= self.times_s[-1])
        x, y, size = (
            np.interp(times_s, self.times_s, values) for values in (self.places[:, 0], self.places[:, 1], self.px_per_m)
        )
        return np.column_stack([x, y]), size, known


@dataclass(frozen=True, slots=True)
class Matched:
    """Heads matched in time, and the plainest mapping through them: turned, scaled, shifted, and moved by nearness.

    col + i row = turn * (x + i y) + shift + disparity * px_per_m, with y counted upwards where `mirror`.

    Attributes:
        lag_s: by how much thermal pictures came later than they say, compared with colour ones; `lag_uncertainty_s` of it.
        mirror: whether one picture is the wrong way round.
        turn, shift, disparity: of the mapping.
        rms_px: of those `used`, thermal pixels.
        here, px_per_m, there: (n, 2), (n,), (n, 2): colour places with sizes, and thermal places, one moment each.
        used: (n,) which of them fit.
        tried_lags_s, tried_rms_px: (k,) lags in rising order, and what each leaves; for people to look at.
    """

    lag_s: float
    lag_uncertainty_s: float
    mirror: bool
    turn: complex
    shift: complex
    disparity: complex
    rms_px: float
    here: NDArray[np.float64]
    px_per_m: NDArray[np.float64]
    there: NDArray[np.float64]
    used: NDArray[np.bool_]
    tried_lags_s: NDArray[np.float64]
    tried_rms_px: NDArray[np.float64]

    @property
    def quarter_turn_deg(self) -> int:
        """By how many degrees clockwise the thermal picture must be turned to stand as the colour one does."""
        return int(np.rint(-np.degrees(np.angle(self.turn)) / 90.0)) % 4 * 90


def match(colour: HeadTrack, thermal: HeadTrack) -> Matched | None:
    """Find lag and mapping together: at the right lag one mapping explains all; None where too little was seen."""
    if min(len(colour.times_s), len(thermal.times_s)) < FEWEST:
        return None
    coarse = {mirror: _costs(colour, thermal, _LAGS_S, mirror) for mirror in (False, True)}
    mirror = bool(coarse[True].min() < coarse[False].min())
    if not np.isfinite(coarse[mirror].min()):
        return None
    lags_s = _LAGS_S[int(coarse[mirror].argmin())] + _NEAR_S
    near = _costs(colour, thermal, lags_s, mirror)
    tried = np.column_stack([np.append(_LAGS_S, lags_s), np.sqrt(np.append(coarse[mirror], near))])
    tried = tried[np.isfinite(tried[:, 1])]
    return _matched(colour, thermal, _top_s(lags_s, near), mirror, tried[tried[:, 0].argsort()])


def _costs(colour: HeadTrack, thermal: HeadTrack, lags_s: NDArray[np.float64], mirror: bool) -> NDArray[np.float64]:
    return np.array([_cost(colour, thermal, float(lag_s), mirror) for lag_s in lags_s])


def _cost(colour: HeadTrack, thermal: HeadTrack, lag_s: float, mirror: bool) -> float:
    here, size, known = colour.at(thermal.times_s - lag_s)
    if known.sum() < FEWEST:
        return np.inf
    _, off_px = _mapping(here[known], size[known], thermal.places[known], mirror)
    return float((np.minimum(off_px, 6.0 * np.median(off_px)) ** 2).mean())


def _top_s(lags_s: NDArray[np.float64], costs: NDArray[np.float64]) -> float:
    """Lag of the least cost: the least of the parabola through all of them; at the rim, or where it has none, the step itself."""
    least = int(costs.argmin())
    if not np.isfinite(costs).all():
        return float(lags_s[least])
    bend, slope, _ = np.polyfit(lags_s - lags_s[least], costs, 2)
    lag_s = lags_s[least] - slope / max(2.0 * bend, 1e-9)
    return float(lag_s) if bend > 0 and lags_s[0] <= lag_s <= lags_s[-1] else float(lags_s[least])


def _matched(colour: HeadTrack, thermal: HeadTrack, lag_s: float, mirror: bool, tried: NDArray[np.float64]) -> Matched:
    here, size, known = colour.at(thermal.times_s - lag_s)
    here, size, there = here[known], size[known], thermal.places[known]
    (turn, shift, disparity), off_px = _mapping(here, size, there, mirror)
    used = off_px <= max(4.0 * float(np.median(off_px)), 1.0)
    rms_px = float(np.sqrt((off_px[used] ** 2).mean()))
    # How fast heads moved says how well the lag is known: off by that times the error.
    steps = np.hypot(*np.diff(there[used], axis=0).T) / np.maximum(np.diff(thermal.times_s[known][used]), 1e-3)
    pace_px_s = float(np.sqrt((steps[steps < np.quantile(steps, 0.95)] ** 2).mean())) if len(steps) > 1 else 0.0
    unsure_s = rms_px / max(pace_px_s, 1e-3) / np.sqrt(max(used.sum() / _DEPENDENT, 1.0))
    plain = (turn, shift, disparity, rms_px)
    return Matched(lag_s, float(min(unsure_s, 2.0)), mirror, *plain, here, size, there, used, tried[:, 0], tried[:, 1])


def _mapping(
    here: NDArray[np.float64], size: NDArray[np.float64], there: NDArray[np.float64], mirror: bool
) -> tuple[tuple[complex, complex, complex], NDArray[np.float64]]:
    """(turn, shift, disparity) by least squares, what does not fit weighing less and less, and what is left (n,), pixels."""
    across = here[:, 0] + (-1j if mirror else 1j) * here[:, 1]
    known = np.column_stack([across, np.ones(len(across)), size + 0j])
    seen = there[:, 0] + 1j * there[:, 1]
    weight = np.ones(len(seen))
    found = np.zeros(3, np.complex128)
    off_px = np.abs(seen)
    for _ in range(_ROUNDS):
        found = np.linalg.lstsq(known * weight[:, None], seen * weight, rcond=None)[0].astype(np.complex128)
        off_px = np.asarray(np.abs(known @ found - seen), np.float64)
        wide_px = max(1.5 * float(np.median(off_px)), _LEAST_PX)
        weight = 1.0 / (1.0 + (off_px / wide_px) ** 2)  # Cauchy: a face found elsewhere loses its say
    return (complex(found[0]), complex(found[1]), complex(found[2])), off_px

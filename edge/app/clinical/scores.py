"""What decisions are worth: fevers caught, healthy people left alone, and how far each would move with other people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Verdict
from edge.app.clinical.judging import Judged

DRAWS: Final = 500
_TAILS_PERCENT: Final = (2.5, 97.5)
HIGH_FEVER_C: Final = 38.0
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one rule at one limit and band. Shares are NaN where nobody is of the kind.

    Attributes:
        auc: chance that a feverish person reads higher than a healthy one.
        sensitivity: share of the feverish sent to the recheck area.
        specificity: share of the healthy who pass; who could not be measured did not.
        intervals: of these three, 95 %, bootstrap over people; by the same names.
        healthy_rechecked, febrile_missed: how many, of how many.
        febrile_bias_c: mean of core-equivalent less oral of the feverish.
        high_fever_caught: share of those at HIGH_FEVER_C and more.
        unmeasured: who got no temperature verdict.
    """

    auc: float
    sensitivity: float
    specificity: float
    intervals: dict[str, Interval]
    healthy_rechecked: tuple[int, int]
    febrile_missed: tuple[int, int]
    febrile_bias_c: float
    high_fever_caught: float
    unmeasured: int


def scores(judged: Sequence[Judged], fever_c: float, *, intervals: bool = True) -> Scores:
    """Sum up. `fever_c` is oral."""
    oral_c = np.array([one.person.oral_c for one in judged])
    core_c = np.array([one.core_c for one in judged])
    rechecked = np.array([one.verdict is Verdict.RECHECK for one in judged])
    passed = np.array([one.verdict is Verdict.PASS for one in judged])
    febrile = oral_c >= fever_c
    wins = _wins(core_c[febrile], core_c[~febrile])
    return Scores(
        auc=_mean(wins),
        sensitivity=_mean(rechecked[febrile]),
        specificity=_mean(passed[~febrile]),
        intervals=_intervals(wins, rechecked[febrile], passed[~febrile]) if intervals else {},
        healthy_rechecked=(int(rechecked[~febrile].sum()), int((~febrile).sum())),
        febrile_missed=(int(passed[febrile].sum()), int(febrile.sum())),
        febrile_bias_c=_mean((core_c - oral_c)[febrile]),
        high_fever_caught=_mean(rechecked[oral_c >= HIGH_FEVER_C]),
        unmeasured=int((~rechecked & ~passed).sum()),
    )


def _wins(febrile_c: NDArray[np.float64], healthy_c: NDArray[np.float64]) -> NDArray[np.float64]:
    """(f, h): 1 where the feverish person reads higher, 0.5 where both read alike. One without a number never wins."""
    alike = febrile_c[:, None] == healthy_c
    return np.where(alike, 0.5, np.where(febrile_c[:, None] > healthy_c, 1.0, 0.0))


def _mean(values: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return float(values.mean()) if values.size else nan


def _intervals(wins: NDArray[np.float64], caught: NDArray[np.bool_], passed: NDArray[np.bool_]) -> dict[str, Interval]:
    """Both kinds of people are drawn again, each among its own; none where a kind has nobody."""
    if not wins.size:
        return {}
    rng = np.random.default_rng(1)
    ill, well = (rng.multinomial(size, np.full(size, 1 / size), DRAWS) / size for size in wins.shape)
    drawn = {
        "auc": ((ill @ wins) * well).sum(1),
        "sensitivity": ill @ caught,
        "specificity": well @ passed,
    }
    return {name: _tails(values) for name, values in drawn.items()}


def _tails(values: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(values, _TAILS_PERCENT)
    return float(low), float(high)

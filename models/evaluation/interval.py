"""How far a figure would move with other pictures of the same kind: a bootstrap over pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.evaluation.answers import CALLED, Faces
from models.evaluation.metrics import Ranked

ROUNDS: Final = 1000
_AT_ONCE: Final = 50
_TAIL: Final = 0.025
_TAILS_PERCENT: Final = (100 * _TAIL, 100 - 100 * _TAIL)
Interval = tuple[float, float]


def draws(pictures: int, rounds: int = ROUNDS, seed: int = 1) -> NDArray[np.float32]:
    """How often each picture is in each drawn set, (rounds, pictures)."""
    counts = np.random.default_rng(seed).multinomial(pictures, np.full(pictures, 1 / pictures), rounds)
    return counts.astype(np.float32)


def resampled_precision(found: Ranked, weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """The average precision of each drawn set, (rounds,); NaN where a set holds none of the state."""
    parts = [_some(found, weights[start : start + _AT_ONCE]) for start in range(0, len(weights), _AT_ONCE)]
    return np.concatenate(parts)


def _some(found: Ranked, weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """A picture drawn twice counts each of its detections twice; the ranking stays."""
    wanted = (weights @ found.wanted).astype(np.float64)
    wanted[wanted == 0] = np.nan
    if not len(found.scores):
        return wanted * 0.0
    each = weights[:, found.picture]
    right = each * found.hits
    precision = right.cumsum(1) / np.maximum(each.cumsum(1), 1e-9)
    precision = np.maximum.accumulate(precision[:, ::-1], 1)[:, ::-1]
    total: NDArray[np.float64] = (right * precision).sum(1, dtype=np.float64) / wanted
    return total


def of_precision(found: Mapping[str, Ranked], weights: NDArray[np.float32]) -> dict[str, Interval]:
    """95 % intervals of `map3` and of the AP of each state."""
    drawn = {state: resampled_precision(one, weights) for state, one in found.items()}
    present = [values for values in drawn.values() if not np.isnan(values).all()]
    mean = {"map3": np.nanmean(np.stack(present), 0)} if present else {}
    return {name: _interval(values) for name, values in {**mean, **{f"ap.{state}": v for state, v in drawn.items()}}.items()}


def of_rates(
    faces: Faces, called: NDArray[np.int64], wanted: Sequence[tuple[str, str]], weights: NDArray[np.float32]
) -> dict[str, Interval]:
    """95 % intervals of how often faces of a state are called another, as `absent_called_worn`."""
    intervals = {}
    for truth, word in wanted:
        there = faces.of(truth)
        all_of, some = (
            weights @ np.bincount(faces.picture[which], minlength=weights.shape[1])
            for which in (there, there & (called == CALLED.index(word)))
        )
        drawn = _interval(some / np.where(all_of > 0, all_of, np.nan))
        hits, count = int((there & (called == CALLED.index(word))).sum()), int(there.sum())
        intervals[f"{truth}_called_{word}"] = _beyond_the_set(drawn, hits, count)
    return intervals


def _beyond_the_set(drawn: Interval, hits: int, count: int) -> Interval:
    """Drawing from a set without any mistake never draws one: there the end is that of Clopper and Pearson, 1 - 0.025^(1/n)."""
    low, high = drawn
    if count and hits == 0:
        high = 1 - _TAIL ** (1 / count)
    if count and hits == count:
        low = _TAIL ** (1 / count)
    return low, high


def _interval(values: NDArray[np.floating]) -> Interval:
    known = values[~np.isnan(values)]
    if not len(known):
        return (float("nan"), float("nan"))
    low, high = np.percentile(known, _TAILS_PERCENT)
    return float(low), float(high)


WRONG_PASSES: Final = (("absent", "worn"), ("worn_wrong", "worn"))
"""The two mistakes that open a barrier."""
MAIN_RATES: Final = (*WRONG_PASSES, ("worn", "worn"))

"""Whether a probability means what it says: of all faces called worn with 0.8, four in five should wear a mask."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.evaluation.answers import Faces

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Faces whose probability lies between `low` and `high`.

    Attributes:
        count: how many.
        said: their mean probability; NaN without faces.
        true: the share for which it held; NaN without faces.
    """

    low: float
    high: float
    count: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of one probability over the faces that were found.

    Attributes:
        bins: equally wide, from 0 to 1.
        expected_error: mean of |said - true| over the faces, bin by bin (expected calibration error).
        brier: mean of (probability - truth) squared.
    """

    bins: tuple[Bin, ...]
    expected_error: float
    brier: float


def calibration(said: NDArray[np.float64], true: NDArray[np.bool_]) -> Calibration:
    """Of probabilities (n,) against whether they held (n,)."""
    which = np.minimum((said * BINS).astype(int), BINS - 1)
    bins = []
    for index in range(BINS):
        there = which == index
        count = int(there.sum())
        means = (float(said[there].mean()), float(true[there].mean())) if count else (float("nan"), float("nan"))
        bins.append(Bin(index / BINS, (index + 1) / BINS, count, *means))
    if not len(said):
        return Calibration(tuple(bins), float("nan"), float("nan"))
    apart = sum(one.count * abs(one.said - one.true) for one in bins if one.count)
    return Calibration(tuple(bins), apart / len(said), float(np.mean((said - true) ** 2)))


def calibrations(faces: Faces) -> dict[str, Calibration]:
    """`worn`: the probability of a mask well worn. `likeliest`: that of the likeliest state. Found faces only."""
    mask, states = faces.mask[faces.found], faces.states[faces.found]
    return {
        "worn": calibration(mask[:, 1], states == 1),
        "likeliest": calibration(mask.max(1) if len(mask) else np.empty(0), mask.argmax(1) == states),
    }


def brier_of_states(faces: Faces) -> float:
    """Mean over found faces of the squared distance between the three probabilities and the truth, 0 to 2."""
    if not faces.found.any():
        return float("nan")
    truth = np.eye(3)[faces.states[faces.found]]
    return float(((faces.mask[faces.found] - truth) ** 2).sum(1).mean())


def as_json(faces: Faces) -> dict[str, object]:
    """All of it, for the file."""
    return {**{name: asdict(one) for name, one in calibrations(faces).items()}, "brier_of_states": brier_of_states(faces)}

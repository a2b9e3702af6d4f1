"""Reading sets of points of a thermal picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HIGH: Final = 0.75


@dataclass(frozen=True, slots=True)
class Patch:
    """n sets of values, degrees Celsius.

    Attributes:
        high_c: (n,) upper quartile. Not the maximum: one hot pixel (a lamp in a pair of glasses) would send people to recheck;
            not the mean: hair, a hat's brim and glasses are among the points and cool it.
        median_c: (n,).
        low_c: (n,) lower quartile.
        outside: (n,) share of the points that lie outside the picture.
        whole: (n,) whether every point inside has a finite value.
    """

    high_c: NDArray[np.float64]
    median_c: NDArray[np.float64]
    low_c: NDArray[np.float64]
    outside: NDArray[np.float64]
    whole: NDArray[np.bool_]


def look_up(celsius: NDArray[np.float32], points: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Values (n, p) of the pixels nearest to `points` (n, 2, p) col, row, and which lie inside.

    A value outside means nothing; one that is not finite becomes NaN.
    """
    rows, cols = celsius.shape
    column, row = points[:, 0] + 0.5, points[:, 1] + 0.5
    inside = (column >= 0.0) & (column < cols) & (row >= 0.0) & (row < rows)  # false for NaN
    flat = np.where(inside, row, 0.0).astype(np.intp) * cols + np.where(inside, column, 0.0).astype(np.intp)
    values = celsius.ravel().take(flat)
    return np.where(np.isfinite(values), values, np.float32(np.nan)), inside


def summarise(values: NDArray[np.float32], inside: NDArray[np.bool_]) -> Patch:
    """Order statistics of each row of `values` (n, p) over the points inside the picture."""
    count = inside.sum(1)
    missing = len(inside[0]) - count
    ordered = np.sort(np.where(inside, values, -np.inf), 1)
    pick = np.arange(len(values))
    high = ordered[pick, np.minimum(missing + (_HIGH * count).astype(np.intp), values.shape[1] - 1)]
    median = ordered[pick, np.minimum(missing + count // 2, values.shape[1] - 1)]
    low = ordered[pick, np.minimum(missing + count // 4, values.shape[1] - 1)]
    whole = (~np.isnan(values) | ~inside).all(1) & (count > 0)
    high, median, low = (np.where(count > 0, value, np.nan).astype(np.float64) for value in (high, median, low))
    return Patch(high, median, low, missing / values.shape[1], whole)


def warmest_canthus_c(values: NDArray[np.float32], inside: NDArray[np.bool_], points: int) -> NDArray[np.float64]:
    """Of each row of `values` (n, 2 * points) the warmer of two sets, each by its second highest value: one hot pixel is none.

    Minus infinity where points lie outside or have no value.
    """
    known = np.where(inside & np.isfinite(values), values, -np.inf).reshape(len(values), 2, points)
    return np.asarray(np.partition(known, points - 2, 2)[:, :, points - 2].max(1), np.float64)


def background_c(celsius: NDArray[np.float32]) -> float:
    """The median of the picture, from every sixth row and column; NaN when nothing in it is finite."""
    few = celsius[::6, ::6].ravel()
    few = few[np.isfinite(few)]
    return float(np.partition(few, len(few) // 2)[len(few) // 2]) if len(few) else float("nan")


def surroundings_c(values: NDArray[np.float32], inside: NDArray[np.bool_], fallback_c: float) -> NDArray[np.float64]:
    """The lower quartile of each row of `values` (n, p): low, so that a neighbour's face beside this one is not its background.

    Points outside or without a value are left out; `fallback_c` where too few remain.
    """
    usable = inside & ~np.isnan(values)
    count = usable.sum(1)
    ordered = np.sort(np.where(usable, values, np.inf), 1)
    low = ordered[np.arange(len(values)), count // 4]
    return np.where(count >= _FEWEST_AROUND, low, fallback_c).astype(np.float64)


_FEWEST_AROUND: Final = 6

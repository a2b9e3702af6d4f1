"""How far a figure would move with other visitors: 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, sqrt
from statistics import fmean, stdev
from typing import Any, Final

Z: Final = 1.959964


def rate(count: int, of: int) -> dict[str, Any]:
    """Count, of how many, share, and Wilson's interval of the share (E. B. Wilson 1927, J. Am. Stat. Assoc. 22:209)."""
    low, high = wilson(count, of)
    return {"count": count, "of": of, "share": _number(count / of if of else None), "interval": [_number(low), _number(high)]}


def wilson(count: int, of: int) -> tuple[float | None, float | None]:
    """Wilson's interval; None where there was nobody."""
    if of == 0:
        return None, None
    share, z2 = count / of, Z * Z / of
    middle = (share + z2 / 2) / (1 + z2)
    half = Z * sqrt(share * (1 - share) / of + z2 / (4 * of)) / (1 + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def quantile(values: Sequence[float], share: float) -> dict[str, Any]:
    """A quantile and its interval by order statistics: the ranks that a binomial count leaves with 95 %."""
    ordered = sorted(values)
    count = len(ordered)
    if count == 0:
        return {"value": None, "interval": [None, None]}
    half = Z * sqrt(count * share * (1 - share))
    ranks = (ceil(count * share) - 1, floor(count * share - half) - 1, ceil(count * share + half))
    at, low, high = (ordered[min(count - 1, max(0, rank))] for rank in ranks)
    return {"value": _number(at), "interval": [_number(low), _number(high)]}


def mean(values: Sequence[float]) -> dict[str, Any]:
    """The mean of independent streams, normal interval; without an interval where there is only one."""
    if not values:
        return {"value": None, "interval": [None, None]}
    if len(values) == 1:
        return {"value": _number(values[0]), "interval": [None, None]}
    middle, half = fmean(values), Z * stdev(values) / sqrt(len(values))
    return {"value": _number(middle), "interval": [_number(middle - half), _number(middle + half)]}


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 5)

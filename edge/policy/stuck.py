"""When a sensor that repeats one value is no longer believed. No clock and no sensor in here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

DECIMALS: Final = 4
"""Of a value as it leaves the gate: what differs further behind is the same value here."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Attributes: what was said last; for how long it was heard to say just that, in seconds; when last (monotonic)."""

    value: float | None = None
    heard_s: float = 0.0
    at_s: float = 0.0


def repeated(before: Repeats, value: float | None, now_s: float, most_gap_s: float) -> Repeats:
    """After one more reading. One without a value neither ends the repetition nor adds to it: a bus that fails now and then does
    not make a stuck sensor look alive. Between two readings at most `most_gap_s` count: in a longer silence nobody knows.
    """
    if value is None:
        return before
    if before.value is None or round(value, DECIMALS) != round(before.value, DECIMALS):
        return Repeats(value, 0.0, now_s)
    return Repeats(value, before.heard_s + min(max(now_s - before.at_s, 0.0), most_gap_s), now_s)


def is_stuck(now: Repeats, after_s: float) -> bool:
    """Whether it has said the same for `after_s` and longer. `after_s` of 0: this is not looked at."""
    return after_s > 0 and now.value is not None and now.heard_s >= after_s


def step_of(value: float) -> float:
    """The coarsest power of ten that `value` can be a step of, where nobody says the resolution: 0.1 of 21.5, 1 of 612.0."""
    for decimals in range(DECIMALS):
        if math.isclose(value, round(value, decimals), abs_tol=10.0 ** -(DECIMALS + 2)):
            return float(10.0**-decimals)
    return float(10.0**-DECIMALS)

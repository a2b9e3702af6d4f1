"""Air changes per hour from how CO2 falls after people have left. No clock and no sensor in here.

A room with an even air change n follows C(t) - C_out = (C_0 - C_out) * exp(-n * t) while nobody breathes out into it: the tracer
decay method, with CO2 as the tracer (ASTM E741, cited by its title and scope; the limits below are our choice, tried on simulated
rooms in tests/policy). Least squares on the logarithm give n and how far it can be off.

People who stay inside make the value too low, never too high. Outdoor air that is really lower than told makes it too high,
higher makes it too low; how far it can be off is in the uncertainty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

WINDOWS_S: Final = (480.0, 720.0, 1200.0, 1800.0, 2700.0, 3600.0, 5400.0, 7200.0)
"""Tried are the last so many seconds. In the shortest 80 % of the tracer is gone at 12 changes an hour, in the
longest 45 % at 0.3."""
FEWEST: Final = 8
"""Samples in a window."""
LONGEST_GAP: Final = 0.25
"""Of a window that may lack between two samples: what happened in there is not known."""
LEAST_OVER: Final = 3.0
"""So many times `outdoor_off_ppm` above outdoors the last sample must lie, or the logarithm is one of noise."""
LEAST_FALL_PPM: Final = 60.0
LEAST_FALL_NOISES: Final = 6.0
"""So many times the scatter around the curve it must have fallen."""
LEAST_R2: Final = 0.95
STEADY: Final = 0.25
"""So much, as a part, the first and the second half may differ beyond their own scatter: else it was not one air change."""
MOST_OFF: Final = 0.35
"""So much, as a part, a value may be off (95 %) and still be told."""


class NotMeasured(StrEnum):
    """Why there is no value. It says nothing of the air."""

    NO_DECAY = "no_decay"
    AT_OUTDOOR = "at_outdoor"
    UNSTEADY = "unsteady"


class Sample(NamedTuple):
    """CO2 at a time: monotonic seconds, ppm."""

    at_s: float
    ppm: float


@dataclass(frozen=True, slots=True)
class Outdoor:
    """CO2 outdoors, ppm, and how far that can be off."""

    ppm: float
    off_ppm: float


@dataclass(frozen=True, slots=True)
class AirChanges:
    """Per hour: `off_h` is half the width of the 95 % range. `window_s`: what it was measured over."""

    value_h: float
    off_h: float
    window_s: float


def air_changes(samples: Sequence[Sample], outdoor: Outdoor) -> AirChanges | NotMeasured:
    """Of the decay that ends with the last sample; of several windows the one that is least off. Samples in order of time."""
    if len(samples) < FEWEST:
        return NotMeasured.NO_DECAY
    if samples[-1].ppm - outdoor.ppm < LEAST_OVER * outdoor.off_ppm:
        return NotMeasured.AT_OUTDOOR
    tried = [_of_window(samples, window_s, outdoor) for window_s in WINDOWS_S]
    found = [one for one in tried if isinstance(one, AirChanges)]
    if found:
        return min(found, key=lambda one: one.off_h / one.value_h)
    return NotMeasured.UNSTEADY if NotMeasured.UNSTEADY in tried else NotMeasured.NO_DECAY


def _of_window(samples: Sequence[Sample], window_s: float, outdoor: Outdoor) -> AirChanges | NotMeasured | None:
    """None where the window holds too little to say anything."""
    began_s = samples[-1].at_s - window_s
    inside = [one for one in samples if one.at_s >= began_s]
    gaps_s = [later.at_s - one.at_s for one, later in pairwise(inside)]
    if len(inside) < FEWEST or max([inside[0].at_s - began_s, *gaps_s]) > LONGEST_GAP * window_s:
        return None
    whole = _fit(inside, outdoor.ppm)
    if whole is None or whole.fall_ppm < max(LEAST_FALL_PPM, LEAST_FALL_NOISES * whole.scatter_ppm):
        return NotMeasured.NO_DECAY
    middle = len(inside) // 2
    first, second = _fit(inside[:middle], outdoor.ppm), _fit(inside[middle:], outdoor.ppm)
    if whole.r2 < LEAST_R2 or first is None or second is None or not _alike(first, second, whole):
        return NotMeasured.UNSTEADY
    off_h = math.hypot(_wide(len(inside) - 2) * whole.error_h, _off_by_outdoor(inside, outdoor))
    if off_h > MOST_OFF * whole.value_h:
        return NotMeasured.UNSTEADY
    return AirChanges(whole.value_h, off_h, window_s)


class _Fit(NamedTuple):
    """A straight line through ln(C - C_out): changes an hour, their standard error, how well it fits, how far it fell."""

    value_h: float
    error_h: float
    r2: float
    fall_ppm: float
    scatter_ppm: float


def _fit(samples: Sequence[Sample], outdoor_ppm: float) -> _Fit | None:
    """None where a sample lies at the outdoor level or below, or nothing falls."""
    if any(one.ppm <= outdoor_ppm for one in samples):
        return None
    hours = [one.at_s / 3600.0 for one in samples]
    logs = [math.log(one.ppm - outdoor_ppm) for one in samples]
    number = len(samples)
    mean_h, mean_log = sum(hours) / number, sum(logs) / number
    spread = sum((hour - mean_h) ** 2 for hour in hours)
    if spread == 0.0:
        return None
    slope = sum((hour - mean_h) * (log - mean_log) for hour, log in zip(hours, logs, strict=True)) / spread
    if slope >= 0.0:
        return None
    line = [mean_log + slope * (hour - mean_h) for hour in hours]
    left = sum((log - on) ** 2 for log, on in zip(logs, line, strict=True))
    whole = sum((log - mean_log) ** 2 for log in logs)
    misses = [one.ppm - outdoor_ppm - math.exp(on) for one, on in zip(samples, line, strict=True)]
    scatter_ppm = math.sqrt(sum(miss * miss for miss in misses) / (number - 2))
    error_h = math.sqrt(left / (number - 2) / spread)
    return _Fit(-slope, error_h, 1.0 - left / whole, math.exp(line[0]) - math.exp(line[-1]), scatter_ppm)


def _wide(free: int) -> float:
    """Student's 95 % in standard errors, by degrees of freedom: within 3 % of the tables from 6 on."""
    return 1.96 + 2.7 / free


def _alike(first: _Fit, second: _Fit, whole: _Fit) -> bool:
    own = 2.0 * math.hypot(first.error_h, second.error_h)
    return abs(first.value_h - second.value_h) <= max(STEADY * whole.value_h, min(own, 2.0 * STEADY * whole.value_h))


def _off_by_outdoor(samples: Sequence[Sample], outdoor: Outdoor) -> float:
    """How far the value moves, per hour, when the outdoor level is `off_ppm` higher or lower."""
    moved = [_fit(samples, outdoor.ppm + off_ppm) for off_ppm in (-outdoor.off_ppm, outdoor.off_ppm)]
    if moved[0] is None or moved[1] is None:
        return math.inf
    return abs(moved[1].value_h - moved[0].value_h) / 2.0

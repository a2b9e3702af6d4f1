"""What a sweep says: slope, what is left beside a straight line of slope 1, and whether there is a plateau.

Seven of seven commercial systems read 35 to 40 degC too near to 37 (Healy et al. 2021, J. Biomed. Opt. 26:043009). A straight
pull shows in the slope, a local one as a plateau: a stretch of 1 degC over which the reading follows by less than half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from statistics import fmean, linear_regression
from typing import Final

SLOPE: Final = (0.97, 1.03)
RESIDUAL_C: Final = 0.2
PLATEAU_C: Final = 1.0
PLATEAU_SLOPE: Final = 0.5
FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One temperature of the body, and what was read of it: corrected by the reference; NaN where nothing could be read."""

    true_c: float
    read_c: float


@dataclass(frozen=True, slots=True)
class Linearity:
    """The verdict on a sweep.

    Attributes:
        steps: in order of true temperature; those that could not be read are only in `unread_c`.
        slope: least squares of reading on truth.
        offset_c: mean of reading less truth: a constant, which the rule for core temperatures takes care of.
        residuals_c: of each step, what is left when that constant is taken off.
        plateaus_c: stretches of truth over which the reading hardly moves.
        unread_c: true temperatures of which there is no reading.
    """

    steps: tuple[Step, ...]
    slope: float
    offset_c: float
    residuals_c: tuple[float, ...]
    plateaus_c: tuple[tuple[float, float], ...]
    unread_c: tuple[float, ...]

    @property
    def largest_residual_c(self) -> float:
        return max(map(abs, self.residuals_c))

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words; nothing where the thermometer is straight. Conditions are negated, so that NaN is a fault."""
        low, high = SLOPE
        said = [] if low <= self.slope <= high else [f"the slope is {self.slope:.3f}, not {low:g} to {high:g}"]
        if not self.largest_residual_c <= RESIDUAL_C:
            said.append(f"a reading lies {self.largest_residual_c:.2f} degC beside the line, more than {RESIDUAL_C:g}")
        said += [f"a plateau from {start_c:.2f} to {end_c:.2f} degC" for start_c, end_c in self.plateaus_c]
        return (*said, *(f"nothing was read at {true_c:.2f} degC" for true_c in self.unread_c))


def judge(steps: Sequence[Step]) -> Linearity:
    """Judge a sweep. Raises ValueError with fewer than FEWEST readings at different temperatures."""
    ordered = sorted((step for step in steps if isfinite(step.read_c)), key=lambda step: step.true_c)
    unread_c = tuple(sorted(step.true_c for step in steps if not isfinite(step.read_c)))
    if len({step.true_c for step in ordered}) < FEWEST:
        raise ValueError(f"{len(ordered)} readings are no sweep")
    offset_c = fmean(step.read_c - step.true_c for step in ordered)
    return Linearity(
        steps=tuple(ordered),
        slope=_slope(ordered),
        offset_c=offset_c,
        residuals_c=tuple(step.read_c - step.true_c - offset_c for step in ordered),
        plateaus_c=_plateaus(ordered),
        unread_c=unread_c,
    )


def _slope(steps: Sequence[Step]) -> float:
    return linear_regression([step.true_c for step in steps], [step.read_c for step in steps]).slope


def _plateaus(ordered: Sequence[Step]) -> tuple[tuple[float, float], ...]:
    """Stretches of at least PLATEAU_C with a slope below PLATEAU_SLOPE; those that overlap are one."""
    apart_c = (ordered[-1].true_c - ordered[0].true_c) / (len(ordered) - 1)
    width = max(2, ceil(PLATEAU_C / apart_c - 1e-6)) + 1
    found: list[tuple[float, float]] = []
    for start in range(len(ordered) - width + 1):
        window = ordered[start : start + width]
        if window[0].true_c == window[-1].true_c or _slope(window) >= PLATEAU_SLOPE:
            continue
        if found and window[0].true_c <= found[-1][1]:
            found[-1] = (found[-1][0], window[-1].true_c)
        else:
            found.append((window[0].true_c, window[-1].true_c))
    return tuple(found)


def steps_c(start_c: float, stop_c: float, step_c: float) -> tuple[float, ...]:
    """The temperatures of a sweep, both ends included."""
    return tuple(round(start_c + number * step_c, 4) for number in range(round((stop_c - start_c) / step_c) + 1))

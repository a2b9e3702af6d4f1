"""Whether the gate's own thermometer has drifted: its visitors' median leaves the band people's temperatures lie in.

A person may be ill; half of all visitors are not. Two medians are looked at, each visitor once: of the last few visitors, which
sees a sudden change within the hour, and of a day, which sees a slow one. On the low side too: a gate whose median is 0.9 degC
low takes 38 degC for normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final, Literal

from edge.policy.running_median import RunningMedian

DAY_S: Final = 24 * 3600.0
DAY_VISITORS: Final = 10_000
BACK_C: Final = 0.1
"""The recent median must stay so far inside the band, for as many visitors as it is made of, before the alarm returns: no chatter
at the edge. The day then begins anew, or what was repaired at noon would be told of until midnight."""


@dataclass(frozen=True, slots=True)
class DriftLimits:
    """The band, core-equivalent by the site's prior, degrees Celsius; `visitors` make a median."""

    low_c: float = 36.0
    high_c: float = 37.2
    visitors: int = 30


class Span(StrEnum):
    """Which median."""

    RECENT = "recent"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Drifted:
    """The alarm is raised, or returns.

    Attributes:
        median_c: of the visitors of `span`; minus infinity where most of them were too cold to be measured.
        visitors: how many these are.
    """

    state: Literal["raised", "returned"]
    span: Span
    median_c: float
    visitors: int


class DriftWatch:
    """Feed it every visitor; it says when the alarm comes and goes. The window is kept in memory: a restart begins a new one."""

    def __init__(self, limits: DriftLimits) -> None:
        self._limits = limits
        self._recent = RunningMedian(limits.visitors)
        self._day = RunningMedian(DAY_VISITORS, DAY_S)
        self._inside = 0
        self.drifted = False

    def see(self, core_c: float, now_s: float) -> Drifted | None:
        """Take one visitor in: core-equivalent without any baseline's shift, minus infinity for one too cold to be measured."""
        self._recent.add(core_c, now_s)
        self._day.add(core_c, now_s)
        return self._returned() if self.drifted else self._raised()

    def _raised(self) -> Drifted | None:
        for span, window in ((Span.RECENT, self._recent), (Span.DAY, self._day)):
            if len(window) >= self._limits.visitors and not self._in_band(window.median(), 0.0):
                self.drifted, self._inside = True, 0
                return Drifted("raised", span, window.median(), len(window))
        return None

    def _returned(self) -> Drifted | None:
        self._inside = self._inside + 1 if self._in_band(self._recent.median(), BACK_C) else 0
        if self._inside < self._limits.visitors:
            return None
        self.drifted, self._day = False, RunningMedian(DAY_VISITORS, DAY_S)
        return Drifted("returned", Span.RECENT, self._recent.median(), len(self._recent))

    def _in_band(self, median_c: float, inside_c: float) -> bool:
        return isfinite(median_c) and self._limits.low_c + inside_c <= median_c <= self._limits.high_c - inside_c

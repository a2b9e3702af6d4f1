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
"""A median must come back so far into the band before the alarm returns, so that it does not chatter at the edge."""


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
        self._windows = {
            Span.RECENT: RunningMedian(limits.visitors),
            Span.DAY: RunningMedian(DAY_VISITORS, DAY_S),
        }
        self.drifted = False

    def see(self, core_c: float, now_s: float) -> Drifted | None:
        """Take one visitor in: core-equivalent without any baseline's shift, minus infinity for one too cold to be measured."""
        for window in self._windows.values():
            window.add(core_c, now_s)
        if any(len(window) < self._limits.visitors for window in self._windows.values()):
            return None
        inside_c = BACK_C if self.drifted else 0.0
        out = [span for span, window in self._windows.items() if not self._in_band(window.median(), inside_c)]
        if bool(out) is self.drifted:
            return None
        self.drifted = bool(out)
        span = out[0] if out else Span.RECENT
        window = self._windows[span]
        return Drifted("raised" if out else "returned", span, window.median(), len(window))

    def _in_band(self, median_c: float, inside_c: float) -> bool:
        return isfinite(median_c) and self._limits.low_c + inside_c <= median_c <= self._limits.high_c - inside_c

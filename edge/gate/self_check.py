"""The gate doubts its own thermometer: a drifted median, and people who read implausibly low."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Final, Literal

from contract.messages.alert import AlertKind
from edge.gate.site_rule import SiteRule
from edge.gate.visitors import Visitors
from edge.lane.step import Step
from edge.policy.drift import Drifted, DriftLimits, DriftWatch, Span
from edge.policy.low_reading import LowReading, LowReadings
from edge.policy.visitor import Visitor

SPANS: Final[dict[Span, str]] = {Span.RECENT: "the last {} visitors", Span.DAY: "the {} visitors of a day"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """An alarm to be announced, and what was seen in words."""

    kind: AlertKind
    state: Literal["raised", "returned"]
    seen: str
    since_s: float


class SelfCheck:
    """Follows the lane; every visitor counts once, when gone."""

    def __init__(self, rule: SiteRule, drift: DriftLimits, low_core_c: float) -> None:
        self._visitors = Visitors()
        self._rule = rule
        self._drift = DriftWatch(drift)
        self._low = LowReadings(low_core_c)

    def see(self, step: Step, now_s: float) -> list[Doubt]:
        """Take a step of the lane in; gives the alarms that come or go."""
        return [doubt for visitor in self._visitors.left(step, now_s) for doubt in self._one(visitor)]

    def _one(self, visitor: Visitor) -> list[Doubt]:
        self._rule.learn(visitor)
        core_c = visitor.prior_core_c
        if core_c is None:
            return []
        drifted, low = self._drift.see(core_c, visitor.left_s), self._low.see(core_c, visitor.left_s)
        doubts = [] if drifted is None else [Doubt(AlertKind.DRIFT, drifted.state, _drift_words(drifted), visitor.left_s)]
        return doubts if low is None else [*doubts, Doubt(AlertKind.LOW_READING, low.state, _low_words(low), visitor.left_s)]


def _drift_words(drifted: Drifted) -> str:
    whose = SPANS[drifted.span].format(drifted.visitors)
    return f"Median of {whose}: {_degrees(drifted.median_c)}"


def _low_words(low: LowReading) -> str:
    return f"A visitor read {_degrees(low.core_c)}"


def _degrees(celsius: float) -> str:
    return f"{celsius:.1f} degC core-equivalent" if isfinite(celsius) else "too cold to be measured"

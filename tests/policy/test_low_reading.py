"""Somebody who reads implausibly low is told of, and nobody is flooded."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Reason, Verdict
from edge.policy.low_reading import HOLD_S, LATELY, LowReadings
from edge.policy.rule import Decision, decide
from tests.policy.test_rule import GOOD, LIMITS, reading

COLD = -math.inf


def said(*cores_c: float, every_s: float = 30.0) -> list[str]:
    watch = LowReadings(LIMITS.low_core_c)
    changes = [watch.see(core_c, every_s * number) for number, core_c in enumerate(cores_c)]
    return [change.state for change in changes if change]


def test_one_visitor_who_reads_too_low_is_enough() -> None:
    assert said(36.8, 34.2, 36.6) == ["raised"]


def test_one_visitor_from_the_cold_is_weather() -> None:
    assert said(*[36.8] * 9, COLD, *[36.7] * 9, COLD) == []


def test_many_visitors_from_the_cold_are_told_of() -> None:
    assert said(36.8, COLD, COLD, 36.5, COLD, COLD) == ["raised"]


def test_it_returns_after_plausible_visitors_and_some_time() -> None:
    assert said(34.2, *[36.8] * 25) == ["raised", "returned"]
    assert said(34.2, *[36.8] * LATELY, every_s=1.0) == ["raised"]


@given(st.lists(st.sampled_from([36.8, 34.0, COLD, math.nan]), max_size=200), st.floats(1, 60))
def test_however_many_read_low_there_are_six_alarms_an_hour_at_most(cores_c: list[float], every_s: float) -> None:
    raised = said(*cores_c, every_s=every_s).count("raised")
    assert raised <= 1 + len(cores_c) * every_s / HOLD_S


@given(st.floats(max_value=LIMITS.low_core_c, exclude_max=True, allow_nan=False))
def test_nobody_who_reads_too_low_passes(core_c: float) -> None:
    assert decide(replace(GOOD, reading=reading(core_c)), LIMITS) == Decision(Verdict.CANNOT_MEASURE, Reason.COLD_SKIN)

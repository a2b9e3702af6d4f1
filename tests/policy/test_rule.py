"""The rule of the gate, for everybody. Every conjunct of PASS broken alone and in pairs: test_pass_conjuncts.py."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import PASSING, Mask, Reason, Region, Verdict
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import AHEAD_S, Decision, Facts, Limits, decide
from edge.policy.view import Factor
from edge.policy.vote import MaskVote

LIMITS = Limits(mask=True, temperature=True, limit_c=37.3)
NOW_S = 100.0


def reading(core_c: float = 36.6, *, taken_s: float = NOW_S, samples: int = 9, reference_seen: bool = True) -> Reading:
    return Reading(34.0, 34.6, core_c, 0.3, Region.FOREHEAD, 0.6, samples, taken_s, reference_seen)


GOOD = Facts(NOW_S, None, 1, near=True, mask=MaskVote(Mask.WORN, 12, 0.6, NOW_S), reading=reading(), gap_s=0.04, waiting_s=0.0)


def test_a_masked_person_of_normal_temperature_passes() -> None:
    assert decide(GOOD, LIMITS) == Decision(Verdict.PASS)


@given(mask=st.sampled_from(Mask), over_c=st.floats(min_value=0, max_value=10))
def test_nobody_at_or_above_the_limit_passes(mask: Mask, over_c: float) -> None:
    facts = replace(GOOD, mask=replace(GOOD.mask, mask=mask), reading=reading(LIMITS.limit_c + over_c))
    assert decide(facts, LIMITS).verdict is Verdict.RECHECK


@given(core_c=st.floats(allow_nan=True, allow_infinity=True), taken_s=st.floats(allow_nan=True, allow_infinity=True))
def test_only_a_fresh_finite_reading_below_the_limit_passes(core_c: float, taken_s: float) -> None:
    passed = decide(replace(GOOD, reading=reading(core_c, taken_s=taken_s)), LIMITS).verdict is Verdict.PASS
    assert not passed or (core_c < LIMITS.limit_c and -AHEAD_S <= NOW_S - taken_s <= 2.0)


@given(reason=st.sampled_from(Reason))
def test_a_reason_without_a_temperature_never_opens(reason: Reason) -> None:
    """G2: a visit without a valid temperature is never PASS."""
    verdict = decide(replace(GOOD, reading=Unmeasured(reason, NOW_S)), LIMITS).verdict
    assert verdict is (Verdict.WAIT if reason in PASSING else Verdict.CANNOT_MEASURE)


def test_a_person_kept_waiting_for_twenty_seconds_is_sent_to_the_staffed_lane() -> None:
    unsure = replace(GOOD, mask=replace(GOOD.mask, mask=Mask.UNSURE, limit=Factor.FRONTALITY))
    assert decide(replace(unsure, waiting_s=19.9), LIMITS) == Decision(Verdict.WAIT, Reason.LOOK_HERE)
    assert decide(replace(unsure, waiting_s=20.0), LIMITS) == Decision(Verdict.CANNOT_MEASURE, Reason.LOOK_HERE)


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        (Factor.SIZE, Reason.APPROACH),
        (Factor.SHARPNESS, Reason.HOLD_STILL),
        (Factor.FRONTALITY, Reason.LOOK_HERE),
        (Factor.WHOLENESS, Reason.LOOK_HERE),
        (None, Reason.FACE_COVERED),
    ],
)
def test_who_cannot_be_judged_is_told_what_to_change(limit: Factor | None, reason: Reason) -> None:
    unsure = replace(GOOD, mask=replace(GOOD.mask, mask=Mask.UNSURE, limit=limit))
    assert decide(unsure, LIMITS) == Decision(Verdict.WAIT, reason)


def test_views_too_poor_to_count_are_told_of_instead_of_counted() -> None:
    poor = replace(GOOD, mask=MaskVote(Mask.UNSURE, 1, 0.0, NOW_S, poor=12, limit=Factor.FRONTALITY))
    assert decide(poor, LIMITS) == Decision(Verdict.WAIT, Reason.LOOK_HERE)
    assert decide(replace(poor, mask=replace(poor.mask, poor=2)), LIMITS) == Decision(Verdict.WAIT, Reason.GATHERING)


def test_a_warm_person_without_a_mask_goes_to_the_recheck_area() -> None:
    facts = replace(GOOD, mask=replace(GOOD.mask, mask=Mask.ABSENT), reading=reading(38.2))
    assert decide(facts, LIMITS).verdict is Verdict.RECHECK


def test_a_gate_that_screens_for_nothing_lets_nobody_pass() -> None:
    assert decide(GOOD, Limits(mask=False, temperature=False, limit_c=37.3)).verdict is not Verdict.PASS


def test_a_mask_only_gate_does_not_ask_for_a_temperature() -> None:
    limits = replace(LIMITS, temperature=False)
    assert decide(replace(GOOD, reading=Unmeasured(Reason.GATHERING, NOW_S)), limits).verdict is Verdict.PASS

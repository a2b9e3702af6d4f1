"""A sensor that only advises: its readings are shown, they may send to the recheck area, and nobody passes by them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Mask, Reason, Verdict
from edge.policy.reading import Unmeasured
from edge.policy.rule import Decision, decide
from tests.policy.test_rule import GOOD, LIMITS, reading

ADVISORY = replace(LIMITS, advisory=True)


def test_a_normal_reading_is_measured_again_by_hand() -> None:
    assert decide(GOOD, ADVISORY) == Decision(Verdict.CANNOT_MEASURE, Reason.ADVISORY)


def test_a_high_reading_goes_to_the_recheck_area() -> None:
    assert decide(replace(GOOD, reading=reading(38.0)), ADVISORY) == Decision(Verdict.RECHECK)


def test_a_mask_is_asked_for_before_anybody_measures() -> None:
    bare = replace(GOOD, mask=replace(GOOD.mask, mask=Mask.ABSENT))
    assert decide(bare, ADVISORY).verdict is Verdict.PUT_ON_MASK


def test_what_hinders_a_measurement_is_said_first() -> None:
    assert decide(replace(GOOD, reading=Unmeasured(Reason.FFC, 100.0)), ADVISORY) == Decision(Verdict.WAIT, Reason.FFC)


@given(
    core_c=st.floats(allow_nan=True, allow_infinity=True),
    uncertainty_c=st.floats(allow_nan=True, allow_infinity=True),
    samples=st.integers(0, 20),
    mask=st.sampled_from(Mask),
)
def test_no_reading_of_an_advisory_sensor_ever_opens(core_c: float, uncertainty_c: float, samples: int, mask: Mask) -> None:
    read = replace(reading(core_c, samples=samples), uncertainty_c=uncertainty_c)
    facts = replace(GOOD, reading=read, mask=replace(GOOD.mask, mask=mask))
    assert decide(facts, ADVISORY).verdict is not Verdict.PASS
    assert decide(facts, replace(ADVISORY, mask=False)).verdict is not Verdict.PASS


def test_a_gate_that_takes_no_temperature_passes_by_the_mask() -> None:
    assert decide(GOOD, replace(ADVISORY, temperature=False)).verdict is Verdict.PASS

"""What leaves the gate and what stays."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.messages.visit import ReadingData, Screened
from contract.verdicts import CoreRule, Mask, Reason, Region, Verdict
from edge.gate.announce import WallTime, reading_data, recheck_alert, visit_data
from edge.lane.step import Announcement
from edge.policy.reading import Reading
from edge.policy.rule import Decision
from tests.clocks import FakeClock

READING = Reading(33.1, 34.78, 36.78, 0.31, Region.FOREHEAD, 0.62, 9, 999.9, reference_seen=True)
SAID = Announcement("v1", 0, Decision(Verdict.PASS), Mask.WORN, READING, 25, 998.0, 999.0)


def test_a_pass_tells_half_a_degree_and_nothing_more() -> None:
    data = visit_data(SAID, WallTime(FakeClock()), Screened(), replay=False)
    assert data.reading is None
    assert data.core_bin_c == 36.5


@pytest.mark.parametrize("verdict", [Verdict.RECHECK, Verdict.CANNOT_MEASURE])
def test_a_person_sent_to_recheck_comes_with_the_whole_reading(verdict: Verdict) -> None:
    data = visit_data(
        replace(SAID, decision=Decision(verdict, Reason.UNCERTAIN)), WallTime(FakeClock()), Screened(), replay=False
    )
    assert data.reading is not None
    assert data.reading.raw_c == 33.1
    assert data.core_bin_c is None


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_that_is_none_is_no_reading(core_c: float) -> None:
    data = reading_data(replace(READING, core_c=core_c if abs(core_c) < 100 else math.nan))
    assert (data is None) == (not abs(core_c) < 100)


def test_a_recheck_is_a_case_of_its_own_person() -> None:
    assert recheck_alert(SAID, WallTime(FakeClock())).subject == "v1"


def test_times_are_those_of_the_moment_they_happened() -> None:
    clock = FakeClock()
    data = visit_data(SAID, WallTime(clock), Screened(), replay=True)
    assert (clock.wall() - data.decided).total_seconds() == pytest.approx(1.0)
    assert data.replay


def test_a_reading_says_what_made_its_core_temperature() -> None:
    reading = replace(READING, rule=CoreRule.BASELINE, ambient_c=21.456, shift_c=0.1234)
    data = reading_data(reading)
    assert data is not None
    assert (data.core_rule, data.ambient_c, data.baseline_shift_c) == ("baseline", 21.46, 0.123)


def test_a_reading_of_an_older_gate_or_of_a_newer_rule_is_still_read() -> None:
    old = ReadingData.model_validate_json(
        b'{"raw_c": 34, "corrected_c": 35, "core_c": 37, "uncertainty_c": 0.3, "region": "forehead", "samples": 9,'
        b' "reference_seen": true}'
    )
    assert (old.core_rule, old.ambient_c, old.baseline_shift_c) == (None, None, 0.0)
    assert ReadingData.model_validate(old.model_dump() | {"core_rule": "of-next-year"}).core_rule == "of-next-year"

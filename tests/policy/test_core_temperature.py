"""Skin becomes core-equivalent by adding, never by multiplying."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contract.verdicts import CoreRule, Region, Verdict
from edge.policy.core_temperature import CoreOffset, SkinToCore
from edge.policy.rule import decide
from tests.policy.test_rule import GOOD, LIMITS, reading

OFFSETS = {Region.FOREHEAD: 2.4, Region.CANTHUS: 1.2, Region.UPPER_FACE: 2.0}
AMBIENT = SkinToCore(CoreRule.AMBIENT, OFFSETS, slope_ambient=-0.088, reference_ambient_c=24.0)
BASELINE = SkinToCore(CoreRule.BASELINE, OFFSETS, slope_ambient=-0.088, reference_ambient_c=24.0)
RULES = st.sampled_from([SkinToCore.constant(2.0), AMBIENT, BASELINE])
REGIONS = st.sampled_from(Region)
SKIN_C = st.integers(2800, 4200).map(lambda hundredths: hundredths / 100)
ROOM_C = st.floats(16, 32)
SHIFTS = st.dictionaries(REGIONS, st.floats(-0.5, 0.5))


@given(rule=RULES, region=REGIONS, ambient_c=ROOM_C, shift_c=SHIFTS, skin_c=st.lists(SKIN_C, min_size=2, max_size=8))
def test_the_slope_is_exactly_one(
    rule: SkinToCore, region: Region, ambient_c: float, shift_c: dict[Region, float], skin_c: list[float]
) -> None:
    core = rule.at(ambient_c, shift_c)
    assert [core.core_c(one_c, region) for one_c in skin_c] == [one_c + core.added_c[region] for one_c in skin_c]


@given(rule=RULES, region=REGIONS, ambient_c=ROOM_C, one_c=SKIN_C, other_c=SKIN_C)
def test_whoever_is_warmer_reads_warmer(rule: SkinToCore, region: Region, ambient_c: float, one_c: float, other_c: float) -> None:
    assume(one_c < other_c)
    core = rule.at(ambient_c)
    assert core.core_c(one_c, region) < core.core_c(other_c, region)


@given(region=REGIONS, room_c=st.lists(ROOM_C, min_size=2, max_size=2, unique=True))
def test_the_same_skin_in_a_warmer_room_means_less(region: Region, room_c: list[float]) -> None:
    cooler_c, warmer_c = sorted(room_c)
    assert AMBIENT.at(warmer_c).core_c(34.0, region) <= AMBIENT.at(cooler_c).core_c(34.0, region)


@given(rule=st.sampled_from([AMBIENT, BASELINE]), ambient_c=st.floats(allow_nan=True, allow_infinity=True))
def test_surroundings_nobody_knows_make_no_temperature(rule: SkinToCore, ambient_c: float) -> None:
    core = rule.at(ambient_c)
    assert core.known == (16.0 <= ambient_c <= 32.0)
    assert core.known or math.isnan(core.core_c(34.0, Region.FOREHEAD))


@given(ambient_c=st.floats(allow_nan=True, allow_infinity=True))
def test_a_constant_rule_does_not_ask_for_the_surroundings(ambient_c: float) -> None:
    core = SkinToCore.constant(2.0).at(ambient_c)
    assert (core.known, core.ambient_c, core.core_c(34.5, Region.FOREHEAD)) == (True, None, 36.5)


def test_each_region_has_its_own_offset() -> None:
    core = SkinToCore(CoreRule.CONSTANT, OFFSETS).at()
    assert {region: core.core_c(34.0, region) for region in Region} == {
        Region.FOREHEAD: 36.4,
        Region.CANTHUS: 35.2,
        Region.UPPER_FACE: 36.0,
    }


def test_the_term_is_zero_in_the_room_the_offset_was_found_in() -> None:
    assert AMBIENT.at(24.0).added_c == OFFSETS
    assert AMBIENT.at(20.0).added_c[Region.CANTHUS] == pytest.approx(1.2 + 4 * 0.088)


def test_a_shift_is_taken_off_its_region_only_and_only_by_the_baseline() -> None:
    shift_c = {Region.CANTHUS: 0.2}
    assert BASELINE.at(24.0, shift_c).core_c(35.0, Region.CANTHUS) == pytest.approx(36.0)
    assert BASELINE.at(24.0, shift_c).core_c(35.0, Region.FOREHEAD) == pytest.approx(37.4)
    assert AMBIENT.at(24.0, shift_c) == AMBIENT.at(24.0)


@given(skin_c=st.sampled_from([math.nan, math.inf, -math.inf]), rule=RULES)
def test_a_skin_that_is_no_number_is_no_core(skin_c: float, rule: SkinToCore) -> None:
    core: CoreOffset = rule.at(22.0)
    assert not math.isfinite(core.core_c(skin_c, Region.CANTHUS))


ANY = st.floats(allow_nan=True, allow_infinity=True)


@given(rule=RULES, region=REGIONS, ambient_c=ANY, shift_c=ANY, skin_c=ANY | SKIN_C)
def test_nothing_that_is_no_number_ever_passes(
    rule: SkinToCore, region: Region, ambient_c: float, shift_c: float, skin_c: float
) -> None:
    core_c = rule.at(ambient_c, {region: shift_c}).core_c(skin_c, region)
    passed = decide(replace(GOOD, reading=reading(core_c)), LIMITS).verdict is Verdict.PASS
    used = [skin_c, *([ambient_c] if rule.asks_for_ambient else []), *([shift_c] if rule.rule is CoreRule.BASELINE else [])]
    assert not passed or (all(map(math.isfinite, used)) and LIMITS.low_core_c <= core_c < LIMITS.limit_c)

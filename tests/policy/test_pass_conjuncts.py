"""Every conjunct of PASS as a table of what breaks it, with any value that breaks it: alone and in pairs, nobody passes.

A case is what differs from a visitor who passes, by name; a break puts other values there. Ages instead of moments, and degrees
below the limit instead of temperatures, so that two breaks together never mend one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import inf, nan
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.verdicts import Mask, Reason, Region, Verdict
from edge.policy.acclimatise import TELLING, Skin
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Facts, Limits, decide
from edge.policy.vote import MaskVote

Case = dict[str, Any]
Cases = st.SearchStrategy[Case]


def value(name: str, *strategies: st.SearchStrategy[Any]) -> Cases:
    return st.one_of(*strategies).map(lambda drawn: {name: drawn})


def above(least: float) -> st.SearchStrategy[float]:
    return st.floats(min_value=least, exclude_min=True, allow_nan=False)


def below(most: float) -> st.SearchStrategy[float]:
    return st.floats(max_value=most, exclude_max=True, allow_nan=False)


NAN: Final = st.just(nan)

GATE: Final[dict[str, Cases]] = {
    "the gate cannot judge": value("fault", st.sampled_from(Reason)),
    "nobody or several in the zone": value("in_zone", st.integers(max_value=0), st.integers(min_value=2)),
    "too far away": value("near", st.just(value=False)),
    "a gap in the track": value("gap_s", above(0.3), NAN),
    "no badge where only staff may": st.just({"staff_only": True, "staff": False}),
    "nothing shown that the area's list names": st.just({"key_area": True, "listed": False}),
    "hands that are not disinfected": st.just({"ask_hands": True, "clean": False}),
    "nothing is screened for": st.just({"screen_mask": False, "screen_temperature": False}),
}
MASK: Final[dict[str, Cases]] = {
    "the mask is not worn": value("mask", st.sampled_from([mask for mask in Mask if mask is not Mask.WORN])),
    "too few frames": value("frames", st.integers(max_value=4)),
    "frames of too short a time": value("span_s", below(0.5), NAN),
    "an old mask frame": value("mask_age_s", st.floats(0.501, 1e9), st.just(inf), NAN),
    "a mask frame of the future": value("mask_age_s", st.floats(-1e9, -0.11), st.just(-inf)),
}
TEMPERATURE: Final[dict[str, Cases]] = {
    "no temperature": value("unmeasured", st.sampled_from(Reason)),
    "at or above the limit": value("under_c", st.floats(max_value=0.0), NAN),
    "too cold to be a person's": value("core_c", below(34.5)),
    "an old reading": value("reading_age_s", st.floats(2.001, 1e9), st.just(inf), NAN),
    "a reading of the future": value("reading_age_s", st.floats(-1e9, -0.11), st.just(-inf)),
    "too few samples": value("samples", st.integers(max_value=2)),
    "the reference was not seen in each": value("reference_seen", st.just(value=False)),
    "too uncertain": value("uncertainty_c", above(0.5), NAN),
    "a sensor that only advises": value("advisory", st.just(value=True)),
    "skin that is not the person's own yet": value("skin", st.sampled_from([skin for skin in Skin if skin not in TELLING])),
    "a limit that is no number": value("limit_c", NAN, st.just(-inf)),
    "a guard band that is no number": value("guard_band_c", NAN, st.just(inf)),
    "a least temperature that is no number": value("low_core_c", NAN, st.just(inf)),
    "a most uncertainty that is no number": value("max_uncertainty_c", NAN, st.just(-inf)),
}
MODES: Final[dict[str, tuple[Case, Mapping[str, Cases]]]] = {
    "mask and temperature": ({}, GATE | MASK | TEMPERATURE),
    "mask only": ({"screen_temperature": False}, GATE | MASK),
    "temperature only": ({"screen_mask": False}, GATE | TEMPERATURE),
}

PASSING: Final[Cases] = st.fixed_dictionaries(
    {
        "now_s": st.floats(0, 1e6),
        "gap_s": st.floats(0, 0.3),
        "waiting_s": st.floats(0, 1e4),
        "frames": st.integers(5, 40),
        "span_s": st.floats(0.5, 1.2),
        "mask_age_s": st.floats(0, 0.499),
        "under_c": st.floats(0.001, 2.0),
        "reading_age_s": st.floats(0, 1.999),
        "samples": st.integers(3, 9),
        "uncertainty_c": st.floats(0, 0.5),
        "skin": st.sampled_from(sorted(TELLING)),
        "guard_band_c": st.sampled_from([0.0, 0.25, 0.5]),
    }
)
"""Visitors who pass, each a little differently. What is not named here is as in `facts_of` and `limits_of`."""


def limits_of(case: Case) -> Limits:
    return Limits(
        mask=case.get("screen_mask", True),
        temperature=case.get("screen_temperature", True),
        limit_c=case.get("limit_c", 37.3),
        guard_band_c=case["guard_band_c"],
        max_uncertainty_c=case.get("max_uncertainty_c", 0.5),
        low_core_c=case.get("low_core_c", 34.5),
        advisory=case.get("advisory", False),
        staff_only=case.get("staff_only", False),
        key_area=case.get("key_area", False),
        hands=case.get("ask_hands", False),
    )


def facts_of(case: Case) -> Facts:
    now_s = case["now_s"]
    mask = MaskVote(case.get("mask", Mask.WORN), case["frames"], case["span_s"], now_s - case["mask_age_s"])
    reason = case.get("unmeasured")
    reading = _reading(case) if reason is None else Unmeasured(reason, now_s)
    return Facts(
        now_s,
        case.get("fault"),
        case.get("in_zone", 1),
        near=case.get("near", True),
        mask=mask,
        reading=reading,
        gap_s=case["gap_s"],
        waiting_s=case["waiting_s"],
        skin=case["skin"],
        staff=case.get("staff", False),
        listed=case.get("listed", False),
        clean=case.get("clean", False),
    )


def _reading(case: Case) -> Reading:
    core_c = case.get("core_c", 37.3 - case.get("guard_band_c", 0.0) - case["under_c"])
    return Reading(
        raw_c=33.0,
        corrected_c=34.5,
        core_c=core_c,
        uncertainty_c=case["uncertainty_c"],
        region=Region.FOREHEAD,
        distance_m=0.6,
        samples=case["samples"],
        taken_s=case["now_s"] - case["reading_age_s"],
        reference_seen=case.get("reference_seen", True),
    )


def passes(case: Case) -> bool:
    return decide(facts_of(case), limits_of(case)).verdict is Verdict.PASS


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=40)
@given(good=PASSING)
def test_whoever_fulfils_every_conjunct_passes(mode: str, good: Case) -> None:
    assert passes(good | MODES[mode][0])


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=30, deadline=None)
@given(data=st.data(), good=PASSING)
def test_nobody_passes_with_one_conjunct_broken_or_two(mode: str, data: st.DataObject, good: Case) -> None:
    screened, table = MODES[mode]
    broken = data.draw(st.fixed_dictionaries(dict(table)))
    for names in (*combinations(broken, 1), *combinations(broken, 2)):
        case = good | screened
        for name in names:
            case |= broken[name]
        assert not passes(case), " and ".join(names)


@settings(max_examples=40)
@given(good=PASSING, reason=st.sampled_from(Reason))
def test_what_is_not_screened_for_keeps_nobody_from_passing(good: Case, reason: Reason) -> None:
    assert passes(good | {"screen_temperature": False, "unmeasured": reason})
    assert passes(good | {"screen_mask": False, "mask": Mask.ABSENT, "frames": 0})

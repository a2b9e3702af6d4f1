"""Fitting the gate's rules to people whose oral temperature is known. The slope stays 1: only what is added is fitted."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, linear_regression

from contract.verdicts import CoreRule, Region
from edge.app.clinical.people import Person
from edge.policy.core_temperature import SkinToCore


def healthy(people: Sequence[Person], fever_c: float) -> list[Person]:
    """Those below `fever_c` by the thermometer: offsets are fitted on them alone, so that no fever bends the rule."""
    return [person for person in people if person.oral_c < fever_c]


def constant(people: Sequence[Person], fever_c: float) -> SkinToCore:
    """One offset: the healthy people's mean of oral less skin."""
    return SkinToCore.constant(fmean(one.oral_c - one.skin_c for one in healthy(people, fever_c)))


def ambient(people: Sequence[Person], fever_c: float, rule: CoreRule = CoreRule.AMBIENT) -> SkinToCore:
    """An offset and a term for the room: least squares of oral less skin on the room, over the healthy."""
    them = healthy(people, fever_c)
    reference_c = fmean(one.ambient_c for one in them)
    warmer_c = [one.ambient_c - reference_c for one in them]
    added_c = [one.oral_c - one.skin_c for one in them]
    slope, offset_c = linear_regression(warmer_c, added_c) if any(warmer_c) else (0.0, fmean(added_c))
    return SkinToCore(rule, dict.fromkeys(Region, offset_c), slope, reference_c)

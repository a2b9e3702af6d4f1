"""The gate's decision on people of a study, through the code the gate decides with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from contract.verdicts import Reason, Region, Verdict
from edge.app.clinical.people import Person
from edge.policy.baseline import Baseline, BaselineLimits, learn
from edge.policy.core_temperature import CoreOffset, SkinToCore
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import MIN_SAMPLES, Facts, Limits, decide
from edge.policy.vote import NO_VOTE

EVERY_S: Final = 60.0
"""People come to the replayed gate one a minute; the study took a few a day, which no baseline would survive."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One person as the gate would have seen them. `core_c` is NaN where the rule gave none."""

    person: Person
    core_c: float
    verdict: Verdict


def judge(people: Sequence[Person], rule: SkinToCore, region: Region, limits: Limits) -> list[Judged]:
    """Everybody by a rule that learns nothing."""
    return [_judged(person, rule.at(person.ambient_c), region, limits, 0.0) for person in people]


def replay(
    people: Sequence[Person], rule: SkinToCore, region: Region, limits: Limits, learning: BaselineLimits
) -> Iterator[Judged]:
    """Everybody in order of time through one gate whose baseline learns from them."""
    known = Baseline()
    for number, person in enumerate(people):
        now_s = EVERY_S * number
        judged = _judged(person, rule.at(person.ambient_c, {region: known.shift_c}), region, limits, now_s)
        yield judged
        known = learn(known, judged.core_c + known.shift_c, judged.verdict is Verdict.RECHECK, now_s, learning)


def _judged(person: Person, core: CoreOffset, region: Region, limits: Limits, now_s: float) -> Judged:
    reading = _reading(person, core, region, now_s)
    facts = Facts(now_s, None, 1, near=True, mask=NO_VOTE, reading=reading, gap_s=0.0, waiting_s=0.0)
    core_c = reading.core_c if isinstance(reading, Reading) else float("nan")
    return Judged(person, core_c, decide(facts, limits).verdict)


def _reading(person: Person, core: CoreOffset, region: Region, now_s: float) -> Reading | Unmeasured:
    if not core.known:
        return Unmeasured(Reason.UNCERTAIN, now_s)
    return Reading(
        raw_c=person.skin_c,
        corrected_c=person.skin_c,
        core_c=core.core_c(person.skin_c, region),
        uncertainty_c=0.0,
        region=region,
        distance_m=0.6,
        samples=MIN_SAMPLES,
        taken_s=now_s,
        reference_seen=True,
        rule=core.rule,
        ambient_c=core.ambient_c,
        shift_c=core.shift_c.get(region, 0.0),
    )


def temperature_only(limit_c: float, guard_band_c: float = 0.0) -> Limits:
    """The limits of a gate that looks at no mask."""
    return Limits(mask=False, temperature=True, limit_c=limit_c, guard_band_c=guard_band_c)

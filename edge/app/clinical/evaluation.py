"""The whole evaluation: every rule fitted on some people and judged on others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from contract.verdicts import CoreRule, Region
from edge.app.clinical.fitting import ambient, constant, healthy
from edge.app.clinical.judging import Judged, judge, replay, temperature_only
from edge.app.clinical.people import Group, Person
from edge.app.clinical.scores import Scores, scores
from edge.errors import SourceError
from edge.policy.baseline import BaselineLimits
from edge.policy.core_temperature import SkinToCore
from edge.policy.rule import Limits

FOLDS: Final = 5
FEWEST_HEALTHY: Final = 30


@dataclass(frozen=True, slots=True)
class Split:
    """Who a rule is fitted on, and who it is then judged on."""

    name: str
    fitted: tuple[Person, ...]
    judged: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rules.

    Attributes:
        region: what was read.
        fever_c: oral temperature from which on somebody is feverish.
        limits_c, bands_c: of the gate.
        deltas_c: of the baseline: how far above its usual visitor the limit lies.
    """

    region: Region
    fever_c: float
    limits_c: tuple[float, ...]
    bands_c: tuple[float, ...]
    deltas_c: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """One split: what was fitted, and what it is worth at each limit without a band."""

    name: str
    rule: SkinToCore
    by_limit: dict[float, Scores]


@dataclass(frozen=True, slots=True)
class RuleScores:
    """One rule, judgements pooled over the splits. `by_delta` is the baseline's trade-off, empty for others."""

    rule: CoreRule
    directions: tuple[Direction, ...]
    by_limit: dict[tuple[float, float], Scores]
    by_delta: dict[float, Scores]


def splits(groups: Sequence[Group]) -> list[Split]:
    """Each file in turn judged by a rule fitted on the others; a single file is cut into FOLDS by its order in time."""
    if len(groups) == 1:
        people = groups[0].people
        parts = [Group(f"fold {fold + 1} of {FOLDS}", people[fold::FOLDS], 0) for fold in range(FOLDS)]
    else:
        parts = list(groups)
    return [Split(part.name, _without(parts, part), part.people) for part in parts]


def _without(parts: Sequence[Group], part: Group) -> tuple[Person, ...]:
    """Everybody of the other parts who is not in this one too: a study may have taken the same people with two cameras."""
    names = {person.name for person in part.people if person.name}
    others = (person for other in parts if other is not part for person in other.people)
    return tuple(person for person in others if person.name not in names)


def evaluate(groups: Sequence[Group], asked: Question) -> list[RuleScores]:
    """Judge all rules. Raises SourceError where a rule would be fitted on hardly anybody."""
    cut = splits(groups)
    for split in cut:
        if len(healthy(split.fitted, asked.fever_c)) < FEWEST_HEALTHY:
            raise SourceError(
                f"fewer than {FEWEST_HEALTHY} people below {asked.fever_c:g} degC to fit a rule on",
                where=split.name,
                remedy="Give more or larger files.",
            )
    return [_rule_scores(rule, cut, asked) for rule in CoreRule]


def _rule_scores(rule: CoreRule, cut: Sequence[Split], asked: Question) -> RuleScores:
    fitted = [_fit(rule, split, asked) for split in cut]
    usual_c = [_usual_c(one, split, asked) for one, split in zip(fitted, cut, strict=True)]

    def judged(limits_of: Callable[[float], Limits]) -> list[list[Judged]]:
        return [
            _judge(one, split, asked, limits_of(usual), usual) for one, split, usual in zip(fitted, cut, usual_c, strict=True)
        ]

    by_limit: dict[tuple[float, float], Scores] = {}
    each: list[dict[float, Scores]] = [{} for _ in cut]
    for limit_c in asked.limits_c:
        for band_c in asked.bands_c:
            limits = temperature_only(limit_c, band_c)
            parts = judged(lambda _, limits=limits: limits)  # type: ignore[misc]
            by_limit[limit_c, band_c] = scores([one for part in parts for one in part], asked.fever_c, intervals=band_c == 0.0)
            if band_c == 0.0:
                for found, part in zip(each, parts, strict=True):
                    found[limit_c] = scores(part, asked.fever_c, intervals=False)
    directions = [Direction(split.name, one, found) for split, one, found in zip(cut, fitted, each, strict=True)]
    return RuleScores(rule, tuple(directions), by_limit, _by_delta(rule, judged, asked))


def _by_delta(
    rule: CoreRule, judged: Callable[[Callable[[float], Limits]], list[list[Judged]]], asked: Question
) -> dict[float, Scores]:
    """The trade-off: the limit so far above the usual visitor."""
    if rule is not CoreRule.BASELINE:
        return {}
    found = {}
    for delta_c in asked.deltas_c:
        parts = judged(lambda usual_c, delta_c=delta_c: temperature_only(usual_c + delta_c))  # type: ignore[misc]
        found[delta_c] = scores([one for part in parts for one in part], asked.fever_c)
    return found


def _fit(rule: CoreRule, split: Split, asked: Question) -> SkinToCore:
    match rule:
        case CoreRule.CONSTANT:
            return constant(split.fitted, asked.fever_c)
        case CoreRule.AMBIENT | CoreRule.BASELINE:
            return ambient(split.fitted, asked.fever_c, rule)


def _usual_c(rule: SkinToCore, split: Split, asked: Question) -> float:
    """What the rule makes of the usual healthy person it was fitted on."""
    cores_c = [rule.at(one.ambient_c).core_c(one.skin_c, asked.region) for one in healthy(split.fitted, asked.fever_c)]
    return median(cores_c)


def _judge(rule: SkinToCore, split: Split, asked: Question, limits: Limits, usual_c: float) -> list[Judged]:
    match rule.rule:
        case CoreRule.CONSTANT | CoreRule.AMBIENT:
            return judge(split.judged, rule, asked.region, limits)
        case CoreRule.BASELINE:
            return list(replay(split.judged, rule, asked.region, limits, BaselineLimits(usual_core_c=usual_c)))

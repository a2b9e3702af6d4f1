"""The evaluation for machines: `auc`, `sensitivity` and `specificity` of every rule at every limit."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from edge.app.clinical.evaluation import FOLDS, Direction, Question, RuleScores
from edge.app.clinical.people import Group
from edge.app.clinical.scores import Scores


def split_words(groups: Sequence[Group]) -> str:
    """How rules were kept apart from the people they are judged on."""
    if len(groups) == 1:
        return f"one file: {FOLDS} folds of it (kinder than another file: the same rooms and thermograph)"
    return "each file judged by rules fitted on the others"


def result(groups: Sequence[Group], asked: Question, found: Sequence[RuleScores], read: str, rounds: int) -> dict[str, Any]:
    """Everything, as plain values for JSON; what is not a number is null."""
    return {
        "files": [_file(group, asked.fever_c) for group in groups],
        "split": split_words(groups),
        "read": read,
        "rounds": rounds,
        "fever_c": asked.fever_c,
        "rules": {one.rule.value: _rule(one, asked) for one in found},
    }


def _file(group: Group, fever_c: float) -> dict[str, Any]:
    rooms_c = [person.ambient_c for person in group.people]
    febrile = sum(person.oral_c >= fever_c for person in group.people)
    people = {"file": group.name, "people": len(group.people), "febrile": febrile, "left_out": group.left_out}
    return people | {"ambient_c": [min(rooms_c), max(rooms_c)]}


def _rule(found: RuleScores, asked: Question) -> dict[str, Any]:
    limits = {
        _key(limit_c): plain(found.by_limit[limit_c, asked.bands_c[0]])
        | {"bands": {_key(band_c): plain(found.by_limit[limit_c, band_c]) for band_c in asked.bands_c}}
        for limit_c in asked.limits_c
    }
    first = found.by_limit[asked.limits_c[0], asked.bands_c[0]]
    body = {"auc": _number(first.auc), "febrile_bias_c": _number(first.febrile_bias_c), "limits": limits}
    deltas = {_key(delta_c): plain(one) for delta_c, one in found.by_delta.items()}
    return body | {"fitted": [_direction(one) for one in found.directions]} | ({"deltas": deltas} if deltas else {})


def _direction(one: Direction) -> dict[str, Any]:
    offset_c = next(iter(one.rule.offset_c.values()))
    fitted = {"judged_on": one.name, "offset_c": _number(offset_c), "slope_ambient": _number(one.rule.slope_ambient)}
    judged = {_key(limit_c): plain(scores) for limit_c, scores in one.by_limit.items()}
    return fitted | {"reference_ambient_c": _number(one.rule.reference_ambient_c), "limits": judged}


def plain(of: Scores) -> dict[str, Any]:
    """One line of the table."""
    return {
        "auc": _number(of.auc),
        "sensitivity": _number(of.sensitivity),
        "specificity": _number(of.specificity),
        "intervals": {name: [_number(low), _number(high)] for name, (low, high) in of.intervals.items()},
        "healthy_rechecked": of.healthy_rechecked[0],
        "healthy": of.healthy_rechecked[1],
        "febrile_missed": of.febrile_missed[0],
        "febrile": of.febrile_missed[1],
        "febrile_bias_c": _number(of.febrile_bias_c),
        "high_fever_caught": _number(of.high_fever_caught),
        "unmeasured": of.unmeasured,
    }


def _key(number: float) -> str:
    return f"{number:g}"


def _number(value: float) -> float | None:
    return round(value, 5) if isfinite(value) else None

"""The evaluation for people: tables, what a baseline costs, and which rule buys what."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Final

from contract.verdicts import CoreRule
from edge.app.clinical.evaluation import Question, RuleScores
from edge.app.clinical.people import Group
from edge.app.clinical.result import split_words
from edge.app.clinical.scores import Scores
from edge.app.report.chart import Axis, Chart
from edge.app.report.page import figures, heading, page, paragraph, table

WORDS: Final = {CoreRule.CONSTANT: "constant offset", CoreRule.AMBIENT: "offset and room", CoreRule.BASELINE: "adaptive baseline"}
HEADINGS: Final = ("rule", "limit", "band", "fevers caught", "healthy passed", "AUC", "healthy rechecked", "febrile missed")
_SHARES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_HIGH_SHARES: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def rows(found: Sequence[RuleScores]) -> list[tuple[str, ...]]:
    """One row a rule, limit and band, in the order of HEADINGS."""
    return [
        (WORDS[one.rule], f"{limit_c:g}", f"{band_c:g}", *cells(scores))
        for one in found
        for (limit_c, band_c), scores in one.by_limit.items()
    ]


def cells(of: Scores) -> tuple[str, ...]:
    """Sensitivity, specificity, AUC with intervals, and both counts."""
    shares = [_with(name, value, of) for name, value in _three(of).items()]
    return *shares, "{} of {}".format(*of.healthy_rechecked), "{} of {}".format(*of.febrile_missed)


def _three(of: Scores) -> dict[str, float]:
    return {"sensitivity": of.sensitivity, "specificity": of.specificity, "auc": of.auc}


def _with(name: str, value: float, of: Scores) -> str:
    if not isfinite(value):
        return "-"
    low, high = of.intervals.get(name, (value, value))
    return f"{value:.3f} ({low:.2f}-{high:.2f})" if name in of.intervals else f"{value:.3f}"


def delta_rows(found: Sequence[RuleScores]) -> list[tuple[str, ...]]:
    """The baseline's trade-off: delta, then the columns of HEADINGS from the fourth on."""
    return [(f"{delta_c:g}", *cells(of)) for one in found for delta_c, of in one.by_delta.items()]


def fitted_headings(asked: Question) -> tuple[str, ...]:
    """Of `fitted_rows`."""
    limits = [f"{limit_c:g}: caught / passed" for limit_c in asked.limits_c]
    return ("rule", "judged on", "offset", "per degC room", *limits, "AUC", "febrile bias")


def fitted_rows(found: Sequence[RuleScores]) -> list[tuple[str, ...]]:
    """What was fitted in each direction, and its worth at each limit: caught / passed."""
    return [
        (
            WORDS[one.rule],
            direction.name,
            f"{next(iter(direction.rule.offset_c.values())):.3f}",
            f"{direction.rule.slope_ambient:+.3f}",
            *(f"{scores.sensitivity:.3f} / {scores.specificity:.3f}" for scores in direction.by_limit.values()),
            f"{next(iter(direction.by_limit.values())).auc:.3f}",
            f"{next(iter(direction.by_limit.values())).febrile_bias_c:+.2f}",
        )
        for one in found
        for direction in one.directions
    ]


def html(groups: Sequence[Group], asked: Question, found: Sequence[RuleScores], read: str) -> str:
    """The page."""
    people = sum(len(group.people) for group in groups)
    febrile = sum(one.oral_c >= asked.fever_c for group in groups for one in group.people)
    parts = [
        paragraph(
            f"{people} people, {febrile} with {asked.fever_c:g} degC or more by mouth; read: {read}. "
            f"{split_words(groups).capitalize()}. Every decision is made by the gate's own code; the slope from skin to core is "
            "1 in every rule."
        ),
        heading("Rules, limits and guard bands"),
        table(HEADINGS, rows(found)),
        heading("What was fitted, direction by direction"),
        table(fitted_headings(asked), fitted_rows(found)),
        heading("What a baseline costs"),
        paragraph(
            "An adaptive baseline sends away who reads a certain amount (delta) above the usual visitor. Stations that use 1 "
            "degC miss about every second fever. People come one a minute, in the order of the study."
        ),
        figures([(chart.svg(), words) for chart, words in [*_trade_off(found), _rules(asked, found)]]),
        table(("delta degC", *HEADINGS[3:]), delta_rows(found)),
    ]
    return page("Skin temperature against fever", parts)


def _trade_off(found: Sequence[RuleScores]) -> list[tuple[Chart, str]]:
    deltas = next((one.by_delta for one in found if one.by_delta), {})
    if len(deltas) < 2:  # noqa: PLR2004 a line needs two points
        return []
    chart = Chart(
        "Fevers caught and healthy people passed by the baseline's delta",
        Axis("delta above the usual visitor, degC", tuple(sorted(deltas))),
        Axis("share", _SHARES, percent=True),
    )
    known = [(delta_c, of) for delta_c, of in sorted(deltas.items()) if isfinite(of.sensitivity + of.specificity)]
    chart.line([(delta_c, of.sensitivity) for delta_c, of in known], "fevers caught")
    chart.line([(delta_c, of.specificity) for delta_c, of in known], "healthy passed")
    return [(chart, "The adaptive baseline: what is won on one side is lost on the other.")]


def _rules(asked: Question, found: Sequence[RuleScores]) -> tuple[Chart, str]:
    chart = Chart(
        "Fevers caught against healthy people sent to recheck, by rule",
        Axis("healthy sent to recheck", _SHARES, percent=True),
        Axis("fevers caught", _HIGH_SHARES, percent=True),
    )
    for one in found:
        points = sorted((1.0 - of.specificity, of.sensitivity) for of in one.by_limit.values() if isfinite(of.specificity))
        chart.line(points, WORDS[one.rule])
    limits = " and ".join(f"{limit_c:g}" for limit_c in asked.limits_c)
    bands = ", ".join(f"{band_c:g}" for band_c in asked.bands_c)
    return chart, f"Limits {limits} degC with guard bands {bands}: a band is a lower limit by another name."

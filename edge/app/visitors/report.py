"""The evaluation of a gate for people: figures with their intervals, and what each setting trades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

from edge.app.report.chart import Axis, Chart
from edge.app.report.page import figures, heading, page, paragraph, table
from edge.app.visitors.outcome import Cause
from edge.app.visitors.person import FEVER_C
from edge.app.visitors.trade import KNOBS, Knob

_CURVES: Final = {
    Cause.NO_MASK: "without a mask, passed",
    Cause.WORN_WRONG: "mask worn wrong, passed",
    Cause.WARM: f"at or above {FEVER_C:g}, passed",
}
_TICKS: Final = 8
_STOPPED: Final = "all was well, not passed"
_CAUSES: Final = {
    Cause.NO_MASK: "- of those who came without a mask",
    Cause.WORN_WRONG: "- of those who came with it worn wrong",
    Cause.WARM: f"- of those at or above {FEVER_C:g} degC",
    Cause.ANOTHER_S: "- on somebody else's PASS",
}
HEADINGS: Final = ("", "count", "of", "share", "95 % interval")
TIMES: Final = ("", "value", "95 % interval")


def html(result: Mapping[str, Any]) -> str:
    """The page."""
    parts = [
        paragraph(_opening(result)),
        heading("Who got what"),
        table(HEADINGS, rows(result)),
        heading("How fast"),
        table(TIMES, times(result)),
        heading("What the settings trade"),
        paragraph(
            "Each value is judged on people with whom much can go wrong: a quarter without a mask, a quarter with it worn wrong, "
            f"three in ten at or above {FEVER_C:g} degC, few of them far above. Shares are of those people, so that they do not "
            f"depend on how many of them come. Whoever is at or above {FEVER_C:g} should be stopped, whatever the limit is."
        ),
        figures(_charts(result, assumed=False)),
        heading("What rests on assumptions"),
        figures(_charts(result, assumed=True)),
        heading("Numbers of the plots"),
        *(part for name, knob in KNOBS.items() for part in (paragraph(knob.words), _numbers(knob, result["trade"][name]))),
        heading("What was set and assumed"),
        *_assumed(result),
    ]
    return page("Simulated visitors before a gate", parts)


def _charts(result: Mapping[str, Any], *, assumed: bool) -> list[tuple[str, str]]:
    return [
        (_chart(knob, result["trade"][name]), f"{knob.words}. Intervals stand in the tables below.")
        for name, knob in KNOBS.items()
        if knob.assumed is assumed
    ]


def _assumed(result: Mapping[str, Any]) -> list[str]:
    eye = result["errors"]["eye"]
    middles = {f"logit of worn where {state}": middle for state, middle in eye["logit"].items()}
    tables = {
        "setting": result["settings"],
        "people": result["population"],
        "network": middles | {key: value for key, value in eye.items() if key != "logit"},
        "thermometer": result["errors"]["thermometer"],
    }
    return [
        table((name, "value"), [(words, _plain(value)) for words, value in values.items()]) for name, values in tables.items()
    ]


def _opening(result: Mapping[str, Any]) -> str:
    return (
        f"{result['people']} visitors (seed {result['seed']}) came one after the other, in a queue that never ends, through "
        f"{result['simulated_s'] / 3600:.1f} simulated hours. Tracker, vote, lane and rule are the gate's own; what the network "
        "and the thermometer say is drawn from their measured errors."
    )


def rows(result: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """In the order of HEADINGS."""
    wrong = result["wrong_passes"]
    lines = [("wrong passes", wrong), *((_CAUSES[Cause(cause)], one) for cause, one in wrong["by_cause"].items())]
    lines += [
        ("wrong stops", result["wrong_stops"]),
        ("all was well, never passed", result["fine_not_passed"]),
        ("CANNOT_MEASURE at the end", result["cannot_measure"]),
        ("RECHECK at the end", result["recheck"]),
        ("left undecided", result["undecided"]),
    ]
    return [(words, str(one["count"]), str(one["of"]), _percent(one["share"]), _between(one["interval"])) for words, one in lines]


def times(result: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Times and pace: value and interval."""
    of_verdict = result["verdict_s"]
    lines = [
        ("near enough to first verdict, median", of_verdict["median"], "s"),
        ("the same, 95th percentile", of_verdict["p95"], "s"),
        ("people a minute", result["people_a_minute"], ""),
    ]
    return [(words, *_measured(one, unit)) for words, one, unit in lines]


def _measured(one: Mapping[str, Any], unit: str) -> tuple[str, str]:
    low, high = one["interval"]
    value = "-" if one["value"] is None else f"{one['value']:.2f} {unit}".strip()
    return value, "-" if low is None else f"{low:.2f} to {high:.2f}"


def _chart(knob: Knob, found: Sequence[Mapping[str, Any]]) -> str:
    top = max([0.05, *(one["share"] or 0.0 for row in found for one in _shares(row).values())])
    step = next((step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if top / step <= _TICKS), 0.25)
    up = tuple(round(step * tick, 3) for tick in range(ceil(top / step) + 1))
    chart = Chart(
        f"Mistakes by {knob.words}",
        Axis(f"{knob.words}, {knob.unit}".rstrip(", "), knob.values),
        Axis("share of those people", up, percent=True),
    )
    for words in (*_CURVES.values(), _STOPPED):
        points = [(row["value"], share) for row in found if (share := _shares(row)[words]["share"]) is not None]
        if points:
            chart.line(points, words)
    return chart.svg()


def _shares(row: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {words: row["wrong_passes"][cause.value] for cause, words in _CURVES.items()} | {_STOPPED: row["fine_not_passed"]}


def _numbers(knob: Knob, found: Sequence[Mapping[str, Any]]) -> str:
    names = [*_CURVES.values(), _STOPPED]
    lines = [(f"{row['value']:g} {knob.unit}".strip(), *(_cell(_shares(row)[name]) for name in names)) for row in found]
    return table(("value", *names, "people"), [(*line, str(row["people"])) for line, row in zip(lines, found, strict=True)])


def _cell(one: Mapping[str, Any]) -> str:
    return f"{_percent(one['share'])} ({_between(one['interval'])})"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.2%}"


def _between(interval: Sequence[float | None]) -> str:
    low, high = interval
    return "-" if low is None or high is None else f"{low:.2%} to {high:.2%}"


def _plain(value: object) -> str:
    return " to ".join(f"{one:g}" for one in value) if isinstance(value, (tuple, list)) else f"{value:g}"

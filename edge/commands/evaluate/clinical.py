"""`menshen-edge evaluate clinical FILES...`: the gate's temperature rules on people whose oral temperature is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from edge.app.clinical.evaluation import Question, RuleScores, evaluate
from edge.app.clinical.people import COLUMNS, Group, read_group
from edge.app.clinical.report import HEADINGS, delta_rows, fitted_headings, fitted_rows, html, rows
from edge.app.clinical.result import result, split_words
from edge.app.report.page import write
from edge.errors import SourceError


def evaluate_clinical(
    files: Sequence[Path],
    read: str,
    rounds: int,
    *,
    fever_c: float,
    limits_c: Sequence[float],
    bands_c: Sequence[float],
    deltas_c: Sequence[float],
    as_json: Path | None,
    as_html: Path | None,
) -> None:
    """Judge every rule, print tables, write JSON and HTML where asked. Raises SourceError and ReportError."""
    column, region = COLUMNS[read]
    groups = _groups(files, column, rounds)
    # Without a band first: what stands under a limit is that limit alone.
    bands = tuple(dict.fromkeys((0.0, *bands_c)))
    question = Question(region, fever_c, tuple(dict.fromkeys(limits_c)), bands, tuple(sorted(set(deltas_c))))
    found = evaluate(groups, question)
    if as_json is not None:
        write(as_json, json.dumps(result(groups, question, found, read, rounds), indent=1) + "\n")
    if as_html is not None:
        write(as_html, html(groups, question, found, f"{read}, mean of {rounds} rounds"))
    _show(groups, question, found)


def _groups(files: Sequence[Path], column: str, rounds: int) -> list[Group]:
    twice = [path for number, path in enumerate(files) if path.resolve() in {other.resolve() for other in files[:number]}]
    if twice:
        what = "the same file is named twice: a rule would be judged on whom it was fitted on"
        raise SourceError(what, where=str(twice[0]), remedy="Name every file once.")
    return [read_group(path, column, rounds) for path in files]


def _show(groups: Sequence[Group], asked: Question, found: Sequence[RuleScores]) -> None:
    console = Console(highlight=False)
    people = sum(len(group.people) for group in groups)
    console.print(f"{people} people; {split_words(groups)}; fever: {asked.fever_c:g} degC and more by mouth", soft_wrap=True)
    console.print(_table(HEADINGS, rows(found)))
    console.print(_table(fitted_headings(asked), fitted_rows(found)))
    console.print(_table(("baseline's delta", *HEADINGS[3:]), delta_rows(found)))


def _table(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> Table:
    table = Table(*headings, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for line in lines:
        table.add_row(*line)
    return table

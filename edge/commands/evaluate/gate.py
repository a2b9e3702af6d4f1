"""`menshen-edge evaluate gate`: thousands of simulated visitors, and whom the gate passes or stops wrongly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from edge.app.report import page
from edge.app.visitors import report
from edge.app.visitors.evaluation import STREAM, described, played, usual_setting
from edge.app.visitors.summary import summary
from edge.app.visitors.trade import KNOBS, hard, judged, traded

if TYPE_CHECKING:
    from pathlib import Path

    from edge.app.visitors.gate import Setting


def evaluate_gate(people: int, seed: int, out: Path | None, html: Path | None) -> None:
    """Play everybody, print a table; what the settings trade is played where a file is asked for. Raises ReportError."""
    setting, console = usual_setting(), Console(stderr=True)
    streams = -(-people // STREAM)
    found = list(track(played(setting, people, seed), "visitors", total=streams, console=console))
    result: dict[str, Any] = {"seed": seed, **described(setting), **summary(found)}
    if out is not None or html is not None:
        result["trade"] = _trade(hard(setting), people, seed, console)
    if html is not None:
        page.write(html, report.html(result))
    if out is not None:
        page.write(out, json.dumps(result, indent=1) + "\n")
    _show(result)


def _trade(setting: Setting, people: int, seed: int, console: Console) -> dict[str, Any]:
    untouched = judged(setting, people, seed)
    rows = {name: traded(setting, knob, people, seed, untouched) for name, knob in KNOBS.items()}
    return {
        name: list(track(each, KNOBS[name].words, total=len(KNOBS[name].values), console=console)) for name, each in rows.items()
    }


def _show(result: dict[str, Any]) -> None:
    console = Console(highlight=False)
    for headings, lines in ((report.HEADINGS, report.rows(result)), (report.TIMES, report.times(result))):
        table = Table(*headings, box=SIMPLE, pad_edge=False)
        for line in lines:
            table.add_row(*line)
        console.print(table)

"""`menshen-edge evaluate simulation`: the whole way from a person to a reading, where the truth is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from edge.app.in_simulation import report
from edge.app.in_simulation.budget import DISTANCES, over_distance
from edge.app.in_simulation.evaluation import effects_of, judged, summary
from edge.app.in_simulation.setting import SENSORS
from edge.app.report import page
from edge.config.thermometry import SensorConfig

if TYPE_CHECKING:
    from pathlib import Path

_NUMBERS = {
    "bias": "bias_c",
    "95 % within": "p95_abs_c",
    "worst": "worst_c",
    "slope": "slope",
    "uncertainty said (u)": "uncertainty_c",
}


def evaluate_simulation(people: int, seed: int, out: Path | None, html: Path | None, *, stray: bool) -> None:
    """Judge every class of sensors, print a table, write the result, and a report of the uncertainty where one is asked for."""
    effects = effects_of(stray=stray)
    console, result, found = Console(stderr=True), {}, {}
    for name, sensor in SENSORS.items():
        found[name] = list(track(judged(sensor, people, effects, seed), f"people before a {name}", total=people, console=console))
        result[name] = summary(found[name])
    if html is not None:
        budgets = {}
        for name, sensor in SENSORS.items():
            steps = over_distance(sensor, effects, seed)
            budgets[name] = list(track(steps, f"distances from a {name}", total=DISTANCES, console=console))
        page.write(html, report.html(result, found, budgets, SensorConfig().max_uncertainty_c))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps({"effects": effects, "seed": seed, "sensors": result}, indent=1) + "\n", encoding="utf-8")
    Console().print(_table(result))


def _table(result: dict[str, dict[str, Any]]) -> Table:
    """A column a sensor, so that it fits a narrow terminal."""
    table = Table("", title="read less true skin temperature, degC", title_justify="left", box=SIMPLE, pad_edge=False)
    for name in result:
        table.add_column(name, justify="right")
    sensors = result.values()
    table.add_row("people", *(str(one["people"]) for one in sensors))
    table.add_row("not measured", *(f"{one['cannot_measure']:.1%}" for one in sensors))
    table.add_row("asked to show their forehead", *(str(one["asked_to_show"]) for one in sensors))
    for heading, key in _NUMBERS.items():
        table.add_row(heading, *(f"{one[key]:.3f}" if key in one else "-" for one in sensors))
    table.add_row("within 2 u", *(f"{one['covered_2u']:.0%}" if "covered_2u" in one else "-" for one in sensors))
    return table

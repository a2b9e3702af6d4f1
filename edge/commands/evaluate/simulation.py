"""`menshen-edge evaluate simulation`: the whole way from a person to a reading, where the truth is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

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

_HEADINGS = ("sensor", "people", "not measured", "hidden", "bias", "95 % within", "worst", "slope", "uncertainty said (u)")


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
    table = Table(title="read less true skin temperature, degC", title_justify="left")
    for heading in (*_HEADINGS, "within 2 u"):
        table.add_column(heading)
    for name, one in result.items():
        numbers = [one.get(key) for key in ("bias_c", "p95_abs_c", "worst_c", "slope", "uncertainty_c")]
        shown = ["-" if number is None else f"{number:.3f}" for number in numbers]
        hidden = f"{one['hidden']}, {one['hidden_read']} read"
        covered = f"{one['covered_2u']:.0%}" if "covered_2u" in one else "-"
        table.add_row(name, str(one["people"]), f"{one['cannot_measure']:.1%}", hidden, *shown, covered)
    Console().print(table)

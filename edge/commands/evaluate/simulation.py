"""`menshen-edge evaluate simulation`: the whole way from a person to a reading, where the truth is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track
from rich.table import Table

from edge.app.in_simulation.evaluation import effects_of, judged, summary
from edge.app.in_simulation.setting import SENSORS

if TYPE_CHECKING:
    from pathlib import Path


def evaluate_simulation(people: int, seed: int, out: Path | None, *, stray: bool) -> None:
    """Judge every class of sensors, print a table, write the result."""
    effects = effects_of(stray=stray)
    console, result = Console(stderr=True), {}
    for name, sensor in SENSORS.items():
        found = list(track(judged(sensor, people, effects, seed), f"people before a {name}", total=people, console=console))
        result[name] = summary(found)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps({"effects": effects, "seed": seed, "sensors": result}, indent=1) + "\n", encoding="utf-8")
    table = Table(title="read less true skin temperature, degC", title_justify="left")
    for heading in ("sensor", "people", "not measured", "hidden", "bias", "95 % within", "worst", "slope", "uncertainty said"):
        table.add_column(heading)
    for name, one in result.items():
        numbers = [one.get(key) for key in ("bias_c", "p95_abs_c", "worst_c", "slope", "uncertainty_c")]
        shown = ["-" if number is None else f"{number:.3f}" for number in numbers]
        hidden = f"{one['hidden']}, {one['hidden_read']} read"
        table.add_row(name, str(one["people"]), f"{one['cannot_measure']:.1%}", hidden, *shown)
    Console().print(table)

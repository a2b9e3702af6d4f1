"""`menshen-edge linearity`: a sweep from 35 to 40 degC, of a blackbody or of the simulator."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import track
from rich.table import Table

from contract.console import REFUSED
from contract.errors import MenshenError
from edge.app.capture_parts import thermal_opener
from edge.app.linearity.blackbody import Blackbody, BlackbodySweep
from edge.app.linearity.judged import Linearity, Step, judge, steps_c
from edge.app.linearity.report import html, result, rows, words
from edge.app.linearity.simulated import SimulatedSweep, simulated_gate
from edge.app.report.page import write
from edge.clock import SystemClock
from edge.config import GateConfig


def sweep(
    gate: GateConfig | None,
    temperatures: tuple[float, float, float],
    body: tuple[int | None, int | None, float],
    simulated: bool,
    as_json: Path | None,
    as_html: Path | None,
) -> None:
    """Sweep what was asked for. `temperatures`: start, stop, step; `body`: row, column, emissivity. Raises MenshenError."""
    row, col, emissivity = body
    set_c = steps_c(*temperatures)
    if simulated:
        return sweep_simulator(gate, set_c, as_json, as_html)
    if gate is None or row is None or col is None:
        raise MenshenError(
            "a blackbody needs the gate's settings and its place in the thermal picture",
            where="menshen-edge linearity",
            remedy="menshen-edge linearity gate.toml --row R --col C, or --simulated without a blackbody.",
        )
    return sweep_blackbody(gate, Blackbody(row, col, emissivity), set_c, as_json, as_html)


def sweep_simulator(gate: GateConfig | None, skin_c: Sequence[float], as_json: Path | None, as_html: Path | None) -> None:
    """Sweep the simulator's skin and tell. Exit code 2 when the thermometer is not straight."""
    config = simulated_gate(gate)
    steps = SimulatedSweep(config, skin_c).steps()
    console = Console(stderr=True)
    found = _judged(list(track(steps, "measuring", total=len(skin_c), console=console, transient=True)))
    room = f"simulated skin, {config.simulation.ambient_c:g} degC around, sensor noise {config.simulation.noise_c:g} degC"
    _tell(found, f"Read: {room}.", as_json, as_html)


def sweep_blackbody(
    gate: GateConfig, body: Blackbody, set_c: Sequence[float], as_json: Path | None, as_html: Path | None
) -> None:
    """Ask a technician for every step, read it, and tell. Exit code 2 when the thermometer is not straight."""
    clock = SystemClock()
    source = thermal_opener(gate, clock.monotonic_s(), clock)()
    try:
        found = _judged(list(_asked(BlackbodySweep(gate, body, source, clock), set_c, _ask)))
    finally:
        source.close()
    place = f"blackbody at row {body.row}, column {body.col}, emissivity {body.emissivity:g}"
    _tell(found, f"Read: {place}; true is skin that looks the same.", as_json, as_html)


def _asked(sweep: BlackbodySweep, set_c: Sequence[float], ask: Callable[[float], float]) -> Iterator[Step]:
    console = Console(highlight=False)
    for wanted_c in set_c:
        step = sweep.read(ask(wanted_c))
        console.print(f"  read {step.read_c:.3f}, skin that looks like the body {step.true_c:.3f}")
        yield step


def _ask(wanted_c: float) -> float:
    """The temperature the blackbody shows once it has settled."""
    return float(
        typer.prompt(f"Set the blackbody to {wanted_c:.2f} degC, let it settle, type what it shows", wanted_c, type=float)
    )


def _judged(steps: Sequence[Step]) -> Linearity:
    try:
        return judge(steps)
    except ValueError as few:
        raise MenshenError(
            f"the sweep cannot be judged: {few}",
            where="menshen-edge linearity",
            remedy="See with `menshen-edge check` that the reference body is seen; sweep at least five temperatures.",
        ) from few


def _tell(found: Linearity, what: str, as_json: Path | None, as_html: Path | None) -> None:
    if as_json is not None:
        write(as_json, json.dumps(result(found, what), indent=1) + "\n")
    if as_html is not None:
        write(as_html, html(found, what))
    console = Console(highlight=False)
    table = Table("true degC", "read degC", "residual degC", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for row in rows(found):
        table.add_row(*row)
    console.print(table)
    console.print(f"{what} {words(found)}", soft_wrap=True)
    if found.faults:
        sys.exit(REFUSED)

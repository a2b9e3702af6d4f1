"""`menshen-edge bench`: a table of what runs the eye how quickly, and the choice stored for the gate."""

from __future__ import annotations

import os

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from contract.errors import MenshenError
from edge.app.eye import input_of, region_of
from edge.app.eye_bench import BOX_PX, PROBABILITY, Candidate, candidates, chosen, measure
from edge.app.eye_profile import EyeProfile, processor, profile_path, store
from edge.config import GateConfig
from edge.vision.model_file import ModelEntry, entry_of
from edge.vision.network import RUNTIME_VERSION
from edge.vision.view import INPUTS, WHOLE, Size

_USUAL: Size = (416, 320)
_CAMERA: Size = (640, 480)


def bench_eye(config: GateConfig | None, *, keep: bool, rounds: int) -> None:
    """Measure, print, and store the choice where `keep`. Raises MenshenError."""
    if keep and config is None:
        raise MenshenError(
            "there is nowhere to store it",
            where="--store",
            remedy="Name the gate's settings: menshen-edge bench gate.toml --store",
        )
    console = Console(highlight=False)
    name = config.model.name if config else None
    entry, wanted = entry_of(name=name), input_of(config) if config else _USUAL
    picture = (config.colour.width, config.colour.height) if config else _CAMERA
    them = candidates(sorted({*INPUTS, wanted}))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("measuring", total=None)
        measure(
            them,
            rounds,
            picture,
            region_of(config) if config else WHOLE,
            name,
            lambda: progress.update(task, total=rounds + 5, advance=1),
        )
    best = chosen(them, wanted)
    console.print(f"{entry.name} on {processor()}, {os.cpu_count()} cores, onnxruntime {RUNTIME_VERSION}", soft_wrap=True)
    console.print(_table(them, best))
    _say(console, best, wanted, config, entry, keep=keep)


def _say(
    console: Console, best: Candidate | None, wanted: Size, config: GateConfig | None, entry: ModelEntry, *, keep: bool
) -> None:
    console.print(
        "Milliseconds of a whole pass: median (least, 99th percentile). Absent: this onnxruntime was built without it.\n"
        f"Answers are alike within {BOX_PX:g} px of the input and {PROBABILITY:g} of probability.\n"
        "8 bits: the manifest names no such network (docs/decisions/0006)."
    )
    if best is None:
        what = "nothing on this machine runs the eye as it should"
        raise MenshenError(what, where=str(entry.file), remedy="Install Menshen again.")
    runner, size = best.runner, f"{wanted[0]}x{wanted[1]}"
    console.print(f"Best at {size}: [bold]{runner.provider}, {runner.threads} thread(s)[/], {best.median_ms:.2f} ms")
    if keep and config is not None:
        path = profile_path(config)
        store(EyeProfile.of(runner, entry.sha256), path)
        console.print(f"Stored in {path}; `menshen-edge run` uses it from its next start on.")


def _table(them: list[Candidate], best: Candidate | None) -> Table:
    sizes = sorted({one.input_px for one in them})
    table = Table(
        "provider",
        "threads",
        *[f"{width}x{height}" for width, height in sizes],
        "answers",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for column in table.columns[:-1]:
        column.no_wrap = True
    for runner in dict.fromkeys(one.runner for one in them):
        row = sorted((one for one in them if one.runner == runner), key=lambda one: one.input_px)
        refusal = next((one.refusal for one in row if one.refusal), None)
        alike = "[bold green]best[/]" if best is not None and runner == best.runner else "alike"
        threads = str(runner.threads) if any(one.times_ms for one in row) else ""
        table.add_row(runner.provider, threads, *map(_cell, row), refusal or alike)
    return table


def _cell(one: Candidate) -> str:
    if not one.times_ms:
        return "-"
    return f"{one.median_ms:.1f} ({min(one.times_ms):.1f}, {float(np.percentile(one.times_ms, 99)):.0f})"

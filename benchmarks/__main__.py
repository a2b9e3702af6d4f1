"""`python -m benchmarks [ROW ...]`: measures all rows or those named, prints a table, keeps `build/bench/<row>.json`."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.machine import Watch
from benchmarks.result import FOLDER, Figure, Result, write
from contract.console import told
from contract.errors import MenshenError

ROWS: Final = (
    "loop",
    "sensors",
    "vision",
    "small_parts",
    "looked_at",
    "thermal",
    "tracking",
    "thermal_wire",
    "mlx90640",
    "series",
    "kiosk",
    "screen",
    "alert",
    "busy_screen",
    "ingest",
    "memory",
    "cold_start",
)
Measure = Callable[[Path, Callable[[str], None]], Result]


def main() -> None:
    """Exit code 0 whether the figures hold or not: a busy machine is no fault of the code."""
    console = Console(highlight=False)
    wanted = sys.argv[1:] or list(ROWS)
    unknown = [name for name in wanted if name not in ROWS]
    if unknown:
        raise MenshenError(f"there is no row {unknown[0]!r}", remedy=f"Use any of: {', '.join(ROWS)}.")
    results = [_measure(name, console) for name in wanted]
    console.print(_table(results))
    console.print(f"written to {FOLDER}/; what the rows mean: docs/explanation/speed.md")


def _measure(name: str, console: Console) -> Result:
    # Named, not imported: a browser or a broker client must not sit in the process while the loop is measured.
    measure: Measure = import_module(f"benchmarks.{name}").measure
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="work-", dir=FOLDER)).resolve()
    console.print(f"[bold]{name}[/]")
    gc.collect()
    watch = Watch()
    try:
        result = measure(folder, lambda words: console.print(f"  {words} ..."))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    load = watch.load()
    write(result, load)
    console.print(f"  {load.took_s:.0f} s; of the machine, others used {load.others_share:.0%}, load {load.load_after:.1f}")
    return result


def _table(results: list[Result]) -> Table:
    table = Table("row", "what", "measured", "hold", "", title="Speed and size")
    for column in (2, 3):
        table.columns[column].justify = "right"
    for result in results:
        for index, figure in enumerate(result.figures):
            table.add_row(result.row if index == 0 else "", *_cells(figure))
        table.add_section()
    return table


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    hold = "" if figure.hold is None else f"<= {figure.hold:g} {figure.unit}"
    held = {None: "", True: "[green]held[/]", False: "[red]not held[/]"}[figure.held]
    return (
        figure.name,
        f"{figure.value:.3g} {figure.unit}" if figure.value < 100 else f"{figure.value:.0f} {figure.unit}",
        hold,
        held,
    )


if __name__ == "__main__":
    told(main)

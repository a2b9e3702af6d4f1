"""`menshen-edge circuit`: what is done to the simulated circuit and cameras of a running gate, and how its arm is."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console

from edge.app.circuit_hand import do
from edge.clock import SystemClock
from edge.config import GateConfig

WIRES: Final = {"loop": "loop_cut", "sense": "sense_cut", "clear": "clear_cut"}


def circuit(config: GateConfig, change: dict[str, Any], cut: str | None) -> None:
    """Do it, and print what stands."""
    wires = {} if cut is None else {key: name == cut for name, key in WIRES.items()}
    said = do(config.gate, change | wires, SystemClock())
    console = Console()
    for key in ("arm", "person_under", "fire", *WIRES.values(), "power", "passed", "left", "colour", "thermal"):
        console.print(f"{key:14}{said[key]}", highlight=False)

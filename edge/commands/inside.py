"""`menshen-edge inside`: how many people are inside, as the gate counts them or as somebody has counted."""

from __future__ import annotations

from rich.console import Console

from edge.app.head_count import occupancy_of, tell_heads
from edge.clock import SystemClock
from edge.config import GateConfig


def inside(config: GateConfig, people: int | None) -> None:
    """Tell the gate, or print what it knows."""
    console = Console()
    if people is not None:
        tell_heads(config.gate, people, SystemClock())
        console.print(f"told: {people} people are inside")
        return
    told = occupancy_of(config.gate)
    known = f"not known: {told['unknown']}" if told["people"] is None else f"{told['people']} people"
    limit = "no limit" if told["limit"] is None else f"limit {told['limit']}{', full' if told['full'] else ''}"
    console.print(f"inside: {known} ({limit})", highlight=False)
    console.print(f"drift: {told['clipped']} went out who had not been seen to go in", highlight=False)
    if told["left_over"] is not None:
        console.print(f"       {told['left_over']} were left over when it last began anew", highlight=False)

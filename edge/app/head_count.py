"""Somebody has counted how many people are inside, and tells the gate that runs."""

from __future__ import annotations

from typing import Any

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.clock import Clock


def occupancy_of(gate: str) -> dict[str, Any]:
    """What a running gate has counted: `people` (None: not known), `limit`, `clipped`, `left_over`, `unknown` (why).

    Raises MenshenError where it does not run, or nobody counts there.
    """
    board = RunDir.running(gate).board("gate")
    note: dict[str, Any] | None = (board.read() or {}).get("occupancy")
    board.close()
    if note is None:
        raise MenshenError(
            f"gate {gate} does not count people",
            where="occupancy.exit",
            remedy="Name who counts those that go out; start it again.",
        )
    return note


def tell_heads(gate: str, people: int, clock: Clock) -> None:
    """So many people are inside now. Raises MenshenError as `occupancy_of`."""
    occupancy_of(gate)
    board, now_s = RunDir.running(gate).board("heads"), clock.monotonic_s()
    board.post({"people": people, "told_s": now_s}, now_s)
    board.close()

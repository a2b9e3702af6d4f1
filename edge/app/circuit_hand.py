"""A hand at a simulated gate that runs: from another process, as somebody with a fire alarm, a pair of pliers or a coat."""

from __future__ import annotations

from typing import Any

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.sim.hand import Hand, from_note


def do(gate: str, change: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """Change what `Hand` names, and say how the circuit was just before. Raises MenshenError where no circuit runs."""
    rundir = RunDir.running(gate)
    boards = rundir.board("circuit"), rundir.board("hand")
    try:
        circuit, hand = boards
        state = circuit.read()
        if state is None:
            raise MenshenError(
                f"gate {gate} has no simulated circuit",
                where="simulation.circuit",
                remedy="Set it to true; start the gate again.",
            )
        before = hand.read()
        now = from_note((Hand().as_note() if before is None else before) | change)
        hand.post(now.as_note(), clock.monotonic_s())
        return state | now.as_note()
    finally:
        for board in boards:
            board.close()

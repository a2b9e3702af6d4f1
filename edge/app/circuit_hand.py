"""A hand at a simulated gate that runs: as somebody with a fire alarm, a pair of pliers, a coat or a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.clock import Clock
from edge.sim.hand import Hand, from_note


def do(gate: str, change: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """Change what `Hand` names, and say how the circuit was just before. Raises MenshenError where no circuit runs."""
    return _do(gate, lambda hand: from_note(hand.as_note() | change), clock)


def do_at_room(gate: str, change: dict[str, Any], clock: Clock) -> dict[str, Any]:
    """The same of what `RoomHand` names."""
    return _do(gate, lambda hand: replace(hand, room=replace(hand.room, **change)), clock)


def _do(gate: str, change: Callable[[Hand], Hand], clock: Clock) -> dict[str, Any]:
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
        now = change(Hand() if before is None else from_note(before))
        hand.post(now.as_note(), clock.monotonic_s())
        return state | now.as_note() | {"room": state.get("room", {}) | {"hand": asdict(now.room)}}
    finally:
        for board in boards:
            board.close()

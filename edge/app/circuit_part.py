"""The simulated circuit as a process of its own: it lives on when the gate's process is killed, as copper does."""

from __future__ import annotations

from typing import Any, Final

from edge.app.rundir import RunDir
from edge.clock import SystemClock
from edge.sim.circuit.circuit import Circuit
from edge.sim.circuit.lines import Lines
from edge.sim.circuit.room import RoomCircuit
from edge.sim.circuit.wiring import drive_of, wiring_of
from edge.sim.hand import Hand, from_note
from edge.stop import Stop

ROUND_S: Final = 0.01


def run_circuit(rundir: RunDir, stop: Stop) -> None:
    """Rounds until `stop`. What is done to the circuit stands on the board `hand`, what it does on the board `circuit`."""
    config, clock = rundir.config(), SystemClock()
    circuit = Circuit(wiring_of(config), drive_of(config), Lines(rundir.lines_path), clock.monotonic_s())
    room = None if config.room is None else RoomCircuit(config.room, Lines(rundir.room_lines_path), clock.monotonic_s())
    hand, board = rundir.board("hand"), rundir.board("circuit")
    told: dict[str, Any] = {}
    world = Hand()
    while not stop.wait(ROUND_S):
        now_s = clock.monotonic_s()
        if (note := hand.read()) is not None:
            world = from_note(note)
        circuit.advance(now_s, world)
        says = circuit.note
        if room is not None:
            room.advance(now_s, world.room)
            says |= {"room": room.note}
        if says == told:
            board.beat(now_s)
        else:
            told = says
            board.post(told, now_s)

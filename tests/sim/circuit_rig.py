"""The product's own drivers on a simulated circuit, in a time that a test moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gpiozero import Device

from edge.app.arm import wires_of
from edge.config import GateConfig
from edge.gate.entrance import Entrance
from edge.gate.opening import Opening
from edge.sim.circuit.circuit import Circuit
from edge.sim.circuit.lines import Lines
from edge.sim.circuit.pins import SharedFactory
from edge.sim.circuit.wiring import drive_of, wiring_of
from edge.sim.hand import Hand
from tests.clocks import FakeClock

ROUND_S = 0.04
LINES: dict[str, dict[str, Any]] = {
    "pulse": {"kind": "pulse", "line": 17, "arm_clear_line": 27, "open_s": 3.0},
    "self_timing": {"kind": "self_timing", "line": 17, "close_line": 22, "arm_clear_line": 27, "open_s": 3.0},
    "turnstile": {"kind": "turnstile", "line": 17, "open_s": 3.0},
}


def gate_with(barrier: str, folder: Path) -> GateConfig:
    """Settings of a simulated gate with this barrier."""
    return GateConfig.model_validate(
        {
            "gate": "rig",
            "colour": {"source": "simulated"},
            "thermal": {"source": "none"},
            "screening": {"temperature": False},
            "barrier": LINES[barrier],
            "inputs": {"fire_line": 24, "passage_line": 25},
            "simulation": {"circuit": True},
            "uplink": {"database": folder / "unused.db"},
        }
    )


class Rig:
    """A gate's side of the wires, which may die, and the circuit, which goes on."""

    def __init__(self, barrier: str, folder: Path) -> None:
        self._config, self.clock, self.hand = gate_with(barrier, folder), FakeClock(), Hand()
        self.lines = Lines.create(folder / "lines")
        self.circuit = Circuit(wiring_of(self._config), drive_of(self._config), self.lines, self.clock.now_s)
        self.said: list[tuple[str, str]] = []
        self.standing: list[str] = []
        self.visit: str | None = None
        self.circuit.advance(self.clock.now_s + 0.02, self.hand)
        self.start()

    def start(self) -> None:
        """The gate's process begins, whatever the one before it left on the lines."""
        Device.pin_factory = SharedFactory(self.lines, self.clock.monotonic_s)
        self._wires = wires_of(self._config, self.clock)
        self.opening = Opening(self._wires.barrier, self._config.barrier.open_s)
        self._entrance = Entrance(self._wires.barrier, self._wires.fire, self._wires.passage)
        self._entrance.assume(self.standing, self.clock.now_s)
        self.alive = True

    def die(self) -> None:
        """Kill -9, or a loop that stands still: the lines stay as they are."""
        self.alive = False

    def do(self, **change: Any) -> None:
        """Something happens around the arm."""
        self.hand = replace(self.hand, **change)

    def walk_in(self) -> None:
        """One more person goes in."""
        self.do(passed=self.hand.passed + 1)

    def pass_(self, visit: str = "v1") -> None:
        """PASS for somebody who stays in the zone."""
        self.visit = visit
        self.opening.want(visit, None, self.clock.now_s - 1.0)

    def run(self, seconds: float) -> None:
        """Rounds of the loop as long as it lives; the circuit in any case."""
        for _ in range(round(seconds / ROUND_S)):
            self.clock.advance(ROUND_S)
            self.circuit.advance(self.clock.now_s, self.hand)
            if self.alive:
                self._round()

    def _round(self) -> None:
        now_s = self.clock.now_s
        self.opening.round(self.visit, 0, now_s, fire=self._entrance.look(now_s))
        self.said += [(change.kind.value, change.state) for change in self._entrance.changes(self.opening.openings, now_s)]
        self.standing = self._entrance.raised

    @property
    def arm(self) -> str:
        return self.circuit.arm.doing

    @property
    def struck(self) -> int:
        return self.circuit.arm.struck

    def shut_after_s(self) -> float:
        """From the last word of the test's clock to when the arm was shut: run until then."""
        since_s = self.clock.now_s
        self.run(6.0)
        assert self.arm == "shut", self.circuit.note
        return self.circuit.arm.history[-1][0] - since_s

    def close(self) -> None:
        self._wires.close()

"""The room's own watch and drivers on a simulated circuit, in a time that a test moves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from gpiozero import Device

from edge.actuators.room_interlock import RoomInterlock
from edge.board import Board
from edge.config.room import RoomConfig
from edge.records import RecordRing
from edge.room.gas_meter import GasMeter
from edge.room.watch import EVERY_S, RoomWatch
from edge.sensors.reading import Reading, Trouble
from edge.sensors.room_gas import RoomGas
from edge.sim.circuit.lines import Lines
from edge.sim.circuit.pins import SharedFactory
from edge.sim.circuit.room import RoomCircuit
from edge.sim.hand import RoomHand
from tests.clocks import FakeClock

ROOM: dict[str, Any] = {
    "name": "ward-3",
    "agent": "uvc",
    "enable_line": 5,
    "feedback_line": 6,
    "key_line": 12,
    "reset_line": 13,
    "sign_line": 16,
    "buzzer_line": 18,
    "arming_s": 3.0,
    "run_s": 10.0,
    "door": {"line": 19, "second_line": 20},
    "motion": {"line": 21},
    "presence": {"line": 26, "beat_s": 0.3},
}


@contextmanager
def open_room(folder: Path, clock: FakeClock | None = None, **changes: Any) -> Iterator[RoomRig]:
    """A room with other settings where they are named, in its own time or one that others share; gpiozero is as it was then."""
    before, rig = Device.pin_factory, RoomRig(folder, clock, **changes)
    try:
        yield rig
    finally:
        rig.close()
        Device.pin_factory = before


class RoomRig:
    """The room's process, which may die, and the circuit, which goes on."""

    def __init__(self, folder: Path, clock: FakeClock | None = None, **changes: Any) -> None:
        self.told, self.clock, self.hand = RoomConfig.model_validate(ROOM | changes), clock or FakeClock(), RoomHand()
        self.lines = Lines.create(folder / "lines")
        self.circuit = RoomCircuit(self.told, self.lines, self.clock.now_s)
        self.board, self.ring = Board.create(folder / "board"), RecordRing.create(folder / "ring")
        self._gas = Board.create(folder / "gas")
        self.circuit.advance(self.clock.now_s + 0.02, self.hand)
        self.each_round: Callable[[], None] = lambda: None
        self.start()

    def start(self) -> None:
        """The process begins, whatever the one before it left on the lines."""
        Device.pin_factory = SharedFactory(self.lines, self.clock.monotonic_s)
        self._interlock = RoomInterlock(self.told)
        meter = None if self.told.ozone_meter is None else GasMeter(self.told.ozone_meter, self._gas)
        self._watch = RoomWatch(self.told, self._interlock, self.ring, self.board, self.clock, meter)
        self.alive = True

    def die(self) -> None:
        """Kill -9, or a process that stands still: the lines stay as they are."""
        self.alive = False

    def go_on(self) -> None:
        """The process that stood still goes on, as if nothing had been."""
        self.alive = True

    def do(self, **change: Any) -> None:
        """Something happens around the room."""
        self.hand = replace(self.hand, **change)

    def run(self, seconds: float) -> None:
        """Rounds as long as the process lives; the circuit in any case."""
        for _ in range(round(seconds / EVERY_S)):
            self.clock.advance(EVERY_S)
            self.circuit.advance(self.clock.now_s, self.hand)
            if self.alive:
                self._watch.round()
            self.each_round()

    def air(self, seconds: float, ppm: float | Trouble) -> None:
        """Time passes, and every 5 s the sensors' process has this of the meter."""
        for _ in range(round(seconds / 5.0)):
            RoomGas("meter", self._gas).take([Reading.of("meter", "ozone_ppm", ppm, self.clock.now_s)])
            self.run(5.0)

    def reset(self) -> None:
        """Somebody turns the key back, presses the button and lets it go."""
        self.do(key=False, button=True)
        self.run(0.2)
        self.do(button=False)
        self.run(0.2)

    def walk_out(self) -> None:
        """Somebody was inside, leaves, and shuts the door."""
        self.do(inside=True, door_open=True)
        self.run(1.0)
        self.do(inside=False, door_open=False)
        self.run(1.0)

    def burn(self) -> None:
        """From a process that has just started to a lamp that is on."""
        self.reset()
        self.walk_out()
        self.run(1.5)
        self.do(key=True)
        self.run(self.told.arming_s + 1.0)
        assert (self.state, self.lit) == ("running", True)

    @property
    def state(self) -> str:
        return self._watch.room.state.value

    @property
    def lit(self) -> bool:
        return self.circuit.lit

    @property
    def under_it_s(self) -> float:
        """How long somebody was inside while the lamp was on."""
        return self.circuit.under_it_s

    @property
    def sign(self) -> bool:
        return self.lines.output(self.told.sign_line)

    @property
    def note(self) -> dict[str, Any]:
        return self.board.read() or {}

    @property
    def said(self) -> list[tuple[str, str]]:
        """Every alarm, raised or returned."""
        told = [json.loads(record.data) for record in self.ring.waiting(1000)]
        return [(one["kind"], one["state"]) for one in told]

    def told_after_s(self, kind: str, since_s: float) -> float:
        """From this time to when the alarm was told."""
        later = [one for one in self.ring.waiting(1000) if one.mono_s >= since_s]
        [at_s] = [one.mono_s for one in later if json.loads(one.data)["kind"] == kind]
        return at_s - since_s

    def out_after_s(self, since_s: float) -> float:
        """From this time to when the lamp went out, while the test looks on for a second."""
        self.run(1.0)
        assert not self.lit
        return self.circuit.history[-1][0] - since_s

    def close(self) -> None:
        self._interlock.close()

"""The room of a gate with a simulated circuit, and what a test does at its door."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from edge.policy.room import State
from edge.sim.circuit.lines import Lines
from edge.sim.hand import RoomHand
from tests.system.arm import Arm
from tests.system.gate import Gate
from tests.system.until import until

SOON_S = 30.0
ENABLE_LINE, PULSE_S = 5, 0.05
ROOM = f"""
[room]
name = "ward-3"
agent = "uvc"
enable_line = {ENABLE_LINE}
feedback_line = 6
key_line = 12
reset_line = 13
sign_line = 16
arming_s = 2.0
run_s = 600.0

[room.door]
line = 19
second_line = 20

[room.motion]
line = 21
"""


class Room:
    """What a test sees of the room, and does to it."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._arm, self._hand = gate, Arm(gate), RoomHand()

    def do(self, **change: Any) -> float:
        """Something happens at the room. Returns when."""
        self._hand = replace(self._hand, **change)
        return self._arm.do(room=self._hand)

    def mend(self) -> None:
        """Nobody is there, and nothing is wrong any more."""
        self._hand = RoomHand()
        self._arm.mend()

    @property
    def state(self) -> str:
        """As the process that watches over it says."""
        return str(self._gate.note("room").get("state"))

    @property
    def _circuit(self) -> dict[str, Any]:
        return until(lambda: self._gate.note("circuit").get("room"), 10, "the circuit says how the room is")

    @property
    def lit(self) -> bool:
        return bool(self._circuit["lit"])

    def out_after_s(self, since_s: float) -> float:
        """Seconds from `since_s` to when the lamp went out."""
        until(lambda: not self.lit, SOON_S, lambda: f"the lamp is out: {self._circuit}")
        [*_, (out_s, lit)] = self._circuit["history"]
        assert not lit
        return float(out_s) - since_s

    def lit_since(self, since_s: float) -> bool:
        """Whether the lamp went on after `since_s`."""
        return any(lit and at_s > since_s for at_s, lit in self._circuit["history"])

    @contextmanager
    def asked_by_another(self) -> Iterator[None]:
        """Somebody pulses the line that asks for the lamp, and looks at nothing."""
        done, lines = threading.Event(), Lines(self._gate.rundir.room_lines_path)

        def pulse() -> None:
            while not done.wait(PULSE_S):
                for high in (False, True):
                    lines.put(ENABLE_LINE, high=high, now_s=time.monotonic())

        thread = threading.Thread(target=pulse)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            lines.close()

    def reset(self) -> None:
        """Somebody mends what was wrong, turns the key back, presses the button, and lets it go."""
        self.mend()
        self.do(button=True)
        self._seen(lambda note: note["sensors"]["door"] == "nobody", "the door is shut")
        self._seen(lambda note: note["button"] and not note["key"] and note["lamp"] == "off", "the button is pressed")
        self.do(button=False)
        until(lambda: self.state == State.IDLE, SOON_S, lambda: f"the room is idle: {self._gate.note('room')}")

    def burn(self) -> None:
        """From whatever was before to a lamp that is on."""
        self.reset()
        self.do(door_open=True, inside=True)
        self._seen(lambda note: not note["untried"], "the sensors have seen who went out")
        self.do(door_open=False, inside=False)
        self._seen(lambda note: set(note["sensors"].values()) == {"nobody"}, "nobody is inside")
        self.do(key=True)
        until(lambda: self.lit and self.state == State.RUNNING, SOON_S, lambda: f"the lamp is on: {self._gate.note('room')}")

    def _seen(self, what: Callable[[dict[str, Any]], bool], words: str) -> None:
        until(lambda: (note := self._gate.note("room")) and what(note), SOON_S, lambda: f"{words}: {self._gate.note('room')}")

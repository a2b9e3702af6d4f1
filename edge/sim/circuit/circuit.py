"""Timer, relays, fire contact, light barriers, drive and arm, moved on in small steps of time.

    fire panel --(loop)--> fire relay --contact 1--> power of the drive: without it a spring opens the arm
                                      `-contact 2--(sense)--> fire line of the gate
    open line --> timer --> relay --> drive --> arm
    light barrier under the arm --> the drive itself, and (clear) --> arm-clear line of the gate

Whatever the gate's process does, is or is not, the rest of it goes on.
"""

from __future__ import annotations

from typing import Any, Final

from edge.sim.circuit.arm import Arm
from edge.sim.circuit.beam import Beam
from edge.sim.circuit.drive import Drive
from edge.sim.circuit.lines import Level, Lines
from edge.sim.circuit.timer import Timer
from edge.sim.circuit.wiring import Wiring
from edge.sim.hand import Hand

STEP_S: Final = 0.005
TIMER_S: Final = 0.25
TRAVEL_S: Final = 0.5


class Circuit:
    """Call `advance` often; it catches up step by step, with every edge at its own time."""

    def __init__(self, wiring: Wiring, drive: Drive, lines: Lines, now_s: float, *, travel_s: float = TRAVEL_S) -> None:
        self._wiring, self._drive, self._lines = wiring, drive, lines
        self._open, self._shut = Timer(TIMER_S), Timer(TIMER_S)
        self.arm = Arm(travel_s)
        self._now_s = now_s
        self._seen = lines.count
        self._way_in, self._way_out = Beam(now_s), Beam(now_s)

    def advance(self, now_s: float, hand: Hand) -> None:
        """Go on to `now_s` (monotonic seconds) with the world as `hand` says."""
        edges = self._lines.edges(self._seen)
        self._seen += len(edges)
        while self._now_s + STEP_S <= now_s:
            self._now_s += STEP_S
            while edges and edges[0].at_s <= self._now_s:
                edge = edges.pop(0)
                self._edge(edge.line, edge.at_s, high=edge.high)
            self._step(hand)
        for edge in edges:  # newer than the last whole step
            self._edge(edge.line, edge.at_s, high=edge.high)

    def _edge(self, line: int, at_s: float, *, high: bool) -> None:
        if high and line == self._wiring.open_line:
            self._open.rise(at_s)
        if high and line == self._wiring.shut_line:
            self._shut.rise(at_s)

    def _step(self, hand: Hand) -> None:
        now_s, fire_relay = self._now_s, not (hand.fire or hand.loop_cut)
        driven = self._drive.up(
            now_s, open_relay=self._open.pulled(now_s), shut_relay=self._shut.pulled(now_s), beam_cut=hand.person_under
        )
        up = driven if fire_relay and hand.power else True
        self.arm.move(now_s, STEP_S, up=up, person_under=hand.person_under)
        self._set(self._wiring.fire_line, Level.LOW if fire_relay and not hand.sense_cut else Level.OPEN)
        self._set(self._wiring.arm_clear_line, Level.HIGH if not (hand.person_under or hand.clear_cut) else Level.LOW)
        self._set(self._wiring.passage_line, Level.LOW if self._way_in.closed(hand.passed, now_s) else Level.OPEN)
        self._set(self._wiring.exit_line, Level.LOW if self._way_out.closed(hand.left, now_s) else Level.OPEN)

    def _set(self, line: int | None, level: Level) -> None:
        if line is not None:
            self._lines.set_input(line, level)

    @property
    def note(self) -> dict[str, Any]:
        """What stands on the board `circuit`."""
        arm = self.arm
        return {"arm": arm.doing, "place": round(arm.place, 2), "struck": arm.struck, "history": list(arm.history)}

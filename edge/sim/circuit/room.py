"""A room under UV-C or ozone as copper: timer, hard-wired interlock, contactor, its feedback, and the sensors' second contacts.

    24 V --> door contact 1 --> motion contact 1 --+--> timer's relay --> contactor --> lamp
                                                   `--> the timer's reset         `-- (feedback) --> feedback line
    enable line --> timer
    door contact 2, motion contact 2, presence, key, reset button --> their lines

Whatever the room's process does, is or is not, the contactor drops when the timer, the door or somebody inside says so; and the
timer forgets what it was asked, so that a door that is shut again at once lights nothing.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from edge.config.room import RoomConfig
from edge.sim.circuit.circuit import STEP_S
from edge.sim.circuit.lines import Level, Lines
from edge.sim.circuit.timer import Timer
from edge.sim.hand import RoomHand

TIMER_S: Final = 0.25
CONTACTOR_S: Final = 0.03
"""It takes so long to pull and to drop."""
BEAT_S: Final = 0.08
"""A presence sensor that beats changes its contact so often."""
KEPT: Final = 64


class RoomCircuit:
    """Call `advance` often; it catches up step by step, with every edge at its own time."""

    def __init__(self, told: RoomConfig, lines: Lines, now_s: float) -> None:
        self._told, self._lines = told, lines
        self._timer = Timer(TIMER_S)
        self._driven, self._driven_s = False, float("-inf")
        self._now_s, self._seen = now_s, lines.count
        self.lit, self.under_it_s = False, 0.0
        self.history: deque[tuple[float, bool]] = deque(maxlen=KEPT)

    def advance(self, now_s: float, hand: RoomHand) -> None:
        """Go on to `now_s` (monotonic seconds) with the world as `hand` says."""
        edges = self._lines.edges(self._seen)
        self._seen += len(edges)
        rises = [edge.at_s for edge in edges if edge.high and edge.line == self._told.enable_line]
        while self._now_s + STEP_S <= now_s:
            self._now_s += STEP_S
            while rises and rises[0] <= self._now_s:
                self._timer.rise(rises.pop(0))
            self._step(self._now_s, hand)
        for at_s in rises:  # newer than the last whole step
            self._timer.rise(at_s)
        self._tell(self._now_s, hand)

    def _step(self, now_s: float, hand: RoomHand) -> None:
        open_, inside = hand.door_open, hand.inside
        if open_ or inside or hand.hard_cut:
            self._timer.clear()
        driven = self._timer.pulled(now_s)
        if driven != self._driven:
            self._driven, self._driven_s = driven, now_s
        contactor = self._driven if now_s - self._driven_s >= CONTACTOR_S else not self._driven
        lit = contactor or hand.welded
        if lit != self.lit:
            self.lit = lit
            self.history.append((round(now_s, 4), lit))
        if lit and inside:
            self.under_it_s += STEP_S

    def _tell(self, now_s: float, hand: RoomHand) -> None:
        told = self._told
        self._contact("door", told.door.line, told.door.second_line, nobody=not hand.door_open, hand=hand)
        self._contact("motion", told.motion.line, told.motion.second_line, nobody=not hand.inside, hand=hand)
        if (presence := told.presence) is not None:
            beats = presence.beat_s is None or int(now_s / BEAT_S) % 2 == 0
            self._contact("presence", presence.line, None, nobody=not hand.inside and beats, hand=hand)
        self._close(told.feedback_line, closed=not self.lit and "feedback" not in hand.cut)
        self._close(told.key_line, closed=hand.key and "key" not in hand.cut)
        self._close(told.reset_line, closed=hand.button and "reset" not in hand.cut)

    def _contact(self, name: str, line: int, second_line: int | None, *, nobody: bool, hand: RoomHand) -> None:
        nobody = nobody or name in hand.stuck
        self._close(line, closed=nobody and name not in hand.cut)
        if second_line is not None:
            self._close(second_line, closed=not nobody)

    def _close(self, line: int, *, closed: bool) -> None:
        self._lines.set_input(line, Level.LOW if closed else Level.OPEN)

    @property
    def sign(self) -> bool:
        """Whether the sign at the door is lit now."""
        return self._lines.output(self._told.sign_line)

    @property
    def note(self) -> dict[str, Any]:
        """What stands on the board `circuit`."""
        return {"lit": self.lit, "sign": self.sign, "under_it_s": round(self.under_it_s, 3), "history": list(self.history)}

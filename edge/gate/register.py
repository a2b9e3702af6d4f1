"""What was decided is written down with what was shown, and a PASS is handed on to the arm."""

from __future__ import annotations

from collections.abc import Callable

from contract.message import Message
from contract.messages.visit import Screened
from contract.topics import Kind
from contract.verdicts import Verdict
from edge.gate.announce import WallTime, recheck_alert, visit_data
from edge.gate.clean_hands import CleanHands
from edge.gate.opening import Opening
from edge.gate.shown_tokens import NOTHING, ShownTokens
from edge.lane.lane import Lane
from edge.lane.step import Announcement, Step

Record = Callable[[Kind, Message], int | None]
"""Puts a record into the ring: its number, or None where there is no room."""


class Register:
    """One entry for each decision, and one more where a badge, a pass, a choice of duty or clean hands come after it."""

    def __init__(
        self,
        lane: Lane,
        opening: Opening,
        shown: ShownTokens | None,
        record: Record,
        wall: WallTime,
        screened: Screened,
        *,
        replay: bool,
        hands: CleanHands | None = None,
    ) -> None:
        self._lane, self._opening, self._shown, self._record = lane, opening, shown, record
        self._wall, self._screened, self._replay = wall, screened, replay
        self._hands = hands

    def enter(self, step: Step) -> None:
        """Write down what a step of the lane has decided."""
        for said in step.announced:
            self._decided(said)
        if self._shown is not None:
            self._shown.forget(step.ended)
            for visit in self._shown.news:
                again = self._lane.again(visit)
                if again is not None:
                    self._write(again)
        told = {said.visit for said in step.announced}
        for visit in self._hands.take_news() if self._hands is not None else ():
            if visit not in told and (again := self._lane.again(visit)) is not None:
                self._write(again)

    def _decided(self, said: Announcement) -> None:
        number = self._write(said)
        if said.decision.verdict is Verdict.RECHECK:
            self._record(Kind.ALERT, recheck_alert(said, self._wall))
        if said.decision.verdict is Verdict.PASS:
            self._opening.want(said.visit, number, said.decided_s)

    def _write(self, said: Announcement) -> int | None:
        shown = NOTHING if self._shown is None or not said.shown else self._shown.of_visit(said.visit)
        return self._record(Kind.VISIT, visit_data(said, self._wall, self._screened, replay=self._replay, shown=shown))

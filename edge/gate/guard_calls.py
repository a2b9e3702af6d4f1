"""Guards called for visitors who need one, and told when they do not any more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract.messages.alert import AlertData, AlertKind
from contract.verdicts import Verdict
from edge.gate.announce import WallTime
from edge.gate.help_wanted import HelpWanted
from edge.lane.step import Step
from edge.policy.calling import Call, Summons
from edge.policy.rule import PATIENCE_S

_WORDS: Final[dict[Call, str]] = {
    Call.STUCK: f"The gate could not help this visitor for {PATIENCE_S:g} s",
    Call.REFUSING: "This visitor was asked about the mask again and again",
}


class GuardCalls:
    """Follows what the lane says; remembers whom a guard was called for."""

    def __init__(self, wall: WallTime, button: HelpWanted | None = None) -> None:
        self._wall, self._button = wall, button
        self._called: dict[str, AlertData] = {}

    def coming(self, now_s: float) -> bool:
        """Whether a guard is on the way: to somebody who is still there, or to whoever pressed the button."""
        return bool(self._called) or (self._button is not None and self._button.coming(now_s))

    def see(self, step: Step, now_s: float) -> Iterator[AlertData]:
        """What to tell: a call the moment it is made; its end when the visitor passes or is gone."""
        pressed = self._button.look(now_s) if self._button is not None else None
        if pressed is not None:
            yield pressed
        for summons in step.summons:
            alert = self._called[summons.visit] = self._alert(summons, now_s)
            yield alert
        passed = [said.visit for said in step.announced if said.decision.verdict is Verdict.PASS]
        for visit in (*passed, *step.ended):
            if visit in self._called:
                yield self._called.pop(visit).model_copy(update={"state": "returned"})

    def _alert(self, summons: Summons, now_s: float) -> AlertData:
        verdict, reason = summons.decision.verdict, summons.decision.reason
        told = verdict.value if reason is None else f"{verdict.value}, {reason.value}"
        detail = f"{_WORDS[summons.call]} (told: {told})."
        return AlertData(
            kind=AlertKind.GUARD_NEEDED,
            state="raised",
            subject=summons.visit,
            detail=detail,
            refused=summons.call is Call.REFUSING,
            raised=self._wall.at(now_s),
        )

"""From decisions to visitors: each visit once, when it is over, with the last temperature a decision rested on."""

from __future__ import annotations

from math import isfinite

from contract.verdicts import Reason, Verdict
from edge.lane.step import Announcement, Step
from edge.policy.reading import Reading
from edge.policy.rule import MIN_SAMPLES
from edge.policy.visitor import Visitor


class Visitors:
    """Remembers who is still there."""

    def __init__(self) -> None:
        self._there: dict[str, Visitor] = {}

    def left(self, step: Step, now_s: float) -> list[Visitor]:
        """Take a step of the lane in; gives those who have left and of whom a temperature, or its lack, is known."""
        for said in step.announced:
            self._there[said.visit] = _after(said, self._there.get(said.visit), now_s)
        gone = [self._there.pop(name) for name in step.ended if name in self._there]
        return [visitor for visitor in gone if visitor.cold or visitor.reading is not None]


def _after(said: Announcement, before: Visitor | None, now_s: float) -> Visitor:
    """The visitor with one more decision. A decision without a temperature takes none away."""
    flagged = said.decision.verdict is Verdict.RECHECK or (before is not None and before.flagged)
    cold = said.reading is None and said.decision.reason is Reason.COLD_SKIN
    reading = said.reading if said.reading is not None and said.settled and _settled(said.reading) else None
    if not cold and reading is None and before is not None:
        cold, reading = before.cold, before.reading
    return Visitor(now_s, reading, flagged, cold)


def _settled(reading: Reading) -> bool:
    return reading.samples >= MIN_SAMPLES and reading.reference_seen and isfinite(reading.core_c)

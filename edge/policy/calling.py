"""When a visitor needs a person: the gate cannot help, or is not heeded. Once a visit; that person decides what follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contract.verdicts import Verdict
from edge.policy.rule import PATIENCE_S, Decision

HEEDED_S: Final = 15.0
"""Standing there for so long with the same instruction about the mask is one more refusal."""

_STUCK: Final = frozenset({Verdict.WAIT, Verdict.CANNOT_MEASURE})
_REFUSED: Final = frozenset({Verdict.PUT_ON_MASK, Verdict.FIX_MASK})


class Call(StrEnum):
    """Why a guard is called."""

    STUCK = "stuck"  # neither a way in nor an instruction that helps for PATIENCE_S
    REFUSING = "refusing"  # asked about the mask as often as the site allows


@dataclass(frozen=True, slots=True)
class Summons:
    """A guard is wanted for one visit, which is being told `decision`."""

    visit: str
    call: Call
    decision: Decision


@dataclass(slots=True)
class Caller:
    """What one visit has been told so far. `refusals_allowed`: at so many a guard is called; 0 never calls for that."""

    refusals_allowed: int
    refusals: int = 0
    called: Call | None = None
    _refused_s: float | None = None
    _stuck_since_s: float | None = None

    def see(self, decision: Decision, now_s: float) -> Call | None:
        """Take in what the visitor, who is there, is told now. The reason to call, at the moment there first is one."""
        self._count(decision, now_s)
        if decision.verdict not in _STUCK:
            self._stuck_since_s = None
        elif self._stuck_since_s is None:
            self._stuck_since_s = now_s
        call = self._call(now_s)
        if call is None or self.called is not None:
            return None
        self.called = call
        return call

    def _count(self, decision: Decision, now_s: float) -> None:
        if decision.verdict not in _REFUSED:
            # Looking away, or a hand before the mouth, is no mask put on.
            self._refused_s = self._refused_s if decision.verdict is Verdict.WAIT else None
        elif self._refused_s is None or now_s - self._refused_s >= HEEDED_S:
            self._refused_s = now_s
            self.refusals += 1

    def _call(self, now_s: float) -> Call | None:
        if 0 < self.refusals_allowed <= self.refusals:
            return Call.REFUSING
        if self._stuck_since_s is not None and now_s - self._stuck_since_s >= PATIENCE_S:
            return Call.STUCK
        return None

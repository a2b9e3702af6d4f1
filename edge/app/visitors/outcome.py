"""What came of one visitor, held against what was true."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from contract.verdicts import Mask, Reason, Verdict

STOPS: Final = frozenset({Verdict.RECHECK, Verdict.PUT_ON_MASK, Verdict.FIX_MASK})


class Cause(StrEnum):
    """Why a PASS was wrong."""

    NO_MASK = "no_mask"
    WORN_WRONG = "worn_wrong"
    WARM = "warm"
    ANOTHER_S = "another_s"


@dataclass(frozen=True, slots=True)
class Told:
    """One decision about the visitor, and what was true of mask and temperature then."""

    verdict: Verdict
    reason: Reason | None
    at_s: float
    mask: Mask
    warm: bool

    @property
    def admissible(self) -> bool:
        return self.mask is Mask.WORN and not self.warm


@dataclass(slots=True)
class Outcome:
    """Times are seconds of the simulation.

    Attributes:
        mask, warm: as the visitor came.
        near_s: when the face was first near enough.
        told: every decision that was recorded of this visitor, but WAIT.
        through: went through the gate rather than aside.
        on_another_s: went through while the PASS was somebody else's.
        left_s: out of view.
    """

    mask: Mask
    warm: bool
    near_s: float | None = None
    told: list[Told] = field(default_factory=list)
    through: bool = False
    on_another_s: bool = False
    left_s: float | None = None

    @property
    def wrong_passes(self) -> set[Cause]:
        """Empty where no PASS was wrong."""
        wrong = [one for one in self.told if one.verdict is Verdict.PASS and not one.admissible]
        causes = {cause for one in wrong for cause in _causes(one)}
        return causes | ({Cause.ANOTHER_S} if self.on_another_s else set())

    @property
    def wrong_stops(self) -> set[Verdict]:
        """What was said to somebody with a mask worn well and below the limit, that it should not have been."""
        return {one.verdict for one in self.told if one.verdict in STOPS and one.admissible}

    @property
    def passed(self) -> bool:
        return any(one.verdict is Verdict.PASS for one in self.told)

    @property
    def last(self) -> Verdict | None:
        """None where nothing was decided."""
        return self.told[-1].verdict if self.told else None

    @property
    def waited_s(self) -> float | None:
        """From near enough to the first decision; None where there was none."""
        return None if self.near_s is None or not self.told else self.told[0].at_s - self.near_s


def _causes(told: Told) -> set[Cause]:
    causes = {Cause.WARM} if told.warm else set()
    match told.mask:
        case Mask.ABSENT:
            return causes | {Cause.NO_MASK}
        case Mask.WORN_WRONG:
            return causes | {Cause.WORN_WRONG}
        case Mask.WORN | Mask.UNSURE:
            return causes

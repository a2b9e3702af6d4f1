"""Cases: one for every alert about a person. Nobody is ever folded into another."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class CaseState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Alarming(StrEnum):
    """Why a case became an alarm."""

    UNTAKEN = "untaken"  # nobody took it in time
    REFUSAL = "refusal"  # asked about the mask again and again
    SECOND_READING = "second_reading"  # above the limit a second time


UNTAKEN_MS: Final = 120_000
"""A case that nobody has taken for so long is an alarm (our own figure: a person waits there)."""
LATE_MS: Final = 3_600_000
"""Nobody waits any more for a case that is older when the cloud first hears of it: it stands in the queue, and is no alarm."""


class CaseMove(StrEnum):
    TAKE = "take"
    CLOSE = "close"


CASE_MOVES: Final[dict[tuple[CaseState, CaseMove], CaseState]] = {
    (CaseState.OPEN, CaseMove.TAKE): CaseState.TAKEN,
    (CaseState.TAKEN, CaseMove.CLOSE): CaseState.CLOSED,
}
"""A case nobody took cannot be closed."""


def case_after(state: CaseState, move: CaseMove) -> CaseState | None:
    """The state `move` leads to, or None where it is not allowed."""
    return CASE_MOVES.get((state, move))

"""Cases: one for every alert about a person. Nobody is ever folded into another."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class CaseState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


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

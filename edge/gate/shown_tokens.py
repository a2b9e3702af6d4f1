"""Which badge or pass was shown just now: said with the visit it came with, on the screen, and at a gate for staff only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from contract.tokens import TokenKind
from edge.board import Board

GOES_WITH_S: Final = 15.0
"""A badge or pass belongs to the decisions of so many seconds after it was shown, of one person alone in the zone."""
ON_SCREEN_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class WithVisit:
    """What a visit is said with."""

    badge: str | None = None
    visitor_pass: str | None = None


NOTHING: Final = WithVisit()


class ShownTokens:
    """Reads the board of the process that looks for codes, at no cost while it does not change."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._version = board.version
        self._note: dict[str, Any] = {}
        self._visit = ""
        self._counted = False

    def look(self) -> None:
        """See what is new. What stands there when the loop begins was shown to the loop before it."""
        if self._board.version != self._version:
            self._version = self._board.version
            self._note, self._visit, self._counted = self._board.read() or {}, "", False

    def of_visit(self, visit: str, in_zone: int, now_s: float) -> WithVisit:
        """What goes with a decision about this visit: it belongs to the first one said, and to nobody but one alone."""
        if "holder" not in self._note or not self._within(GOES_WITH_S, now_s) or self._visit not in {"", visit} or in_zone != 1:
            return NOTHING
        self._visit = visit
        holder = str(self._note["holder"])
        return WithVisit(badge=holder) if self._note["kind"] == TokenKind.BADGE else WithVisit(visitor_pass=holder)

    def of(self, visit: str, now_s: float) -> bool:
        """Whether a good staff badge was shown just now, by this visit. True once for each badge shown."""
        if self._counted or self.of_visit(visit, 1, now_s).badge is None:
            return False
        self._counted = True
        return True

    def on_screen(self, now_s: float) -> str | None:
        """`badge`, `pass` or `refused` for a moment after one was shown."""
        if not self._within(ON_SCREEN_S, now_s):
            return None
        return "refused" if self._note.get("refused") else str(self._note.get("kind"))

    def _within(self, seconds: float, now_s: float) -> bool:
        return now_s - float(self._note.get("shown_s", float("-inf"))) < seconds

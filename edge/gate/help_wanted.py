"""Somebody pressed the help button of the visitor's screen: a guard is called, whatever the cameras see."""

from __future__ import annotations

import uuid
from typing import Final

from contract.messages.alert import AlertData, AlertKind
from edge.board import Board
from edge.gate.announce import WallTime

AGAIN_S: Final = 60.0
"""Presses within so long are one call, and the screen says meanwhile that somebody is coming."""
RECENT_S: Final = 30.0
"""A press so short before the loop began may not have been told by the loop before it: it is told (again)."""
DETAIL: Final = "Somebody pressed the help button of the visitor's screen."


class HelpWanted:
    """Looks at the kiosk's note, at no cost while it does not change."""

    def __init__(self, board: Board, wall: WallTime, now_s: float) -> None:
        self._board, self._wall = board, wall
        note = board.read() or {}
        missed = now_s - note.get("pressed_s", float("-inf")) <= RECENT_S
        self._version = -1 if missed else board.version
        self._called_s = float("-inf")

    def coming(self, now_s: float) -> bool:
        """Whether somebody was called lately."""
        return now_s - self._called_s < AGAIN_S

    def look(self, now_s: float) -> AlertData | None:
        """A call, where the button was pressed and nobody is on the way. Its subject is no visit: a case of its own."""
        if self._board.version == self._version:
            return None
        self._version = self._board.version
        if self.coming(now_s):
            return None
        self._called_s = now_s
        return AlertData(
            kind=AlertKind.GUARD_NEEDED,
            state="raised",
            subject=f"help-{uuid.uuid4().hex[:12]}",
            detail=DETAIL,
            raised=self._wall.at(now_s),
        )

"""Which badge or pass was shown just now, and by which visit: for its record, the screen, and where not everybody is let in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from contract.tokens import TokenKind
from contract.verdicts import Duty
from edge.board import Board
from edge.lane.bearer import Bearer

GOES_WITH_S: Final = 15.0
"""A badge or pass belongs to whoever stands there alone within so many seconds after it was shown."""
ON_SCREEN_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class WithVisit:
    """What a visit is said with. A badge makes it a staff check, in the middle of the shift unless its holder says otherwise.

    `code_refused`: why what was shown was not taken; the pass is then the refused one, and nothing that is good was shown.
    """

    badge: str | None = None
    visitor_pass: str | None = None
    duty: Duty | None = None
    code_refused: str | None = None

    @property
    def good(self) -> bool:
        """Whether a badge or a pass was taken."""
        return self.code_refused is None and (self.badge or self.visitor_pass) is not None


NOTHING: Final = WithVisit()


class ShownTokens:
    """Reads the boards of the process that looks for codes and of the visitor's screen, at no cost while they do not change.

    What stands there when the loop begins was for the loop before it.
    """

    def __init__(self, board: Board, chosen: Board) -> None:
        self._board, self._chosen = board, chosen
        self._version, self._chosen_version = board.version, chosen.version
        self._note = board.read() or {}
        self._taken = True
        self._with: dict[str, WithVisit] = {}
        self._news: set[str] = set()

    def look(self) -> None:
        """See what is new."""
        if self._board.version != self._version:
            self._version = self._board.version
            note = self._board.read() or {}
            if note.get("shown_s") != self._note.get("shown_s"):
                self._taken = False
            self._note = note
        if self._chosen.version != self._chosen_version:
            self._chosen_version = self._chosen.version
            self._choose(self._chosen.read() or {})

    def _choose(self, note: dict[str, Any]) -> None:
        """The holder of a badge has said, on the screen, that the shift begins or ends."""
        visit, before = str(note.get("visit")), self._with.get(str(note.get("visit")), NOTHING)
        if before.badge is not None:
            self._keep(visit, replace(before, duty=Duty(note["duty"])))

    def of(self, visit: str, now_s: float) -> Bearer | None:
        """What was shown just now, by this visit. Once for each badge or pass shown; one that was refused opens nothing."""
        told = "holder" in self._note or "why" in self._note
        if self._taken or not told or not self._within(GOES_WITH_S, now_s):
            return None
        self._taken = True
        before = self._with.get(visit, NOTHING)
        if "why" in self._note:
            return self._refused(visit, before)
        before = before if before.good else NOTHING
        holder, badge = str(self._note["holder"]), self._note["kind"] == TokenKind.BADGE
        if not badge:
            self._keep(visit, replace(before, visitor_pass=holder))
        elif before.badge != holder:  # a fresh code of the same badge changes nothing
            self._keep(visit, replace(before, badge=holder, duty=Duty.DURING))
        return Bearer(shown=True, staff=badge, listed=bool(self._note.get("listed")))

    def _refused(self, visit: str, before: WithVisit) -> Bearer | None:
        """For the record only. Who holds up a pass again that was taken a moment ago has a good one."""
        if before.good:
            return None
        self._keep(visit, WithVisit(visitor_pass=self._note["pass"], code_refused=str(self._note["why"])))
        return Bearer(shown=True)

    def _keep(self, visit: str, now: WithVisit) -> None:
        if now != self._with.get(visit):
            self._with[visit] = now
            self._news.add(visit)

    def of_visit(self, visit: str) -> WithVisit:
        """What this visit is said with; it is told by this."""
        self._news.discard(visit)
        return self._with.get(visit, NOTHING)

    @property
    def news(self) -> tuple[str, ...]:
        """Visits of which there is something to say that was not said yet."""
        return tuple(sorted(self._news))

    def forget(self, ended: Iterable[str]) -> None:
        """These visits are over."""
        for visit in ended:
            self._with.pop(visit, None)
            self._news.discard(visit)

    def check(self, visit: str | None) -> dict[str, str] | None:
        """For the screen, while the holder of a badge stands there: which visit it is, and what was chosen."""
        duty = None if visit is None else self._with.get(visit, NOTHING).duty
        return None if visit is None or duty is None else {"visit": visit, "duty": duty.value}

    @property
    def notes(self) -> dict[str, str]:
        """What the health message says besides: nobody can enter a key area whose list cannot be read."""
        return {"allow_list": "unreadable"} if self._note.get("list_trouble") else {}

    def on_screen(self, now_s: float) -> str | None:
        """`badge`, `pass` or `refused` for a moment after one was shown."""
        if not self._within(ON_SCREEN_S, now_s):
            return None
        return "refused" if self._note["refused"] else str(self._note["kind"])

    def _within(self, seconds: float, now_s: float) -> bool:
        return now_s - float(self._note.get("shown_s", float("-inf"))) < seconds

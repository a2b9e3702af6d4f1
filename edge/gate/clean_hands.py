"""Who has disinfected their hands: by a dispenser that was used, or by their own word on the kiosk."""

from __future__ import annotations

from collections import deque
from typing import Final

from contract.verdicts import Hands
from edge.board import Board

MOST: Final = 20
"""Uses that wait for somebody; of more, the oldest are nobody's."""


class CleanHands:
    """Reads the boards of the sensors' process and of the visitor's screen, at no cost while they do not change.

    What stands there when the loop begins was before its time. One use is one person's, of whoever stands there alone first.
    """

    def __init__(self, uses: Board, said: Board, within_s: float) -> None:
        self._uses, self._said, self._within_s = uses, said, within_s
        self._uses_version, self._said_version = uses.version, said.version
        self._total = int((uses.read() or {}).get("uses", 0))
        self._waiting: deque[float] = deque(maxlen=MOST)
        self._confirmed: str | None = None
        self._news: list[str] = []

    def look(self) -> None:
        """See what is new."""
        if self._uses.version != self._uses_version:
            self._uses_version = self._uses.version
            self._count(self._uses.read() or {})
        if self._said.version != self._said_version:
            self._said_version = self._said.version
            self._confirmed = str((self._said.read() or {}).get("visit"))

    def _count(self, note: dict[str, float]) -> None:
        total = int(note.get("uses", 0))
        # A process of sensors that began anew counts from nothing.
        more = total - self._total if total >= self._total else total
        self._total = total
        self._waiting.extend([float(note.get("used_s", 0.0))] * min(more, MOST))

    def of(self, visit: str, now_s: float) -> Hands:
        """Of a visit that stands there alone, and of which nothing better is known."""
        while self._waiting and now_s - self._waiting[0] > self._within_s:
            self._waiting.popleft()
        if self._waiting:
            self._waiting.popleft()
            self._news.append(visit)
            return Hands.DISPENSER
        if self._confirmed == visit:
            self._confirmed = None
            self._news.append(visit)
            return Hands.CONFIRMED
        return Hands.NONE

    def take_news(self) -> list[str]:
        """Visits of which more is known than before; each is told once."""
        news, self._news = self._news, []
        return news

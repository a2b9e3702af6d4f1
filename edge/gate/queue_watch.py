"""Who waits before this gate, for its health message: whoever is in view and not being served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from contract.messages.health import QueueData
from contract.verdicts import Verdict
from edge.lane.crowd import Crowd
from edge.lane.step import Screen
from edge.lane.visit import Face

MOST: Final = 1000


class QueueWatch:
    """Hand in the faces of every picture, with what the screen says to those in the zone."""

    def __init__(self) -> None:
        self._crowd = Crowd()

    def see(self, faces: Sequence[Face], screen: Screen, now_s: float) -> None:
        """Take in one picture. Where the way in is held everybody waits; otherwise one of those in the zone has the turn."""
        held = screen.decision is not None and screen.decision.verdict is Verdict.HOLD
        self._crowd.see(faces, now_s, 0 if held else min(1, screen.in_zone))

    def take(self, now_s: float) -> QueueData | None:
        """Since the last call; None where there was no picture."""
        waiting = self._crowd.take(now_s)
        if waiting is None:
            return None
        longest_s = waiting.longest_s
        return QueueData(people=min(waiting.people, MOST), longest_s=None if longest_s is None else round(longest_s, 1))

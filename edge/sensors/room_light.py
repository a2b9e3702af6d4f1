"""Whether the lamp of the room is on: what the room's process says on its board. Read, never waited for, and never written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from edge.board import Board
from edge.policy.room import State
from edge.policy.room_facts import Lamp

SILENT_S: Final = 0.5
"""A room's process that has made no round for so long asks for no lamp: its timer went out after 0.25 s."""
ASKED: Final = frozenset({State.RUNNING.value, State.STOPPING.value})
"""A feedback that says "on" elsewhere is a broken wire as often as a lamp; that is the alarm `room_lamp`, and no run."""


@dataclass(frozen=True, slots=True)
class Light:
    """`since_s`: when the state began in which the lamp is on, monotonic seconds."""

    on: bool
    since_s: float


DARK: Final = Light(on=False, since_s=0.0)


class RoomLight:
    """Ask as often as you like."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def look(self, now_s: float) -> Light:
        """On only where the room's process lives, asks for it, and has its feedback."""
        note = self._board.read()
        if note is None or now_s - self._board.beat_s > SILENT_S:
            return DARK
        return Light(on=note["lamp"] == Lamp.ON.value and note["state"] in ASKED, since_s=float(note["since_s"]))

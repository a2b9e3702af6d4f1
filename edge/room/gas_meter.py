"""What a room's ozone meter says, taken from the board where the sensors' process leaves it. It waits for nothing."""

from __future__ import annotations

from typing import Final

from edge.board import Board
from edge.config.room import OzoneMeter
from edge.policy.room_facts import Gas, GasRead

LOOK_S: Final = 0.5
_LOST: Final = GasRead(Gas.LOST, float("-inf"))


class GasMeter:
    """Ask `look` every round; the board is read every LOOK_S. A process of sensors that is gone is a meter that is lost."""

    def __init__(self, told: OzoneMeter, board: Board) -> None:
        self._told, self._board = told, board
        self._note: dict[str, float | None] | None = None
        self._looked_s = float("-inf")

    def look(self, now_s: float) -> GasRead:
        """LOST where it has no value, or an old one."""
        if now_s - self._looked_s >= LOOK_S:
            self._note, self._looked_s = self._board.read(), now_s
        if self._note is None:
            return _LOST
        ppm, taken_s = self._note["ppm"], self._note["taken_s"]
        if ppm is None or taken_s is None or not 0.0 <= now_s - taken_s <= self._told.fresh_s:
            return _LOST
        return GasRead(Gas.LOW if ppm <= self._told.low_ppm else Gas.HIGH, taken_s)

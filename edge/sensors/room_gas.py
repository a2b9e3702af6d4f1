"""The ozone meter of a room, for the process that watches over it: a board of its own, so small that reading it costs nothing."""

from __future__ import annotations

from collections.abc import Iterable

from edge.board import Board
from edge.sensors.reading import Reading


class RoomGas:
    """Hand in what was read. `sensor`: the meter's name, None where the room has none."""

    def __init__(self, sensor: str | None, board: Board) -> None:
        self._sensor, self._board = sensor, board

    def take(self, readings: Iterable[Reading]) -> None:
        """Put the meter's newest reading on the board, also that it has no value."""
        for one in readings:
            if one.sensor == self._sensor and one.quantity == "ozone_ppm":
                self._board.post({"ppm": one.value, "taken_s": one.taken_s}, one.taken_s)

"""Uses of dispensers, from counters that only rise: for the gate, which asks whether somebody has disinfected their hands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from edge.board import Board
from edge.sensors.reading import Reading

COUNTER: Final = "count"


class Dispensers:
    """Hand in what was read. A counter's first value, and its first after a silence, says nothing of when it rose."""

    def __init__(self, names: Collection[str], board: Board) -> None:
        self._names, self._board = frozenset(names), board
        self._counted: dict[str, float] = {}
        self._total = 0

    def take(self, readings: Iterable[Reading]) -> None:
        """Put a rise on the board: how many uses there were since this process began, and when the newest was heard of."""
        for one in readings:
            if one.quantity != COUNTER or one.sensor not in self._names:
                continue
            before = self._counted.pop(one.sensor, None)
            if one.value is None:
                continue
            self._counted[one.sensor] = one.value
            if before is not None and one.value > before:
                self._total += round(one.value - before)
                self._board.post({"uses": self._total, "used_s": one.taken_s}, one.taken_s)

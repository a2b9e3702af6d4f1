"""A beam or contact that people pass one after the other, however many are said to have passed at once."""

from __future__ import annotations

from typing import Final

PASSING_S: Final = 0.15
"""A person closes it for so long, and the next one comes twice as long after."""


class Beam:
    """Call `closed` in small steps of time."""

    def __init__(self, now_s: float) -> None:
        self._passed = 0
        self._until_s = self._free_s = now_s

    def closed(self, passed: int, now_s: float) -> bool:
        """Whether somebody is in it now, with so many said to have passed since the start."""
        if self._passed < passed and now_s >= self._free_s:
            self._passed += 1
            self._until_s = now_s + PASSING_S
            self._free_s = self._until_s + 2 * PASSING_S
        return now_s < self._until_s

"""Two sub-pages make a picture, if they followed one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LATEST: Final = 1.5
"""Periods between two sub-pages that followed one another; after two, one was skipped."""


@dataclass(frozen=True, slots=True)
class _Half:
    subpage: int
    arrived_s: float


class Halves:
    """Says when a picture is whole. An older half is never joined to a newer one: it is dropped, and counted.

    Attributes:
        repeated: how often the same sub-page came again.
        skipped: how often the other sub-page came too late.
    """

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._waiting: _Half | None = None
        self.repeated = 0
        self.skipped = 0

    def add(self, subpage: int, arrived_s: float) -> float | None:
        """The middle of both halves' arrivals, monotonic seconds, where this one makes a picture whole, else None."""
        first, second = self._waiting, _Half(subpage, arrived_s)
        self._waiting = second
        if first is None:
            return None
        if first.subpage == subpage:
            self.repeated += 1
            return None
        if arrived_s - first.arrived_s > _LATEST * self._period_s:
            self.skipped += 1
            return None
        self._waiting = None
        return (first.arrived_s + arrived_s) / 2

    def forget(self) -> None:
        """What waits is not to be joined: the sub-page after it could not be read."""
        self._waiting = None

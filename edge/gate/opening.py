"""From PASS to the arm: at the writer's commit or after 150 ms, whichever is first, and only while the PASS still holds.

A command to open once goes the same way, for the person who stands there: it needs no PASS, and a PASS that ends ends it not.
While there is fire the drive is asked to open again and again, and never to shut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from edge.actuators.barrier import Barrier

LATEST_S: Final = 0.150
FIRE_S: Final = 3.0
FIRE_AGAIN_S: Final = 1.0
"""While there is fire the arm is asked up for FIRE_S, anew every FIRE_AGAIN_S, and at once where it locked after a passage."""


@dataclass(frozen=True, slots=True)
class _Pending:
    visit: str
    record: int | None
    decided_s: float

    def due(self, committed: int, now_s: float) -> bool:
        written = self.record is not None and committed >= self.record
        return written or now_s - self.decided_s >= LATEST_S


class Opening:
    """Holds a PASS until its record is on disk; never waits for the disk longer than LATEST_S."""

    def __init__(self, barrier: Barrier, open_s: float) -> None:
        self._barrier = barrier
        self._open_s = open_s
        self._pending: _Pending | None = None
        self._ordered: _Pending | None = None
        self._opened_for: str | None = None
        self.fire = False
        """Whether there is fire: the arm is held up and nothing shuts it."""
        self._fire_again_s = 0.0
        self.openings = 0
        """How many people it was opened for since the start; fire is nobody."""

    @property
    def pending(self) -> bool:
        return self._pending is not None or self._ordered is not None

    def want(self, visit: str, record: int | None, decided_s: float) -> None:
        """A PASS was decided; `record` is its number in the ring, None where the ring had no room."""
        self._pending = _Pending(visit, record, decided_s)

    def want_once(self, record: int | None, now_s: float) -> None:
        """Somebody ordered it for a person who is there; `record` is the order's number in the ring."""
        self._ordered = _Pending("", record, now_s)

    def close(self) -> None:
        """Open for nobody who was decided on until now; let the arm down."""
        self._pending = self._ordered = self._opened_for = None
        self._shut()

    def round(self, passing: str | None, committed: int, now_s: float, *, fire: bool = False) -> None:
        """Open when it is time; let the arm down when the PASS no longer holds, or the fire is over."""
        self._see_fire(fire, now_s)
        pending = self._pending
        if pending is not None:
            if passing != pending.visit:
                self._pending = None
            elif pending.due(committed, now_s):
                self._let_in()
                self._opened_for, self._pending = pending.visit, None
        if self._opened_for is not None and passing != self._opened_for:
            self._opened_for = None
            self._shut()
        if self._ordered is not None and self._ordered.due(committed, now_s):
            self._let_in()
            self._ordered = self._opened_for = None
        self._barrier.tick(now_s)

    def _let_in(self) -> None:
        self.openings += 1
        if not self.fire:  # in a fire it is up already, and for longer
            self._barrier.open_for(self._open_s)

    def _shut(self) -> None:
        if not self.fire:
            self._barrier.shut()

    def _see_fire(self, fire: bool, now_s: float) -> None:
        if fire and (now_s >= self._fire_again_s or not self._barrier.is_open):
            self._fire_again_s = now_s + FIRE_AGAIN_S
            self._barrier.open_for(FIRE_S)
        was, self.fire = self.fire, fire
        if was and not fire:
            self._fire_again_s = 0.0
            self._barrier.shut()

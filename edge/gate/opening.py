"""From PASS to the arm: at the writer's commit or after 150 ms, whichever is first, and only while the PASS still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from edge.actuators.barrier import Barrier

LATEST_S: Final = 0.150


@dataclass(frozen=True, slots=True)
class _Pending:
    visit: str
    record: int | None
    decided_s: float


class Opening:
    """Holds a PASS until its record is on disk; never waits for the disk longer than LATEST_S."""

    def __init__(self, barrier: Barrier, open_s: float) -> None:
        self._barrier = barrier
        self._open_s = open_s
        self._pending: _Pending | None = None
        self._opened_for: str | None = None

    @property
    def pending(self) -> bool:
        return self._pending is not None

    def want(self, visit: str, record: int | None, decided_s: float) -> None:
        """A PASS was decided; `record` is its number in the ring, None where the ring had no room."""
        self._pending = _Pending(visit, record, decided_s)

    def round(self, passing: str | None, committed: int, now_s: float) -> None:
        """Open when it is time; let the arm down when the PASS no longer holds."""
        pending = self._pending
        if pending is not None:
            written = pending.record is not None and committed >= pending.record
            if passing != pending.visit:
                self._pending = None
            elif written or now_s - pending.decided_s >= LATEST_S:
                self._barrier.open_for(self._open_s)
                self._opened_for, self._pending = pending.visit, None
        if self._opened_for is not None and passing != self._opened_for:
            self._opened_for = None
            self._barrier.shut()
        self._barrier.tick(now_s)

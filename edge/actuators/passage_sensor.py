"""Who has gone in, or out: a contact that closes once for each person."""

from __future__ import annotations

from typing import Final

from edge.actuators.gpio import contact

STUCK_S: Final = 60.0
"""Closed for so long, the contact is not a person: something blocks it, or a wire touches ground."""


class PassageSensor:
    """Ask `look` every round, at least every 100 ms: a shorter closing may be missed.

    Args:
        line: GPIO line (BCM number); the contact goes to ground and is open at rest.
        gap_s: two closings less than this apart are one person whose arm swings.
        key: the setting that names the line.

    Raises:
        BarrierError: the line cannot be had.
    """

    def __init__(self, line: int, gap_s: float, key: str = "inputs.passage_line") -> None:
        self._key = key
        self._contact = contact(line, key)
        self._gap_s = gap_s
        self._closed = False
        self._left_s = float("-inf")
        self._closed_since_s = 0.0
        self.trouble: str | None = None
        """Why its count cannot be believed now, in words; None where it can."""
        self.passed = 0
        """People since the start."""

    def look(self, now_s: float) -> int:
        """Look at the contact; `passed` as it is then."""
        closed = self._contact.is_active
        if closed and not self._closed:
            self._closed_since_s = now_s
            self.passed += now_s - self._left_s >= self._gap_s
        if closed:
            self._left_s = now_s
        stuck = closed and now_s - self._closed_since_s >= STUCK_S
        self.trouble = f"the contact {self._key} has been closed for {STUCK_S:.0f} s" if stuck else None
        self._closed = closed
        return self.passed

    def close(self) -> None:
        self._contact.close()

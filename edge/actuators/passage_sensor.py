"""Who has gone in: a contact that closes once for each person."""

from __future__ import annotations

from edge.actuators.gpio import contact


class PassageSensor:
    """Ask `look` every round, at least every 100 ms: a shorter closing may be missed.

    Args:
        line: GPIO line (BCM number); the contact goes to ground and is open at rest.
        gap_s: two closings less than this apart are one person whose arm swings.

    Raises:
        BarrierError: the line cannot be had.
    """

    def __init__(self, line: int, gap_s: float) -> None:
        self._contact = contact(line, "inputs.passage_line")
        self._gap_s = gap_s
        self._closed = False
        self._left_s = float("-inf")
        self.passed = 0
        """People since the start."""

    def look(self, now_s: float) -> int:
        """Look at the contact; `passed` as it is then."""
        closed = self._contact.is_active
        if closed and not self._closed and now_s - self._left_s >= self._gap_s:
            self.passed += 1
        if closed:
            self._left_s = now_s
        self._closed = closed
        return self.passed

    def close(self) -> None:
        self._contact.close()

"""More people in than were let in: somebody slipped through on another's pass."""

from __future__ import annotations

from typing import Final

from contract.messages.alert import AlertKind
from edge.gate.faults import Change

GRACE_S: Final = 3.0
"""Who was let in may still be on the way for so long after the arm began to come down."""
OVER_S: Final = 10.0
"""The alarm returns when for so long nobody else slipped through."""


class Passages:
    """Every opening lets one person in. Whoever goes in beyond that was let in by nobody, whether the arm was up or not."""

    def __init__(self, kind: AlertKind = AlertKind.TAILGATING) -> None:
        """`kind`: how the alarm is called here; at a key area it is its own."""
        self.kind = kind
        self._passed = self._openings = 0
        self._due = 0
        self._open_s = float("-inf")
        self._since_s = self._last_s = 0.0
        self.raised = False
        """Whether the alarm stands."""
        self.slipped = 0
        """People who went in beyond the passes, since the start."""

    def assume(self, now_s: float) -> None:
        """An earlier process has announced it, and nobody has said yet that it is over."""
        self.raised, self._since_s, self._last_s = True, now_s, now_s

    def see(self, passed: int, openings: int, now_s: float, *, is_open: bool, fire: bool) -> Change | None:
        """Take in the counts as they are now. With `fire` everybody may go, and nobody is counted."""
        self._due += openings - self._openings
        gone, self._passed, self._openings = passed - self._passed, passed, openings
        if is_open:
            self._open_s = now_s
        elif now_s - self._open_s > GRACE_S:
            self._due = 0
        beyond = 0 if fire else max(0, gone - self._due)
        self._due = max(0, self._due - gone)
        return self._change(beyond, now_s)

    def _change(self, beyond: int, now_s: float) -> Change | None:
        if beyond:
            self.slipped += beyond
            self._last_s = now_s
            if not self.raised:
                self.raised, self._since_s = True, now_s
                return Change(self.kind, "raised", now_s)
        elif self.raised and now_s - self._last_s >= OVER_S:
            self.raised = False
            return Change(self.kind, "returned", self._since_s)
        return None

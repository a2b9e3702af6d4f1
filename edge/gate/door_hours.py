"""Whether the gate is open now, by the site's clock."""

from __future__ import annotations

from datetime import tzinfo
from typing import Final

from contract.verdicts import Reason, Verdict
from edge.clock import Clock, clock_ok
from edge.config.hours import Hours
from edge.policy.rule import Decision

LOOK_EVERY_S: Final = 1.0
CLOSED: Final = Decision(Verdict.HOLD, Reason.CLOSED)


class DoorHours:
    """Asks the clock once a second. `zone` None: the machine's own."""

    def __init__(self, hours: Hours, zone: tzinfo | None, clock: Clock) -> None:
        self._hours, self._zone, self._clock = hours, zone, clock
        self.words = hours.words()
        """The hours, in Chinese (`zh`) and English (`en`)."""
        self._looked_s = float("-inf")
        self._closed = False

    def closed(self, now_s: float) -> bool:
        """Whether nobody is let in now (monotonic seconds). A clock that cannot be right closes nothing."""
        if self._hours.spans and now_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = now_s
            wall = self._clock.wall()
            self._closed = clock_ok(wall) and not self._hours.open_at(wall.astimezone(self._zone))
        return self._closed

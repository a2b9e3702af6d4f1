"""When gates are asked to send less, and how much each: while what arrives waits for too long until it is committed.

Pure: told of every commit, it says whom to tell what. A gate holds to it for a minute (`down/flow`), so whom the wish still
concerns is told again; when it is over, nothing is said and it runs out. Alerts are never held back by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HIGH_S: Final = 1.5
LOW_S: Final = 0.5
"""Of the wait until commit: above the first it begins, below the second it is over. An alert has 2 s to a guard's screen."""
STEADY_S: Final = 5.0
"""One slow commit is none of it."""
REPEAT_S: Final = 20.0
ACTIVE_S: Final = 20.0
"""Gates heard within so long share what can be committed."""
SHARE: Final = 0.5
"""Of what was committed a second: the rest works off what waits."""
LEAST: Final = 1.0
WINDOW: Final = 500
"""What a gate has under way without an acknowledgement, at most; the broker keeps what the worker has not been given yet."""


class Pace:
    """Attributes: pressed, whether gates are asked to send less."""

    def __init__(self) -> None:
        self.pressed = False
        self._heard_s: dict[str, float] = {}
        self._told_s: dict[str, float] = {}
        self._over_since_s: float | None = None
        self._events, self._took_s = 0, 0.0

    def see(
        self, counts: Mapping[str, int], took_s: float, waiting: int, now_s: float, *, full: bool = False
    ) -> dict[str, float]:
        """Events a second by gate, for those to be told now.

        `counts` are the events of each gate that were just committed, within `took_s`, while `waiting` more had arrived;
        `full`: there were as many as a batch can have, so that nobody sees how many more wait at the broker.
        """
        self._heard_s |= dict.fromkeys(counts, now_s)
        self._heard_s = {gate: heard_s for gate, heard_s in self._heard_s.items() if now_s - heard_s <= ACTIVE_S}
        events = sum(counts.values())
        if not events:
            return {}
        behind = max(waiting, WINDOW * len(self._heard_s) - events) if full else waiting
        self._weigh(took_s * (1 + behind / events), now_s)
        self._events, self._took_s = self._events + events, self._took_s + took_s
        return self._due(now_s) if self.pressed else {}

    def _weigh(self, wait_s: float, now_s: float) -> None:
        if wait_s <= (LOW_S if self.pressed else HIGH_S):
            self.pressed, self._over_since_s = False, None
            self._events, self._took_s = 0, 0.0
            self._told_s.clear()
        elif self._over_since_s is None:
            self._over_since_s = now_s
        elif now_s - self._over_since_s >= STEADY_S:
            self.pressed = True

    def _due(self, now_s: float) -> dict[str, float]:
        rate = max(LEAST, SHARE * self._events / self._took_s / len(self._heard_s))
        due = [gate for gate in self._heard_s if now_s - self._told_s.get(gate, float("-inf")) >= REPEAT_S]
        self._told_s |= dict.fromkeys(due, now_s)
        return dict.fromkeys(due, rate)

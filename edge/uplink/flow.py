"""Less for a while when the cloud asks for it: a token bucket for everything but alerts."""

from __future__ import annotations

from typing import Final

LASTS_S: Final = 60.0
"""What the cloud asked for holds so long, unless it asks again."""
BURST_S: Final = 1.0
"""So much of the rate may go at once."""


class Flow:
    """Pure: told what was asked and what time it is (monotonic seconds), it says how many rows may be sent now."""

    def __init__(self) -> None:
        self._rate: float | None = None
        self._until_s = 0.0
        self._tokens = 0.0
        self._filled_s = 0.0

    def limit(self, rate: float, now_s: float) -> None:
        """At most `rate` rows a second from now on."""
        self._fill(now_s)
        self._tokens = min(self._tokens, self._most(rate)) if self._rate is not None else self._most(rate)
        self._rate, self._until_s, self._filled_s = rate, now_s + LASTS_S, now_s

    def room(self, prio: int, wanted: int, now_s: float) -> int:
        """How many of `wanted` rows of this priority may go; all of them for alerts, and when nothing is asked."""
        self._fill(now_s)
        return wanted if prio == 0 or self._rate is None else min(wanted, int(self._tokens))

    def spent(self, prio: int, rows: int) -> None:
        """So many rows of this priority went."""
        if prio > 0 and self._rate is not None:
            self._tokens -= rows

    def _fill(self, now_s: float) -> None:
        if self._rate is None:
            return
        if now_s >= self._until_s:
            self._rate = None
            return
        self._tokens = min(self._most(self._rate), self._tokens + self._rate * (now_s - self._filled_s))
        self._filled_s = now_s

    @staticmethod
    def _most(rate: float) -> float:
        return max(1.0, rate * BURST_S)

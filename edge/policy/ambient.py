"""How warm the surroundings are, from many looks at them: slow, so that whoever stands before the camera is no weather."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, isfinite, nan
from typing import Final

SETTLE_S: Final = 300.0
"""Time constant. Somebody who fills the picture for half a minute moves the answer by a tenth of the difference."""

STALE_S: Final = 600.0
"""Not looked at for so long: unknown."""


@dataclass(frozen=True, slots=True)
class Ambient:
    """What is known of the surroundings.

    Attributes:
        celsius: NaN before the first look.
        seen_s: monotonic time of the newest look.
    """

    celsius: float = nan
    seen_s: float = -inf

    def at(self, now_s: float) -> float:
        """Degrees Celsius; NaN where nothing is known or it is too old."""
        return self.celsius if now_s - self.seen_s <= STALE_S else nan


def look(known: Ambient, seen_c: float, now_s: float) -> Ambient:
    """Take one more look in. One that gives no number changes nothing; the first, or one after a long time, is taken as it is."""
    if not (isfinite(seen_c) and isfinite(now_s)):
        return known
    passed_s = now_s - known.seen_s
    if not (isfinite(known.celsius) and passed_s <= STALE_S):
        return Ambient(seen_c, now_s)
    weight = 1.0 - exp(-max(0.0, passed_s) / SETTLE_S)
    return Ambient(known.celsius + weight * (seen_c - known.celsius), max(now_s, known.seen_s))

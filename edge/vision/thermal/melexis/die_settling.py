"""Whether the sensor's die has come to rest: up to 4 minutes after power on it warms itself (data sheet section 12.2.2)."""

from __future__ import annotations

from collections import deque
from typing import Final

WINDOW_S: Final = 30.0
MOST_C: Final = 0.2
"""A die that moves more than this in WINDOW_S has a gradient across it, which pixels read as heat."""
_EVERY_S: Final = 1.0


class DieSettling:
    """Fed with the die's temperature; a start, a draught or the sun begins a new wait of at least WINDOW_S."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()
        self._began_s: float | None = None
        self._settled_s: float | None = None

    def age_s(self, ta_c: float, at_s: float) -> float:
        """Take in a temperature. Seconds since the die came to rest; 0.0 while it has not (as during a shutter event)."""
        self._began_s = at_s if self._began_s is None else self._began_s
        if not self._seen or at_s - self._seen[-1][0] >= _EVERY_S:
            self._seen.append((at_s, ta_c))
        while at_s - self._seen[0][0] > WINDOW_S:
            self._seen.popleft()
        temperatures_c = [ta_c, *(seen_c for _, seen_c in self._seen)]
        if at_s - self._began_s < WINDOW_S or max(temperatures_c) - min(temperatures_c) > MOST_C:
            self._settled_s = None
            return 0.0
        self._settled_s = at_s if self._settled_s is None else self._settled_s
        return at_s - self._settled_s

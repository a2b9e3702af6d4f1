"""Whether new pictures come often enough for a verdict, which needs three readings within 2 s."""

from __future__ import annotations

import logging
from collections import deque
from typing import Final

SLOWEST_S: Final = 0.95
"""Three pictures within 2 s, with a little room."""
_LOOKED_AT: Final = 10

log = logging.getLogger(__name__)


class Pace:
    """Fed with the time of each new picture; says once in the log that they are too slow."""

    def __init__(self, where: str) -> None:
        self.too_slow = False
        self._where = where
        self._arrived_s: deque[float] = deque(maxlen=_LOOKED_AT + 1)

    def new(self, at_s: float) -> None:
        self._arrived_s.append(at_s)
        if len(self._arrived_s) <= _LOOKED_AT:
            return
        mean_s = (self._arrived_s[-1] - self._arrived_s[0]) / _LOOKED_AT
        if mean_s > SLOWEST_S and not self.too_slow:
            words = (
                "%s: a new picture comes every %.2f s only; a verdict needs three within 2 s, so nobody can pass by its readings"
            )
            log.warning(words, self._where, mean_s)
        self.too_slow = mean_s > SLOWEST_S

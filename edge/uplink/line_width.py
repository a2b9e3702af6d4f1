"""How many messages may be without a receipt at once, learnt from how long receipts take.

What is handed to a slow line waits in its buffers, first in first out, and an alert would wait behind it: 400 messages are
35 s of a line of 64 kbit/s. So the number rises by one with every quick receipt (doubling with every round trip, as TCP's
slow start) and falls when receipts take longer than a second.
"""

from __future__ import annotations

from typing import Final

FEWEST: Final = 4
FIRST: Final = 20
QUICK_S: Final = 0.5
SLOW_S: Final = 1.0
_LESS: Final = 0.7


class LineWidth:
    """Pure: told when a receipt came and how long it took."""

    def __init__(self) -> None:
        self._width = float(FIRST)
        self._cut_s = float("-inf")

    @property
    def messages(self) -> int:
        return int(self._width)

    def receipt(self, took_s: float, now_s: float) -> None:
        """Narrower at most once a second: what is under way then was sent before."""
        if took_s < QUICK_S:
            self._width += 1.0
        elif took_s > SLOW_S and now_s - self._cut_s >= SLOW_S:
            self._width = max(float(FEWEST), self._width * _LESS)
            self._cut_s = now_s

    def connected(self) -> None:
        """A new line may be another one."""
        self._width = min(self._width, float(FIRST))

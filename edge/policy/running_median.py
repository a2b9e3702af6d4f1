"""The median of what came lately: by number, by time, or both."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from math import inf, isnan


class RunningMedian:
    """Keeps at most `most` values of the last `span_s` seconds."""

    def __init__(self, most: int, span_s: float = inf) -> None:
        self._most, self._span_s = most, span_s
        self._arrived: deque[tuple[float, float]] = deque()
        self._ordered: list[float] = []

    def __len__(self) -> int:
        return len(self._ordered)

    def add(self, value: float, now_s: float) -> None:
        """Take one in and forget what is too old. NaN is none; an infinity is the highest or lowest of all."""
        if not isnan(value):
            self._arrived.append((now_s, value))
            insort(self._ordered, value)
        while self._arrived and (len(self._arrived) > self._most or now_s - self._arrived[0][0] > self._span_s):
            self._ordered.pop(bisect_left(self._ordered, self._arrived.popleft()[1]))

    def median(self) -> float:
        """The middle one, of two the lower. Raises IndexError where there is none."""
        return self._ordered[(len(self._ordered) - 1) // 2]

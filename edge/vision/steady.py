"""A smoothed level that follows drift, and does not follow jumps until they have lasted."""

from __future__ import annotations

import math
from typing import Final

_SMOOTHING_S: Final = 1.5
_FORGET_S: Final = 1.0  # without a value: whatever comes next starts a new level (a shutter event takes 2.05 s)
_ACCEPT_S: Final = 0.6  # a new level that has lasted so long is believed; below the 1 s after which a body counts as lost


class Steady:
    """Smooths a value exponentially in time, and refuses values farther than `jump` from the one before.

    The one before, not the level: just after a shutter event a Lepton drifts by 0.4 degC a second, faster than the level follows.
    """

    def __init__(self, jump: float) -> None:
        self._jump = jump
        self._level = self._value = math.nan
        self._last_s = -math.inf
        self._new = math.nan
        self._new_since_s = math.nan

    def level(self, value: float, now_s: float) -> float | None:
        """The level with `value` in it, or None while the value is a jump that has not lasted."""
        gap_s = now_s - self._last_s
        self._last_s = now_s
        if not gap_s <= _FORGET_S:
            return self._start(value)
        if abs(value - self._value) <= self._jump:
            self._value, self._new = value, math.nan
            self._level += (1.0 - math.exp(-max(0.0, gap_s) / _SMOOTHING_S)) * (value - self._level)
            return self._level
        if not abs(value - self._new) <= self._jump:
            self._new_since_s = now_s
        self._new = value
        return self._start(value) if now_s - self._new_since_s >= _ACCEPT_S else None

    def _start(self, value: float) -> float:
        self._level = self._value = value
        self._new = math.nan
        return value

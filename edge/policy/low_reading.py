"""Single visitors who read implausibly low: a broken thermometer or a person from the cold, never a healthy one.

The person was not passed (`cannot_measure`); this is about telling somebody. One visitor below `low_core_c` raises the alarm. A
visitor whose skin is too cold to be skin of somebody acclimatised (`cold_skin`) is weather as long as it is one; COLD among the
last LATELY visitors raise it as well. Once raised it stays until LATELY visitors in a row read plausibly and HOLD_S have passed
since the last one who did not: at most six alarms an hour, however many visitors read low.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf, isnan
from typing import Final, Literal

LATELY: Final = 10
COLD: Final = 4
HOLD_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class LowReading:
    """The alarm is raised, or returns. `core_c` is what raised it; minus infinity where it was people too cold to be measured."""

    state: Literal["raised", "returned"]
    core_c: float


class LowReadings:
    """Feed it every visitor; it says when the alarm comes and goes."""

    def __init__(self, low_core_c: float) -> None:
        self._low_core_c = low_core_c
        self._lately: deque[bool] = deque(maxlen=LATELY)
        self._plausible = 0
        self._low_s = 0.0
        self.raised = False

    def see(self, core_c: float, now_s: float) -> LowReading | None:
        """Take one visitor in, minus infinity for one too cold to be measured. NaN is nobody."""
        if isnan(core_c):
            return None
        cold = core_c == -inf
        self._lately.append(cold)
        low = (core_c < self._low_core_c and not cold) or sum(self._lately) >= COLD
        if low:
            self._plausible, self._low_s = 0, now_s
        elif not cold:
            self._plausible += 1
        if low and not self.raised:
            self.raised = True
            return LowReading("raised", core_c)
        if self.raised and self._plausible >= LATELY and now_s - self._low_s >= HOLD_S:
            self.raised = False
            return LowReading("returned", core_c)
        return None

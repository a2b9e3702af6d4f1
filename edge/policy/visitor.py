"""What one visit leaves behind for those who watch the gate itself: baseline, drift and low readings."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from edge.policy.reading import Reading


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person who has left.

    Attributes:
        left_s: monotonic time.
        reading: the last temperature that a decision rested on; None where there was none.
        flagged: whether the person was sent to the recheck area.
        cold: whether the person was too cold to be measured: from the cold, or the thermometer reads low.
    """

    left_s: float
    reading: Reading | None
    flagged: bool
    cold: bool

    @property
    def prior_core_c(self) -> float | None:
        """Core-equivalent without what a baseline took off, which would hide a drift. None where nothing is known.

        Minus infinity for somebody too cold to be measured, who counts in a median although the value is unknown.
        """
        if self.cold:
            return -inf
        return None if self.reading is None else self.reading.core_c + self.reading.shift_c

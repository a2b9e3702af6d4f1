"""Two heated bodies in view, each found and believed for itself; together they are believed only while they agree.

Of two that disagree one is wrong, and nobody knows which: then there is no correction, whatever the settings say of one alone.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from edge.vision.reference_body import ReferenceBody, ReferenceMissing, ReferenceSeen
from edge.vision.thermal_patch import background_c

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from edge.config.thermometry import ReferenceConfig, SecondReferenceConfig, SensorConfig

MISSED_S: Final = 60.0
"""A face hides a body for seconds."""

_SURELY: Final = 3.0  # standard uncertainties: of 1000 pictures of two right bodies 3 would be doubted, were each its own
_PATTERN_C: Final = 0.09  # one place of the picture against another: 92 mK robust on 42 kiosk recordings, rows and columns too
_GAIN: Final = 0.03  # of the degrees between the setpoints: what is asked of the whole chain's slope, 0.97 to 1.03


class ReferencePair:
    """Looks for both. One picture after another; not for two threads at once."""

    def __init__(self, first: ReferenceConfig, second: SecondReferenceConfig, sensor: SensorConfig) -> None:
        self._bodies = ReferenceBody(first, sensor), ReferenceBody(second, sensor, 2)
        self._one_is_enough = second.one_is_enough
        self._limit_c = most_apart_c(first, second)
        self._disagreed: str | None = None
        self._last_seen_s = -math.inf

    def look(
        self, celsius: NDArray[np.float32], face_boxes: NDArray[np.floating], now_s: float
    ) -> ReferenceSeen | ReferenceMissing:
        """Find both in `celsius` (rows, cols), degrees, turned; arguments and times as `ReferenceBody.look`."""
        first, second = (body.look(celsius, face_boxes, now_s) for body in self._bodies)
        seen = self._both(first, second, background_c(celsius))
        if isinstance(seen, ReferenceSeen):
            self._last_seen_s = now_s
        return seen

    def lost_for_s(self, now_s: float) -> float:
        """Seconds since there was a correction; infinite before the first time, NaN where `now_s` is."""
        return max(now_s - self._last_seen_s, 0.0)

    def missed(self, now_s: float) -> tuple[int, ...]:
        """Which of them, 1 and 2, was not seen for a minute: somebody should look, also where one is enough."""
        return tuple(number for number, body in enumerate(self._bodies, 1) if not body.lost_for_s(now_s) < MISSED_S)

    def _both(
        self, first: ReferenceSeen | ReferenceMissing, second: ReferenceSeen | ReferenceMissing, background: float
    ) -> ReferenceSeen | ReferenceMissing:
        if isinstance(first, ReferenceSeen) and isinstance(second, ReferenceSeen):
            return self._agreed(replace(first, other=second), background)
        if isinstance(first, ReferenceSeen):
            return self._alone(first, f"the second one: {_why(second)}")
        if isinstance(second, ReferenceSeen):
            return self._alone(second, f"the first one: {_why(first)}")
        return ReferenceMissing(f"the first one: {_why(first)}; the second one: {_why(second)}")

    def _agreed(self, seen: ReferenceSeen, background: float) -> ReferenceSeen | ReferenceMissing:
        apart_c = seen.apart_c(background + seen.offset_c)
        if abs(apart_c) <= self._limit_c:
            self._disagreed = None
            return seen
        self._disagreed = f"the two disagree by {abs(apart_c):.2f} degC, more than {self._limit_c:.2f}: one of them is wrong"
        return ReferenceMissing(self._disagreed)

    def _alone(self, seen: ReferenceSeen, why: str) -> ReferenceSeen | ReferenceMissing:
        """One of them; after they disagreed it may be the wrong one."""
        if self._disagreed is not None:
            return ReferenceMissing(f"{self._disagreed}; {why}")
        return seen if self._one_is_enough else ReferenceMissing(why)


def _why(missing: ReferenceSeen | ReferenceMissing) -> str:
    return missing.why if isinstance(missing, ReferenceMissing) else "seen"


def most_apart_c(first: ReferenceConfig, second: ReferenceConfig) -> float:
    """By how much two right bodies before a right sensor may seem to differ, degrees Celsius."""
    chance_c = math.hypot(first.uncertainty_c, second.uncertainty_c, _PATTERN_C, _PATTERN_C)
    return _SURELY * chance_c + _GAIN * abs(first.setpoint_c - second.setpoint_c)


def reference_of(
    first: ReferenceConfig, second: SecondReferenceConfig | None, sensor: SensorConfig
) -> ReferenceBody | ReferencePair:
    """What the settings say stands in view."""
    return ReferenceBody(first, sensor) if second is None else ReferencePair(first, second, sensor)

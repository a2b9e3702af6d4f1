"""When a camera that does not say so has closed its shutter: seen in its pictures.

| what is seen | taken for |
| --- | --- |
| the same picture for longer than `frozen_s` | the shutter is closed: such cameras hold their last picture meanwhile |
| a picture without any difference in it | the shutter is closed, and is what the camera looks at |
| no picture for longer than `gap_s` | it was closed |
| (nearly) all pixels move by the same at once | it was closed, and the camera has corrected itself |

Opening a camera counts as an event: these cameras close their shutter when a stream begins.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FROZEN_S: Final = 0.2
"""At 25 Hz five pictures; the noise of a live sensor makes two equal ones all but impossible."""
GAP_S: Final = 0.5
STEP_CK: Final = 20.0
"""0.2 K from one picture to the next. A drift of 1.15 K a minute (measured on a Lepton) is 0.02 K a second."""
_TOGETHER: Final = 0.75
"""Of the pixels, moved by at least half of the step: a person who walks in covers fewer."""
_UNIFORM_CK: Final = 50.0
"""A shutter shows the sensor's noise only; a room with a heated body in it spans several kelvin."""
_EVERY: Final = 3
_SATURATED: Final = 65535


class Sight(Enum):
    """What a picture is."""

    NEW = auto()
    REPEATED = auto()
    SHUT = auto()


class ShutterWatch:
    """Fed with every picture of one camera, in order."""

    def __init__(self, opened_s: float, *, frozen_s: float = FROZEN_S, gap_s: float = GAP_S) -> None:
        """`frozen_s`, `gap_s`: infinity where the camera repeats itself, or pauses, for other reasons."""
        self._frozen_s, self._gap_s = frozen_s, gap_s
        self._ended_s = opened_s
        self._seen_s = self._changed_s = opened_s
        self._last: NDArray[np.uint16] | None = None

    def see(self, counts: NDArray[np.uint16], at_s: float, *, closed: bool = False, missed: bool = False) -> Sight:
        """Take in a picture of centikelvin. `closed`: the camera says so. `missed`: pictures came that nobody took."""
        gap = not missed and at_s - self._seen_s > self._gap_s
        self._seen_s = at_s
        if closed or uniform(counts):
            self._ended_s = at_s
            return Sight.SHUT
        if self._last is not None and np.array_equal(counts, self._last):
            if at_s - self._changed_s <= self._frozen_s:
                return Sight.REPEATED
            self._ended_s = at_s
            return Sight.SHUT
        if gap or (self._last is not None and stepped(self._last, counts)):
            self._ended_s = at_s
        self._last, self._changed_s = counts, at_s
        return Sight.NEW

    def age_s(self, at_s: float) -> float:
        """Seconds since the last event that was seen ended; 0.0 while one runs, and for a picture from before the opening."""
        return max(0.0, at_s - self._ended_s)


def uniform(counts: NDArray[np.uint16]) -> bool:
    """Whether the picture has no difference in it beyond noise; also where no pixel has a value."""
    valid = _valid(counts[::_EVERY, ::_EVERY])
    if not len(valid):
        return True
    low, high = np.percentile(valid, (1, 99))
    return bool(high - low < _UNIFORM_CK)


def stepped(before: NDArray[np.uint16], now: NDArray[np.uint16]) -> bool:
    """Whether (nearly) all pixels moved by the same from one picture to the next."""
    old, new = before[::_EVERY, ::_EVERY].astype(np.int32), now[::_EVERY, ::_EVERY].astype(np.int32)
    both = (old > 0) & (new > 0) & (old < _SATURATED) & (new < _SATURATED)
    moved = (new - old)[both]
    if not len(moved):
        return False
    step = float(np.median(moved))
    return abs(step) >= STEP_CK and bool((moved * np.sign(step) >= STEP_CK / 2).mean() >= _TOGETHER)


def _valid(counts: NDArray[np.uint16]) -> NDArray[np.uint16]:
    return counts[(counts > 0) & (counts < _SATURATED)]

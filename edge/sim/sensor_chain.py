"""What a Lepton 3.5 does to a thermal picture, effect by effect, in numbers measured on 20 kiosk recordings.

| effect | what | measured on the recordings (median) |
| --- | --- | --- |
| `blur` | the optics: Gaussian | 0.6 px |
| `stray` | a share of what a pixel gets comes from up to 8 px away | 1 to 5 %, from the literature |
| `pattern` | fixed pattern left after a shutter event | 59 mK, robust, beside its 5x5 median |
| `lines` | fixed rows and columns | 25 and 33 mK |
| `noise` | of one pixel in time | 41 mK |
| `filter` | the camera's own: 68 % of the samples are those of the picture before | correlation 0.84 |

Drift, its steps at shutter events and the shutter itself belong to the world: see `world.World.offset_c`. What the air takes on
the way (`air`) belongs to the picture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

BLUR_PX: Final = 0.6
STRAY_SHARE: Final = 0.03
_STRAY_PX: Final = 4.0  # standard deviation: little comes from beyond 8 px
_PATTERN_C: Final = 0.067
_ROWS_C, _COLUMNS_C = 0.022, 0.030
_MEMORY_S: Final = 0.70  # time constant; 0.85 from one picture to the next at 8.77 a second
_HOLD: Final = 0.6  # of the noise: a change smaller than this is not shown
_LONGEST_S: Final = 5.0


class SensorChain:
    """One sensor, upright: from apparent temperatures to what it says they are. Keeps what the filter remembers.

    Args:
        shape: rows, cols.
        noise_c: standard deviation of one pixel.
        effects: which of the table's; the others are left out.
    """

    def __init__(self, shape: tuple[int, int], noise_c: float, effects: Collection[str], rng: np.random.Generator) -> None:
        self._shape, self._noise_c, self._effects, self._rng = shape, noise_c, frozenset(effects), rng
        rows, cols = shape
        pattern = rng.normal(0.0, _PATTERN_C, shape)
        lines = rng.normal(0.0, _ROWS_C, (rows, 1)) + rng.normal(0.0, _COLUMNS_C, (1, cols))
        self._fixed = (("pattern" in effects) * pattern + ("lines" in effects) * lines).astype(np.float32)
        self._noise = np.zeros(shape, np.float32)
        self._shown = np.zeros(shape, np.float32)
        self._last_s = -math.inf

    def optics(self, celsius: NDArray[np.float32]) -> NDArray[np.float32]:
        """Through the lens, (rows, cols), degrees Celsius."""
        seen = celsius
        if "stray" in self._effects:
            around = cv2.GaussianBlur(seen, (0, 0), _STRAY_PX)
            seen = np.asarray(seen + np.float32(STRAY_SHARE) * (around - seen), np.float32)
        if "blur" in self._effects:
            seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), BLUR_PX), np.float32)
        return seen

    def electronics(self, celsius: NDArray[np.float32], t_s: float) -> NDArray[np.float32]:
        """What the sensor reads of a picture behind the lens at `t_s`, seconds; not rounded."""
        return np.asarray(celsius + self._fixed + self._in_time(t_s), np.float32)

    def _in_time(self, t_s: float) -> NDArray[np.float32]:
        if "noise" not in self._effects or not self._noise_c > 0.0:
            return np.zeros(self._shape, np.float32)
        fresh = np.float32(self._noise_c) * self._rng.standard_normal(self._shape, np.float32)
        if "filter" not in self._effects:
            return fresh
        step_s, self._last_s = t_s - self._last_s, t_s
        if not 0.0 <= step_s < _LONGEST_S:
            self._noise, self._shown = fresh, fresh.copy()
            return self._shown
        kept = math.exp(-step_s / _MEMORY_S)
        self._noise = np.asarray(kept * self._noise + math.sqrt(1.0 - kept * kept) * fresh, np.float32)
        moved = np.abs(self._noise - self._shown) > _HOLD * self._noise_c
        self._shown = np.where(moved, self._noise, self._shown)
        return self._shown

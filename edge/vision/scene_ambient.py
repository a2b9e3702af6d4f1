"""How warm the hall is, from a thermal picture."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def scene_ambient_c(celsius: NDArray[np.float32], offset_c: float) -> float:
    """Degrees Celsius of the surroundings; NaN where nothing in the picture (rows, cols) is finite.

    The lower quartile of every sixth row and column, plus what the reference body says the sensor is off by. Not the median:
    people and what they have just touched are warm, and surroundings taken for too warm make core-equivalents too low. A cold
    window or an open door errs towards the recheck area.
    """
    few = celsius[::6, ::6].ravel()
    few = few[np.isfinite(few)]
    return float(np.partition(few, len(few) // 4)[len(few) // 4]) + offset_c if len(few) else nan

"""How warm the hall is, from a thermal picture."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

import numpy as np

from edge.vision.band_radiance import celsius_of, radiance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.reference_body import ReferenceSeen


def scene_ambient_c(celsius: NDArray[np.float32], seen: ReferenceSeen) -> float:
    """Degrees Celsius of the surroundings, corrected by the reference body; NaN where nothing in the picture is finite.

    The lower quartile of every sixth row and column of `celsius` (rows, cols). Not the median: people and what they have just
    touched are warm, and surroundings taken for too warm make core-equivalents too low. A cold window or an open door errs
    towards the recheck area. Walls are taken for black.
    """
    few = celsius[::6, ::6].ravel()
    few = few[np.isfinite(few)]
    if not len(few):
        return nan
    raw_c = float(np.partition(few, len(few) // 4)[len(few) // 4])
    # The body reflects the surroundings that are looked for; 3 % of them, so that the first guess is good enough.
    return float(celsius_of(radiance(raw_c) - seen.added(raw_c + seen.offset_c)))

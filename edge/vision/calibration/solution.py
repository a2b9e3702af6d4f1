"""What a calibration found, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from edge.vision.two_cameras import TwoCameras


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is left at each of n points that were used: for people to look at.

    Attributes:
        at_px: (n, 2) col, row where the thermal camera saw it.
        off_px: (n, 2) where it should be less that.
        depth_m: (n,) in front of the colour camera.
        position: (n,) number of the board's position, from 0; all 0 for heads.
        lags_s, lag_rms_px: (k,) lags that were tried and what each leaves of the plain mapping; empty where nothing moved.
    """

    at_px: NDArray[np.float64]
    off_px: NDArray[np.float64]
    depth_m: NDArray[np.float64]
    position: NDArray[np.intp]
    lags_s: NDArray[np.float64]
    lag_rms_px: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Solution:
    """A calibrated pair.

    Attributes:
        rms_px: root mean square of what is left at known depth, thermal pixels.
        samples: points used.
        nearest_m, farthest_m: between which distances.
        lag_s: by how much the thermal pictures came later than their times say, compared with the colour ones; None where
            nothing moved.
        lag_uncertainty_s: of it (standard).
        leftover: point by point.
    """

    cameras: TwoCameras
    rms_px: float
    samples: int
    nearest_m: float
    farthest_m: float
    lag_s: float | None = None
    lag_uncertainty_s: float = 0.0
    leftover: Leftover | None = None

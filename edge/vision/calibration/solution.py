"""What a calibration found, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edge.vision.two_cameras import TwoCameras


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
    """

    cameras: TwoCameras
    rms_px: float
    samples: int
    nearest_m: float
    farthest_m: float
    lag_s: float | None = None
    lag_uncertainty_s: float = 0.0

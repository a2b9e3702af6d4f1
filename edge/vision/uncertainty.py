"""How sure a face temperature is, from named parts. Differences between people are no part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Neighbouring pixels share blur, fixed pattern and the sensor's temporal filter (68 % of a Lepton's samples equal the picture
# before), so a patch of 3x3 counts as one sample, and more frames do not help.
_DEPENDENT_PX: Final = 9.0
# Size of source: of what a pixel gets 1 to 5 % comes from up to about 8 px away. A small warm thing reads low by that share
# of the difference to what is around it: a face, and the reference body too, by which the face then reads high.
_STRAY_SHARE: Final = 0.03
_STRAY_REACH_PX: Final = 8.0
_STRAY_LEFT: Final = 0.4  # of the sensor's share, once it was taken off: it differs between lenses and over the picture
# The inner eye corner is a spot of a few millimetres on the warm band of the eyes; blur and lids take part of what it stands out
# by. Simulated before 640x512 at 0.8 to 1.2 m it read 0.2 degC low on average, 0.36 at most.
_SPOT_SHARE: Final = 0.3
_SKIN_EMISSIVITY_C: Final = 0.066  # +-0.005 of emissivity at 22 degC around
_AIR_C_AT_1_M: Final = 0.05  # air takes 0.076 degC at 1 m, 0.108 at 2 m, part of which the reference has lost too
_AIR_LEFT_C_AT_1_M: Final = 0.02  # once corrected: humidity between 20 and 80 %


@dataclass(frozen=True, slots=True)
class UncertaintyParts:
    """Standard uncertainties, degrees Celsius, each of shape (n,) or one number for all.

    Attributes:
        noise_c: of the sensor, over the region's pixels.
        reference_c: the body's own, with its spread in this picture.
        registration_c: the mapping's error times how fast the temperature changes across the region.
        emissivity_c: of skin.
        size_c: stray light: what a small face loses into its surroundings, less what the reference body loses.
        distance_c: the air between, as far as it is not corrected.
        spot_c: what blur takes of an inner eye corner; 0 for the other regions.
    """

    noise_c: NDArray[np.float64]
    reference_c: float
    registration_c: NDArray[np.float64]
    emissivity_c: float
    size_c: NDArray[np.float64]
    distance_c: NDArray[np.float64]
    spot_c: NDArray[np.float64]

    @property
    def combined_c(self) -> NDArray[np.float64]:
        """Root of the sum of squares, shape (n,)."""
        squares = self.noise_c**2 + self.registration_c**2 + self.size_c**2 + self.distance_c**2 + self.spot_c**2
        return np.sqrt(squares + (self.reference_c**2 + self.emissivity_c**2))


def budget(
    *,
    noise_c: float,
    region_px: NDArray[np.float64],
    reference_c: float,
    gradient_c_px: NDArray[np.float64],
    residual_px: NDArray[np.float64],
    above_surroundings_c: NDArray[np.float64],
    face_px: NDArray[np.float64],
    body_above_c: float,
    body_px: float,
    stray_share: float,
    distance_m: NDArray[np.float64],
    air_corrected: bool,
    spot_above_c: NDArray[np.float64],
) -> UncertaintyParts:
    """The parts for n faces; arrays have shape (n,).

    `noise_c` is one pixel's; `face_px` the face's height, `body_px` the reference body's radius; `stray_share` what was taken
    off the picture, 0 for nothing; `spot_above_c` how far a small spot that was read stands out of the skin around it, 0 where
    none was.
    """
    share = _STRAY_LEFT * stray_share if stray_share > 0.0 else _STRAY_SHARE
    face_loses_c = np.exp(-0.5 * face_px / _STRAY_REACH_PX) * np.maximum(above_surroundings_c, 0.0)
    body_loses_c = float(np.exp(-body_px / _STRAY_REACH_PX)) * max(body_above_c, 0.0)
    air_c = _AIR_LEFT_C_AT_1_M if air_corrected else _AIR_C_AT_1_M
    return UncertaintyParts(
        noise_c=noise_c / np.sqrt(np.maximum(region_px / _DEPENDENT_PX, 1.0)),
        reference_c=reference_c,
        registration_c=gradient_c_px * residual_px,
        emissivity_c=_SKIN_EMISSIVITY_C,
        size_c=share * np.abs(face_loses_c - body_loses_c),
        distance_c=air_c * np.sqrt(distance_m),
        spot_c=_SPOT_SHARE * np.maximum(spot_above_c, 0.0),
    )

"""What the air between takes: of the radiance of a warm thing a little is lost on the way, and the air adds its own.

The model of thermal camera makers for 8 to 14 micrometres (FLIR), by distance and the water in the air:
tau = X exp(-sqrt(d) (a1 + b1 sqrt(w))) + (1 - X) exp(-sqrt(d) (a2 + b2 sqrt(w))). In a room of 22 degC a face looks 0.08 degC
colder at 1 m and 0.11 at 2 m. It depends on geometry and room only, never on what somebody reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.band_radiance import celsius_of, radiance

if TYPE_CHECKING:
    from numpy.typing import NDArray

HUMIDITY: Final = 0.5
"""Relative, where nobody measures it; 0.2 to 0.8 changes what is taken at 1 m by 0.02 degC."""

_X: Final = 1.9
_A: Final = (0.006569, 0.01262)
_B: Final = (-0.002276, -0.00667)
_WATER: Final = (1.5587, 6.939e-2, -2.7816e-4, 6.8455e-7)  # g/m3 at saturation: exp of a cubic in degC
_WARMEST_C: Final = 60.0


def transmission(distance_m: NDArray[np.float64] | float, air_c: float, humidity: float = HUMIDITY) -> NDArray[np.float64]:
    """Share of the radiance that arrives from `distance_m`, through air of `air_c`; NaN for NaN."""
    water = np.sqrt(humidity * np.exp(np.polyval(_WATER[::-1], np.clip(air_c, -_WARMEST_C, _WARMEST_C))))
    way = np.sqrt(distance_m)
    near, far = (np.exp(-way * (a + b * water)) for a, b in zip(_A, _B, strict=True))
    return np.asarray(_X * near + (1.0 - _X) * far)


def arriving(band: NDArray[np.float64] | float, through: NDArray[np.float64] | float, air_c: float) -> NDArray[np.float64]:
    """Radiance at the camera of `band` that left a thing, after a share `through` of the way's air was passed."""
    return np.asarray(through * band + (1.0 - through) * radiance(air_c))


def leaving(band: NDArray[np.float64] | float, through: NDArray[np.float64] | float, air_c: float) -> NDArray[np.float64]:
    """The reverse of `arriving`."""
    return np.asarray((band - (1.0 - through) * radiance(air_c)) / through)


def through_air_c(celsius: NDArray[np.floating] | float, distance_m: float, air_c: float) -> NDArray[np.float64]:
    """What a thing that looks like `celsius` from close by looks like from `distance_m`, degrees Celsius."""
    return celsius_of(arriving(radiance(celsius), transmission(distance_m, air_c), air_c))

"""What a thermal camera really measures: radiance in its band, and the temperature a surface only seems to have.

W(T) is Planck's law integrated over 8 to 14 micrometres. Near skin it grows with about the 4.45th power of T, so mixing
temperatures instead of radiances is biased. A camera whose own emissivity is set to 1 reports W^-1 of
eps * W(true) + (1 - eps) * W(reflected).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SKIN_EMISSIVITY: Final = 0.98

_BAND_M: Final = (8e-6, 14e-6)
_LOWEST_C, _HIGHEST_C = -60.0, 200.0
_STEP_C: Final = 0.25  # linear between steps errs by less than 0.0001 degC
_C1: Final = 1.191042972e-16  # W m2 / sr
_C2: Final = 1.438776877e-2  # m K


def radiance(celsius: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """Band radiance, W / (m2 sr), of a black body; NaN for NaN and outside -60 to 200 degC."""
    return np.asarray(np.interp(celsius, _CELSIUS, _RADIANCE, left=np.nan, right=np.nan))


def celsius_of(band: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """The black body temperature, degrees Celsius, of that band radiance; NaN where there is none in -60 to 200 degC."""
    return np.asarray(np.interp(band, _RADIANCE, _CELSIUS, left=np.nan, right=np.nan))


def emitted(celsius: NDArray[np.floating] | float, emissivity: float, reflected_c: float) -> NDArray[np.float64]:
    """Band radiance that leaves a grey surface among surroundings of `reflected_c`."""
    return emissivity * radiance(celsius) + (1.0 - emissivity) * radiance(reflected_c)


def apparent_c(true_c: NDArray[np.floating] | float, emissivity: float, reflected_c: float) -> NDArray[np.float64]:
    """What a camera set to emissivity 1 reads on a surface of `true_c`, degrees Celsius."""
    return celsius_of(emitted(true_c, emissivity, reflected_c))


def _table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    celsius = np.arange(_LOWEST_C, _HIGHEST_C + _STEP_C / 2, _STEP_C)
    wave_m = np.linspace(*_BAND_M, 49)
    kelvin = celsius[:, None] + 273.15
    planck = _C1 / wave_m**5 / np.expm1(_C2 / (wave_m * kelvin))
    return celsius, np.asarray(np.trapezoid(planck, wave_m, axis=1))


_CELSIUS, _RADIANCE = _table()

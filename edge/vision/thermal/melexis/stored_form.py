"""How the maker's library keeps a pixel's parameters: rounded to few bits. The same rounding gives the same temperatures.

Exact parameters would differ from the library by up to 0.8 % of Kta, which is some hundredths of a degree when the die is warm.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALE_ALPHA: Final = 1e-6
_ALPHA_AT_LEAST: Final = 32767.4
_COEFFICIENT_AT_LEAST: Final = 63.4
_UINT16: Final = 65535
_REFUSED: Final = "Check the wiring and read again; a sensor that stays so is broken."


def alpha_as_stored(alpha: NDArray[np.float64], cp_alpha: float, where: str) -> NDArray[np.float64]:
    """Sensitivities less the compensation pixel's share, rounded as the library does: reciprocals of 16-bit numbers.

    Shape kept; SourceError where a sensitivity is none, as words that are no EEPROM give. The library computes in float32.
    """
    net = (alpha.astype(np.float32) - np.float32(cp_alpha)).astype(np.float64)
    if not (net > 0).all():
        raise SourceError("the EEPROM gives a pixel no sensitivity", where=where, remedy=_REFUSED)
    reciprocal = (SCALE_ALPHA / net).astype(np.float32).astype(np.float64)
    scale = _doublings(float(reciprocal.max()), _ALPHA_AT_LEAST)
    stored = np.floor(reciprocal * 2.0**scale + 0.5)
    if not (stored.min() >= 1 and stored.max() <= _UINT16):
        raise SourceError("the EEPROM's sensitivities are too far apart", where=where, remedy=_REFUSED)
    return SCALE_ALPHA * 2.0**scale / stored


def coefficients_as_stored(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kta or Kv rounded to 8-bit numbers with a common power of two."""
    largest = float(np.abs(values).max())
    if largest == 0.0:
        return values
    scale = 2.0 ** _doublings(largest, _COEFFICIENT_AT_LEAST)
    return np.trunc(values * scale + np.copysign(0.5, values)) / scale


def _doublings(value: float, at_least: float) -> int:
    """How often `value` must be doubled to reach `at_least`; 0 where it is there."""
    return max(0, math.ceil(math.log2(at_least / value)))

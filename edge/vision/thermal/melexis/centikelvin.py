"""Degrees Celsius as the counts every thermal source delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LARGEST: Final = 65534
"""65535 means saturated."""


def counts_of(celsius: NDArray[np.float64], rows: int, cols: int) -> NDArray[np.uint16]:
    """Rounded to 0.01 K, shape (rows, cols); NaN becomes 0, which means no value."""
    kelvin = np.rint((celsius + 273.15) * 100.0)
    return np.where(np.isfinite(kelvin), np.clip(kelvin, 1, _LARGEST), 0).astype(np.uint16).reshape(rows, cols)

"""An EEPROM for a simulated MLX90641: the numbers of its data sheet's worked example, under the Hamming code."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.vision.thermal.melexis.mlx90641_parameters import (
    COEFFICIENTS,
    FIRST_CODED,
    MODEL_BIT,
    OFFSETS,
    PIXELS,
    SENSITIVITIES,
)
from edge.vision.thermal.melexis.secded import encode

WORKED_PIXEL: Final = 88
"""Row 6, column 9, counted from 1."""
_SHARED: Final = {
    16: 0, 17: 0x7E8, 18: 0x016,  # offset scale 2^0, average -746
    21: 406, 22: 17 << 5 | 1, 23: 333, 24: 10 << 5 | 0,  # Kta and Kv: averages and scales
    25: 10 << 5 | 10, 26: 10 << 5 | 10, 27: 10 << 5 | 10,  # sensitivities: scales less 20
    34: -72, 35: 0x1E6, 36: 0x137, 37: 0x014, 38: -424, 39: -98,
    40: 0x17F, 41: 0x018, 42: 342, 43: 23, 44: 9 * 128,
    45: 830, 46: 38, 47: 0x7FC, 48: 0x009, 49: 13 << 6 | 19, 50: 4 << 6 | 5, 51: 2 << 9,
    52: 20, 58: 200, 60: 400, 62: 600,
    **dict.fromkeys((53, 54, 55, 56, 57, 59, 61, 63), -734),
}  # fmt: skip
_LARGEST: Final = 371


def eeprom41_of(seed: int = 1) -> NDArray[np.uint16]:
    """The 832 words of a sensor whose pixels differ a little from each other, as `seed` says."""
    data = np.zeros(832, np.int64)
    for word, value in _SHARED.items():
        data[word] = value
    data[28:34] = _LARGEST
    rng = np.random.default_rng(seed)
    for start in OFFSETS:
        data[start : start + PIXELS] = rng.integers(60, 80, PIXELS)
    data[SENSITIVITIES : SENSITIVITIES + PIXELS] = rng.integers(1900, 2048, PIXELS)
    data[COEFFICIENTS : COEFFICIENTS + PIXELS] = (rng.integers(-3, 4, PIXELS) & 0x3F) << 5 | rng.integers(-2, 3, PIXELS) & 0x1F
    data[[OFFSETS[0] + WORKED_PIXEL, OFFSETS[1] + WORKED_PIXEL, SENSITIVITIES + WORKED_PIXEL]] = (73, 71, 2047)
    words = encode((data & 0x7FF).astype(np.uint16))
    words[:FIRST_CODED] = 0
    words[10] = MODEL_BIT
    return words

"""Parameters of each of the 768 pixels of the MLX90640, exactly as the data sheet restores them. Shape (768,) each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis.bit_fields import high_byte, low_byte, nibble, signed, signed_each, signed_nibbles

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS: Final = 24
COLS: Final = 32
PIXELS: Final = ROWS * COLS
FIRST_PIXEL: Final = 64
"""EEPROM word of the first pixel, 0x2440."""

_row, _col = np.divmod(np.arange(PIXELS), COLS)
SPLIT: Final[NDArray[np.intp]] = 2 * (_row % 2) + _col % 2
"""Which of the four averages of Kta and Kv a pixel has: 0 both odd (counted from 1), 1 even column, 2 even row, 3 both even."""


def offset(ee: NDArray[np.int64]) -> NDArray[np.int64]:
    """Section 11.1.3: pix_OS_ref, LSB."""
    scale = int(ee[16])
    rows = signed_nibbles(ee[18:24]) << nibble(scale, 2)
    cols = signed_nibbles(ee[24:32]) << nibble(scale, 1)
    own = signed_each(ee[FIRST_PIXEL:] >> 10, 6) << nibble(scale, 0)
    return signed(int(ee[17]), 16) + _spread(rows, cols) + own


def alpha(ee: NDArray[np.int64]) -> NDArray[np.float64]:
    """Section 11.1.4: the sensitivity, before that of the compensation pixel is taken off (11.2.2.8)."""
    scale = int(ee[32])
    rows = signed_nibbles(ee[34:40]) << nibble(scale, 2)
    cols = signed_nibbles(ee[40:48]) << nibble(scale, 1)
    own = signed_each(ee[FIRST_PIXEL:] >> 4, 6) << nibble(scale, 0)
    return (int(ee[33]) + _spread(rows, cols) + own).astype(np.float64) / 2.0 ** (nibble(scale, 3) + 30)


def kv(ee: NDArray[np.int64]) -> NDArray[np.float64]:
    """Section 11.1.5: how the offset depends on the supply, 1/V; four values, no pixel has its own."""
    word = int(ee[52])
    averages = np.array([signed(nibble(word, number), 4) for number in (3, 1, 2, 0)], np.int64)
    return averages[SPLIT].astype(np.float64) / 2.0 ** nibble(int(ee[56]), 2)


def kta(ee: NDArray[np.int64]) -> NDArray[np.float64]:
    """Section 11.1.6: how the offset depends on the die's temperature, 1/degC."""
    odd, even, scale = int(ee[54]), int(ee[55]), int(ee[56])
    averages = np.array([high_byte(odd), high_byte(even), low_byte(odd), low_byte(even)], np.int64)
    own = signed_each(ee[FIRST_PIXEL:] >> 1, 3) << nibble(scale, 0)
    return (averages[SPLIT] + own).astype(np.float64) / 2.0 ** (nibble(scale, 1) + 8)


def _spread(rows: NDArray[np.int64], cols: NDArray[np.int64]) -> NDArray[np.int64]:
    return (rows[:, None] + cols[None, :]).ravel()

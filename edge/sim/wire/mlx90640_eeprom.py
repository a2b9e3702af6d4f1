"""An EEPROM for a simulated MLX90640: the shared words of the data sheet's worked example, pixels of its own."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.vision.thermal.melexis.mlx90640_pixels import FIRST_PIXEL, PIXELS

DATA_SHEET: Final = bytes.fromhex(
    "4210FFBB0202F202F2F2E2E2D1E1B1D1F10FF00FE0EFE0EFE1E1F3F2F404E504"
    "79A62F44FFDD221033332233EF019ACCEEDC10FF2221333323330112EEFFBBDD"
    "18EF2FF159529D6854540994695653542363E446FBB5044BF020979797972889"
)
"""0x2410 to 0x243F as printed in section 11.2.2 of the data sheet, rev 12."""

WORKED_PIXEL: Final = 367
"""Row 12, column 16, counted from 1: RAM 0x056F."""

WORKED_WORD: Final = 0x08A0
_TGC: Final = 60
_OWN_OFFSET, _OWN_ALPHA, _OWN_KTA = 1 << 10, 1 << 4, 1 << 1


def eeprom_of(seed: int = 1, *, tgc: bool = False) -> NDArray[np.uint16]:
    """The 832 words of a sensor whose pixels differ a little from each other, as `seed` says.

    The worked example has a temperature gradient coefficient of 1; sensors made today have 0, which is what False gives.
    """
    words = np.zeros(FIRST_PIXEL + PIXELS, np.uint16)
    words[7:10] = (seed >> 32 & 0xFFFF, seed >> 16 & 0xFFFF, seed & 0xFFFF)  # device id
    words[16:FIRST_PIXEL] = np.frombuffer(DATA_SHEET, ">u2")
    if not tgc:
        words[_TGC] &= 0xFF00
    rng = np.random.default_rng(seed)
    own = rng.integers(-2, 3, (3, PIXELS))
    fields = (own[0] & 0x3F) * _OWN_OFFSET + ((own[1] * 3 + 8) & 0x3F) * _OWN_ALPHA + ((own[2] // 2) & 7) * _OWN_KTA
    words[FIRST_PIXEL:] = np.where(fields == 0, WORKED_WORD, fields)
    words[FIRST_PIXEL + WORKED_PIXEL] = WORKED_WORD
    return words

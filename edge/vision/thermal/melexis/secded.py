"""The MLX90641's EEPROM words: 11 bits of data under an extended Hamming code (data sheet section 9.3).

Bits 0 to 10 are data, 11 to 14 parities, 15 the parity of all. One wrong bit is corrected, two are noticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA: Final = 0x07FF
PARITIES: Final = (0x0D5B, 0x166D, 0x278E, 0x47F0)
"""Bits that each of the parities at 11, 12, 13 and 14 covers, itself among them; their number is even in a whole word."""
_WORD: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class Decoded:
    """Words decoded, arrays of one shape.

    Attributes:
        data: 11 bits each, uint16; what a refused word held is not known.
        corrected: where one bit was wrong.
        refused: where two were.
    """

    data: NDArray[np.uint16]
    corrected: NDArray[np.bool_]
    refused: NDArray[np.bool_]


def decode(words: NDArray[np.uint16]) -> Decoded:
    """Check and correct each word."""
    syndrome = np.zeros(words.shape, np.intp)
    for number, mask in enumerate(PARITIES):
        syndrome |= _odd(words & np.uint16(mask)) << number
    odd = _odd(words).astype(bool)
    repaired = np.where(odd, words ^ _FLIP[syndrome], words)
    return Decoded((repaired & DATA).astype(np.uint16), odd, ~odd & (syndrome != 0))


def encode(data: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The words that hold 11 bits of data each."""
    words = data & np.uint16(DATA)
    for number, mask in enumerate(PARITIES):
        words |= (_odd(words & np.uint16(mask)) << (11 + number)).astype(np.uint16)
    return (words | (_odd(words) << 15)).astype(np.uint16)


def _odd(words: NDArray[np.uint16]) -> NDArray[np.intp]:
    """1 where the number of set bits is odd, else 0."""
    folded = words.astype(np.intp)
    for by in (8, 4, 2, 1):
        folded ^= folded >> by
    return folded & 1


def _flips() -> NDArray[np.uint16]:
    """Which bit a syndrome accuses: the one that exactly its parities cover; none of them is bit 15, the parity of all."""
    flip = np.full(16, 1 << 15, np.uint16)
    for bit in range(15):
        flip[sum(bool(mask >> bit & 1) << number for number, mask in enumerate(PARITIES))] = 1 << bit
    return flip


_FLIP: Final = _flips()

"""Signed numbers packed into parts of a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def signed(value: int, bits: int) -> int:
    """The two's complement of the lowest `bits` of `value`."""
    return ((value & ((1 << bits) - 1)) ^ (1 << (bits - 1))) - (1 << (bits - 1))


def signed_each(values: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """The same for an array."""
    return ((values & ((1 << bits) - 1)) ^ (1 << (bits - 1))) - (1 << (bits - 1))


def low_byte(word: int) -> int:
    """Bits 7 to 0, signed."""
    return signed(word, 8)


def high_byte(word: int) -> int:
    """Bits 15 to 8, signed."""
    return signed(word >> 8, 8)


def nibble(word: int, number: int) -> int:
    """Bits 4n+3 to 4n, unsigned; number 0 is the lowest."""
    return (word >> (4 * number)) & 0xF


def signed_nibbles(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Four signed numbers a word, lowest nibble first, shape (4 * len(words),)."""
    return signed_each(words[:, None] >> np.array([0, 4, 8, 12]), 4).ravel()

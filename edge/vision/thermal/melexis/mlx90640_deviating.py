"""Broken and outlier pixels of the MLX90640 (data sheet section 9), with the return codes of the maker's library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis.mlx90640_pixels import COLS, FIRST_PIXEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MOST: Final = 4
_ANOTHER_MODEL: Final = 0x0040
"""Device select of 0x240A: 0 on an MLX90640, 1 on an MLX90641."""


class ReturnCode(IntEnum):
    """What the maker's library returns; everything but OK says that the sensor or its words are not as they should be."""

    OK = 0
    BROKEN_PIXELS = -3  # more than four
    OUTLIER_PIXELS = -4  # more than four
    BAD_PIXELS = -5  # more than four of both together
    ADJACENT_PIXELS = -6  # two of them touch, so that there is nothing to replace them from
    NOT_THIS_MODEL = -7  # the EEPROM is that of an MLX90641, or none at all
    FRAME_DATA = -8  # 0x7FFF where it must not stand: the words were read while the sensor wrote them


MEANING: Final[dict[ReturnCode, str]] = {
    ReturnCode.OK: "as it should be",
    ReturnCode.BROKEN_PIXELS: "more than four broken pixels",
    ReturnCode.OUTLIER_PIXELS: "more than four outlier pixels",
    ReturnCode.BAD_PIXELS: "more than four broken and outlier pixels",
    ReturnCode.ADJACENT_PIXELS: "two bad pixels touch each other",
    ReturnCode.NOT_THIS_MODEL: "the EEPROM is not that of an MLX90640",
    ReturnCode.FRAME_DATA: "0x7FFF in the frame: read while the sensor wrote it",
}


@dataclass(frozen=True, slots=True)
class BadPixels:
    """Numbers of the bad pixels (row * 32 + col), at most five of each as in the library, and its return code."""

    broken: tuple[int, ...]
    outliers: tuple[int, ...]
    code: ReturnCode

    @property
    def all(self) -> tuple[int, ...]:
        return self.broken + self.outliers


def deviating_pixels(ee: NDArray[np.int64]) -> BadPixels:
    """Find them: a broken pixel's word is 0, an outlier's has bit 0 set. The search ends with the fifth of a kind."""
    words = ee[FIRST_PIXEL:]
    broken, outlier = words == 0, (words & 1) == 1
    till = min(_fifth(broken), _fifth(outlier))
    one, other = (tuple(np.flatnonzero(kind[: till + 1]).tolist()) for kind in (broken, outlier))
    return BadPixels(one, other, _code(ee, one, other))


def _fifth(kind: NDArray[np.bool_]) -> int:
    found = np.flatnonzero(kind)
    return int(found[MOST]) if len(found) > MOST else len(kind)


def _code(ee: NDArray[np.int64], broken: tuple[int, ...], outliers: tuple[int, ...]) -> ReturnCode:
    if int(ee[10]) & _ANOTHER_MODEL:
        return ReturnCode.NOT_THIS_MODEL
    if len(broken) > MOST:
        return ReturnCode.BROKEN_PIXELS
    if len(outliers) > MOST:
        return ReturnCode.OUTLIER_PIXELS
    if len(broken) + len(outliers) > MOST:
        return ReturnCode.BAD_PIXELS
    return ReturnCode.ADJACENT_PIXELS if any(adjacent_pairs(broken + outliers)) else ReturnCode.OK


def adjacent_pairs(pixels: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Pairs that touch by a side or a corner."""
    for one, other in combinations(pixels, 2):
        if abs(one // COLS - other // COLS) <= 1 and abs(one % COLS - other % COLS) <= 1:
            yield one, other

"""Bad pixels from their neighbours, by the rules of the maker's library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis.mlx90640_pixels import COLS, ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SECOND: Final = 1
_LAST_BUT_ONE: Final = COLS - 2


def replace(celsius: NDArray[np.float64], bad: Sequence[int], *, chess: bool) -> None:
    """Replace the `bad` pixels of a whole picture, shape (768,), in place and in their order."""
    picture = celsius.reshape(ROWS, COLS)
    for pixel in bad:
        row, col = divmod(pixel, COLS)
        picture[row, col] = _from_corners(picture, row, col) if chess else _from_sides(picture, row, col, bad)


def _from_corners(picture: NDArray[np.float64], row: int, col: int) -> float:
    """Chess: the median of the neighbours of the same sub-page, which touch at the corners. The median of two is their mean."""
    rows = [at for at in (row - 1, row + 1) if 0 <= at < ROWS]
    cols = [at for at in (col - 1, col + 1) if 0 <= at < COLS]
    return float(np.median(picture[np.ix_(rows, cols)]))


def _from_sides(picture: NDArray[np.float64], row: int, col: int, bad: Sequence[int]) -> float:
    """Interleaved: the line continued from the side where it is flatter; the mean of both sides where that cannot be told."""
    line = picture[row]
    if col == 0:
        return float(line[1])
    if col == COLS - 1:
        return float(line[col - 1])
    before, after = float(line[col - 1]), float(line[col + 1])
    pixel = row * COLS + col
    if col in (_SECOND, _LAST_BUT_ONE) or pixel - 2 in bad or pixel + 2 in bad:
        return (before + after) / 2
    rise, fall = after - float(line[col + 2]), before - float(line[col - 2])
    return before + fall if abs(rise) > abs(fall) else after + rise

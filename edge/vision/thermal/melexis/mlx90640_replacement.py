"""Bad pixels from their neighbours, by the rules of the maker's library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from edge.vision.thermal.melexis.mlx90640_pixels import COLS, ROWS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from numpy.typing import NDArray


def replace(celsius: NDArray[np.float64], bad: Sequence[int], *, chess: bool) -> None:
    """Replace the `bad` pixels of a whole picture, shape (768,), in place and in their order."""
    picture = celsius.reshape(ROWS, COLS)
    for pixel in bad:
        row, col = divmod(pixel, COLS)
        if chess:
            picture[row, col] = _from_corners(picture, row, col)
        else:
            picture[row, col] = from_sides(picture[row], col, [other - row * COLS for other in bad])


def _from_corners(picture: NDArray[np.float64], row: int, col: int) -> float:
    """Chess: the median of the neighbours of the same sub-page, which touch at the corners. The median of two is their mean."""
    rows = [at for at in (row - 1, row + 1) if 0 <= at < ROWS]
    cols = [at for at in (col - 1, col + 1) if 0 <= at < COLS]
    return float(np.median(picture[np.ix_(rows, cols)]))


def from_sides(line: NDArray[np.float64], col: int, bad: Container[int]) -> float:
    """A pixel of a line, continued from the side where that is flatter; the mean of both sides where it cannot be told.

    `bad` holds the columns of bad pixels of the same line, as far as there are any.
    """
    last = len(line) - 1
    if col == 0:
        return float(line[1])
    if col == last:
        return float(line[last - 1])
    before, after = float(line[col - 1]), float(line[col + 1])
    if col in (1, last - 1) or col - 2 in bad or col + 2 in bad:
        return (before + after) / 2
    rise, fall = after - float(line[col + 2]), before - float(line[col - 2])
    return before + fall if abs(rise) > abs(fall) else after + rise

"""Which pixels a sub-page holds: every second one as on a chessboard, or every second line (interleaved)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis.mlx90640_pixels import COLS, PIXELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_number = np.arange(PIXELS)
_line = _number // COLS % 2

IL_PATTERN: Final[NDArray[np.intp]] = _line
"""Section 11.1.3.1: sub-page of a pixel in the interleaved pattern."""

CHESS_PATTERN: Final[NDArray[np.intp]] = _line ^ (_number % 2)
"""Section 11.1.3.1: sub-page of a pixel in the chess pattern."""

CONVERSION_PATTERN: Final[NDArray[np.intp]] = ((_number + 2) // 4 - (_number + 3) // 4 + (_number + 1) // 4 - _number // 4) * (
    1 - 2 * _line
)
"""Section 11.1.3.1: 0, -1, 0, 1 along even lines, 0, 1, 0, -1 along odd ones."""


def members(subpage: int, *, chess: bool) -> NDArray[np.intp]:
    """Numbers of the 384 pixels of a sub-page."""
    return np.flatnonzero((CHESS_PATTERN if chess else IL_PATTERN) == subpage)

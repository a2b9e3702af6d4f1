"""A thermal picture as a grey one that the eye can look at: the gate without a colour camera.

The network finds faces in it as it finds them in a grey photograph: skin is bright, hair, glasses and clothes are dark. What it
says of masks means nothing there; such a gate screens for temperature alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BACKGROUND, _WARMEST = 0.20, 0.99  # quantiles of the picture that are shown as dark and as white
_LEAST_SPAN_C, _MOST_SPAN_C = 10.0, 20.0  # between them: noise of an empty room is not to be stretched into faces, and a lamp
# not to take the light from them
_FOOT_C: Final = 2.0  # shown below the background, so that what is a little colder than it has an outline
_EVERY: Final = 4  # rows and columns whose pixels the quantiles are taken of


def rendered(celsius: NDArray[np.float32], scale: int) -> NDArray[np.uint8]:
    """Grey BGR picture (rows * scale, cols * scale, 3) of apparent temperatures (rows, cols); NaN is black."""
    few = celsius[::_EVERY, ::_EVERY].ravel()
    few = few[np.isfinite(few)]
    rows, cols = celsius.shape
    if len(few) == 0:
        return np.zeros((rows * scale, cols * scale, 3), np.uint8)
    low, high = (float(value) for value in np.quantile(few, (_BACKGROUND, _WARMEST)))
    span = min(max(high - low, _LEAST_SPAN_C), _MOST_SPAN_C) + _FOOT_C
    levels = np.nan_to_num((celsius - (low - _FOOT_C)) * (255.0 / span), nan=0.0, posinf=255.0, neginf=0.0)
    grey = np.clip(levels, 0.0, 255.0).astype(np.uint8)
    large = cv2.resize(grey, (cols * scale, rows * scale), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2BGR), np.uint8)


def exact_mapping(scale: int) -> list[list[float]]:
    """From the rendered picture to the one it was made of: [col, row] = matrix * [x, y, 1], pixel centres on whole numbers."""
    shift = (1.0 / scale - 1.0) / 2.0
    return [[1.0 / scale, 0.0, shift], [0.0, 1.0 / scale, shift]]

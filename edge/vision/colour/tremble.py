"""Makes a still picture look taken: sensor noise, and a trembling of less than a pixel. No two frames are alike."""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROAM_PX: Final = 61


class Tremble:
    """For pictures of one size. The same seed and time give the same trembling; the noise differs in every frame."""

    def __init__(self, width: int, height: int, seed: int, noise: float = 2.0, shake_px: float = 0.35) -> None:
        """`noise` is the standard deviation in grey levels, `shake_px` the greatest shift, below 1."""
        self._rng = np.random.default_rng([seed, 17])
        self._shake_px = shake_px
        size = (height + _ROAM_PX, width + _ROAM_PX, 3)
        grain = np.round(np.float32(noise) * self._rng.standard_normal(size, np.float32))
        # Two unsigned sheets: adding and then subtracting them saturates in OpenCV's fastest loops, 0.3 ms at 640x480.
        self._lighter = np.clip(grain, 0, 60).astype(np.uint8)
        self._darker = np.clip(-grain, 0, 60).astype(np.uint8)

    def taken(self, picture: NDArray[np.uint8], t_s: float) -> NDArray[np.uint8]:
        """`picture`, (height, width, 3) uint8, as a sensor would deliver it at `t_s`; a new array."""
        height, width = picture.shape[:2]
        right_px = self._shake_px * (0.6 * sin(2 * pi * 1.7 * t_s) + 0.4 * sin(2 * pi * 4.1 * t_s + 1.0))
        down_px = self._shake_px * (0.6 * sin(2 * pi * 1.3 * t_s + 2.0) + 0.4 * sin(2 * pi * 5.3 * t_s))
        shaken = _shifted(picture, right_px, down_px)
        y, x = (int(at) for at in self._rng.integers(0, _ROAM_PX, 2))
        cv2.add(shaken, self._lighter[y : y + height, x : x + width], dst=shaken)
        cv2.subtract(shaken, self._darker[y : y + height, x : x + width], dst=shaken)
        return shaken


def _shifted(picture: NDArray[np.uint8], right_px: float, down_px: float) -> NDArray[np.uint8]:
    """Bilinear, by less than a pixel. Two weighted sums: a fifth of the time of OpenCV's affine warp at 640x480."""
    height, width = picture.shape[:2]
    wide = cv2.copyMakeBorder(picture, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    left, rest = divmod(1.0 - right_px, 1.0)
    x = int(left)
    across = cv2.addWeighted(wide[:, x : x + width], 1.0 - rest, wide[:, x + 1 : x + 1 + width], rest, 0.0)
    top, rest = divmod(1.0 - down_px, 1.0)
    y = int(top)
    return cv2.addWeighted(across[y : y + height], 1.0 - rest, across[y + 1 : y + 1 + height], rest, 0.0)  # type: ignore[return-value]

"""Takes stray light off a thermal picture, so that a small warm thing, the reference body, reads as a large one does, a face.

A lens and its window scatter: a pixel gets (1 - s) of what it looks at and s of what lies around it, s about 1 to 5 %. A body in
front of a cold wall then reads low by s times the difference, and everybody corrected by it reads high. The same model is undone:
T = (T' - s * blur(T')) / (1 - s), which leaves s squared of the difference. Body and faces are read in the same picture.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.config.thermometry import SensorConfig
    from edge.vision.thermal_frame import ThermalFrame

_SMEARED: Final = 0.25  # squares of a pixel that shrinking (1/12) and growing again (1/6) smear by themselves


class StrayLight:
    """Of one sensor."""

    def __init__(self, sensor: SensorConfig) -> None:
        self._share = np.float32(sensor.stray_share)
        # Blurred as a smaller picture: 0.05 ms for 160x120 where the plain Gaussian takes 0.16.
        self._shrink = int(sensor.stray_reach_px)
        self._blur_px = float(np.sqrt((sensor.stray_reach_px / self._shrink) ** 2 - _SMEARED))

    def removed(self, frame: ThermalFrame) -> ThermalFrame:
        """The same picture without it; pixels without a value stay so."""
        if not self._share > 0.0:
            return frame
        cleared = (frame.celsius - self._share * self._around(frame.celsius)) / (np.float32(1.0) - self._share)
        return replace(frame, celsius=np.asarray(cleared, np.float32))

    def _around(self, celsius: NDArray[np.float32]) -> NDArray[np.float32]:
        rows, cols = celsius.shape
        smaller = max(1, cols // self._shrink), max(1, rows // self._shrink)
        small = cv2.resize(_filled(celsius), smaller, interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), self._blur_px)
        return np.asarray(cv2.resize(small, (cols, rows), interpolation=cv2.INTER_LINEAR), np.float32)


def _filled(celsius: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture with its median in place of what has no value, so that one dead pixel does not spread."""
    valid = np.isfinite(celsius)
    if valid.all():
        return celsius
    fill = np.median(celsius[valid]) if valid.any() else np.float32(0.0)
    return np.asarray(np.where(valid, celsius, fill), np.float32)

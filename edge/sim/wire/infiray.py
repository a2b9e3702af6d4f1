"""What an InfiRay P2 Pro or Topdon TC001 puts on the wire: YUYV pictures of 256x384, and a shutter that closes by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.infiray.frame import COLS, PER_KELVIN, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SHUT_S: Final = 0.6
"""For which the last picture stands; the makers state none."""
_NEUTRAL: Final = 128


def yuyv_of(celsius: NDArray[np.floating]) -> bytes:
    """A picture of (192, 256) degrees Celsius: above it drawn in grey, below in 1/64 K; NaN becomes 0."""
    if celsius.shape != (ROWS, COLS):
        raise ValueError(f"a picture has {ROWS}x{COLS} pixels, not {celsius.shape}")
    words = np.nan_to_num(np.clip(np.rint((celsius.astype(np.float64) + 273.15) * PER_KELVIN), 0, 65535), nan=0.0)
    return bytes(drawn(celsius).tobytes() + words.astype("<u2").tobytes())


def drawn(celsius: NDArray[np.floating]) -> NDArray[np.uint8]:
    """The half to look at, (192, 256, 2): brightness from cold to warm, no colour."""
    low, high = np.nanmin(celsius, initial=0.0), np.nanmax(celsius, initial=50.0)
    grey = np.nan_to_num((celsius - low) / (high - low) * 255)
    return np.stack([grey.astype(np.uint8), np.full((ROWS, COLS), _NEUTRAL, np.uint8)], axis=-1)


class SimulatedInfiray:
    """The camera. `celsius(t_s)` is what it would see; its own error moves when its shutter closes.

    Attributes:
        error_c: added to every pixel: what the sensor has drifted since its last shutter event.
    """

    def __init__(self, celsius: Callable[[float], NDArray[np.floating]]) -> None:
        self.error_c = 0.0
        self._celsius = celsius
        self._shut_s = float("-inf")
        self._next_error_c = 0.0
        self._last = b""

    def close_shutter(self, at_s: float, error_c: float) -> None:
        """For SHUT_S the last picture stands; after that every pixel is off by `error_c` instead."""
        self._shut_s, self._next_error_c = at_s, error_c

    def picture(self, at_s: float) -> bytes:
        """The bytes of the picture that it sends at `at_s`."""
        if 0.0 <= at_s - self._shut_s < SHUT_S and self._last:
            return self._last
        if at_s >= self._shut_s + SHUT_S:
            self.error_c = self._next_error_c
        self._last = yuyv_of(self._celsius(at_s) + self.error_c)
        return self._last

"""One picture of an InfiRay P2 Pro or Topdon TC001: YUYV of 256x384, the upper half to look at, the lower one to measure.

Both halves have 192 rows from top to bottom. A pixel of the lower half is one little-endian word in 1/64 K.
(Source: leswright1977/PyThermalCamera and LeoDJ/P2Pro-Viewer, which agree.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS: Final = 192
COLS: Final = 256
FRAME_ROWS: Final = 2 * ROWS
FRAME_BYTES: Final = FRAME_ROWS * COLS * 2
PER_KELVIN: Final = 64
_SATURATED: Final = 65535


def grey_of(data: bytes) -> NDArray[np.uint8]:
    """The picture to look at, (192, 256): the Y of each YUYV pair. Raises ValueError where the size is another."""
    return _halves(data)[:ROWS, :, 0]


def sixty_fourths_of(data: bytes) -> NDArray[np.uint16]:
    """The picture to measure, (192, 256), kelvin times 64. Raises ValueError where the size is another."""
    return _halves(data)[ROWS:].view("<u2")[..., 0].astype(np.uint16)


def counts_of(sixty_fourths: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Centikelvin, rounded; 0 stays 0 (no value), and above 655.34 K it is 65535 (saturated)."""
    return _CENTIKELVIN.take(sixty_fourths)


def _halves(data: bytes) -> NDArray[np.uint8]:
    if len(data) != FRAME_BYTES:
        raise ValueError(f"a picture has {FRAME_BYTES} bytes, not {len(data)}")
    return np.frombuffer(data, np.uint8).reshape(FRAME_ROWS, COLS, 2)


def _centikelvin_of_words() -> NDArray[np.uint16]:
    """Of every possible word: one look-up a pixel."""
    exact = np.arange(1 << 16, dtype=np.uint32) * 100
    return np.minimum((exact + PER_KELVIN // 2) // PER_KELVIN, _SATURATED).astype(np.uint16)


_CENTIKELVIN: Final = _centikelvin_of_words()

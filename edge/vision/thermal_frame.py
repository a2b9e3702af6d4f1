"""One radiometric picture, and how raw counts become degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KELVIN_AT_0_C: Final = 273.15
_COUNTS_PER_KELVIN: Final = 100.0
_AXES: Final = 2  # rows, cols


@dataclass(frozen=True, slots=True)
class ThermalFrame:
    """One radiometric picture, already turned.

    Attributes:
        celsius: apparent temperature, shape (rows, cols), float32, degrees Celsius; NaN where a pixel is invalid.
        taken_s: monotonic time of the exposure, seconds; compare only on one machine.
        number: the source's own count of this picture.
        ffc_age_s: seconds since the last shutter event; infinity where the source has no shutter; NaN, nobody knows, is never
            believed.
    """

    celsius: NDArray[np.float32]
    taken_s: float
    number: int
    ffc_age_s: float


def from_counts(
    counts: NDArray[np.uint16], rotate_deg: int, *, taken_s: float, number: int = 0, ffc_age_s: float = float("nan")
) -> ThermalFrame:
    """Turn centikelvin counts (rows, cols), as a Lepton in TLinear gives them, into a frame.

    Counts 0 (a frame before the camera is ready) and 65535 (saturated) become NaN. `rotate_deg` is clockwise, in quarter turns.
    """
    if counts.ndim != _AXES or counts.dtype != np.uint16:
        raise ValueError(f"counts are (rows, cols) uint16, got {counts.shape} {counts.dtype}")
    celsius = _CELSIUS.take(np.rot90(counts, -(rotate_deg // 90)))
    return ThermalFrame(celsius, taken_s, number, ffc_age_s)


def turned_point(row: float, col: float, turn_deg: int, shape: tuple[int, ...]) -> tuple[float, float]:
    """Row and column, after turning a picture of `shape` (rows, cols) clockwise, of what was at (row, col) before.

    Back again: the other three quarters or two or one, with the shape of the turned picture.
    """
    rows, cols = shape
    match turn_deg % 360:
        case 90:
            return col, rows - 1 - row
        case 180:
            return rows - 1 - row, cols - 1 - col
        case 270:
            return cols - 1 - col, row
        case _:
            return row, col


def _celsius_of_counts() -> NDArray[np.float32]:
    """Degrees of every possible count: one look-up a pixel, and the invalid ones are written down in one place."""
    table = np.arange(65536) / _COUNTS_PER_KELVIN - _KELVIN_AT_0_C
    table[[0, 65535]] = np.nan
    return table.astype(np.float32)


_CELSIUS: Final = _celsius_of_counts()

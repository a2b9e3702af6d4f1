"""Why a picture of temperatures would not be what the settings say, in words for the technician."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_USUAL_C: Final = (-20.0, 60.0)
"""The middle of what a gate looks at."""
_UNITS: Final[dict[str, Callable[[float], float]]] = {
    "kelvin": lambda value: value - 273.15,
    "1/100 K": lambda value: value / 100 - 273.15,
    "degrees Fahrenheit": lambda value: (value - 32.0) / 1.8,
    "tenths of a degree": lambda value: value / 10,
}
_ROUGH_C: Final = 0.3
_CLEARLY: Final = 0.5


def complaint(celsius: NDArray[np.float64], rows: int, cols: int) -> str | None:
    """The first reason, or None. A picture without any value says nothing."""
    if celsius.shape != (rows, cols):
        return f"pictures are {celsius.shape[1]}x{celsius.shape[0]}, thermal.cols and thermal.rows say {cols}x{rows}"
    if np.isnan(celsius).all():
        return None
    middle = float(np.nanmedian(celsius))
    if not _USUAL_C[0] <= middle <= _USUAL_C[1]:
        looks = next((f" (they look like {unit})" for unit, turn in _UNITS.items() if _indoors(turn(middle))), "")
        return f"the middle of the picture would be {middle:.0f} degC: these are no temperatures in degC{looks}"
    if wrapped(celsius):
        return f"the matrix is {rows}x{cols}, not {cols}x{rows}: width and height are swapped in it"
    return None


def wrapped(celsius: NDArray[np.float64]) -> bool:
    """Whether the same numbers make a clearly smoother picture column by column: then width and height are swapped."""
    here = _roughness_c(celsius)
    return here > _ROUGH_C and _roughness_c(celsius.reshape(celsius.shape[::-1])) < _CLEARLY * here


def _roughness_c(celsius: NDArray[np.float64]) -> float:
    """How much neighbours in a column differ, on average."""
    steps = np.abs(np.diff(celsius, axis=0))
    return float(np.nanmean(steps)) if np.isfinite(steps).any() else 0.0


def _indoors(celsius: float) -> bool:
    return 5.0 <= celsius <= 45.0  # noqa: PLR2004 - degC, only to name the unit

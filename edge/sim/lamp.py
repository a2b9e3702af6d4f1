"""A simulated UV-C lamp: how bright it is where its sensor hangs. It starts dim and warms up, as a low-pressure lamp does.

The numbers are ours: near what a 30 W lamp must give at 1 m when it is new (90 µW/cm²), and quick to warm up.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

NEW_UW_CM2: Final = 107.0
AGED_SHARE: Final = 0.6
"""What an aged one gives of that."""
COLD_SHARE: Final = 0.5
"""What it lacks of its full brightness when it starts."""
WARM_S: Final = 10.0
"""In so many seconds that lack falls to 1/e."""

UvcLight = Callable[[], float]
"""Irradiance at the sensor now, µW/cm²."""


def no_light() -> float:
    """Nobody lights a lamp."""
    return 0.0


def irradiance_uw_cm2(lit_s: float, *, aged: bool = False) -> float:
    """After `lit_s` seconds."""
    return _full(aged=aged) * (1.0 - COLD_SHARE * math.exp(-lit_s / WARM_S))


def dose_mj_cm2(lit_s: float, *, aged: bool = False) -> float:
    """The integral of that from the start: the truth."""
    return _full(aged=aged) * (lit_s - COLD_SHARE * WARM_S * (1.0 - math.exp(-lit_s / WARM_S))) / 1000.0


def _full(*, aged: bool) -> float:
    return NEW_UW_CM2 * (AGED_SHARE if aged else 1.0)

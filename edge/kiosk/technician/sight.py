"""How the two pictures belong together. The gate's vision knows; the kiosk is handed it."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Sight(Protocol):
    """Of one gate."""

    @property
    def facts(self) -> dict[str, Any]:
        """What does not change while the gate runs: zone, limits, reference body, calibration, latencies."""

    def upright(self, counts: NDArray[np.uint16]) -> NDArray[np.float32]:
        """The thermal picture in degrees Celsius, turned as the gate turns it; NaN where a pixel has no value."""

    def mapped(self, points: NDArray[np.float64], depth_m: float | None) -> NDArray[np.float64]:
        """Colour pixels (n, 2) x, y to thermal pixels (n, 2) col, row, at a depth; None: where people usually stand."""

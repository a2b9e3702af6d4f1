"""What a thermal camera is to this house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class RawThermal:
    """One thermal picture as the sensor gives it.

    Attributes:
        counts: (rows, cols) uint16 centikelvin, as a Lepton with TLinear at 0.01 K.
        taken_s: monotonic seconds: arrival minus the source's latency.
        ffc_age_s: seconds since the last shutter event ended, 0.0 while one runs, infinity where the sensor has no shutter,
            NaN where nobody knows: then no temperature is believed.
    """

    counts: NDArray[np.uint16]
    taken_s: float
    ffc_age_s: float


class ThermalSource(Protocol):
    """A camera, or something that plays one. Opened by making it; that raises SourceError with place and remedy."""

    replay: bool
    """Whether the pictures are not live: such a source must not open a real barrier."""

    def read(self) -> RawThermal | None:
        """The next picture; None where nothing new came within about a frame's time. Raises SourceError when it is gone."""

    def close(self) -> None:
        """Give the camera back."""

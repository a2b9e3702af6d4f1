"""Pictures of both cameras of a gate that runs: out of its rings, so that no camera is opened twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, cast

from edge.app.calibration.pictures import pictures
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.errors import SourceError
from edge.vision.colour.source import Shot
from edge.vision.thermal.source import RawThermal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from edge.app.calibration.pictures import Picture
    from edge.app.rundir import RunDir
    from edge.config import GateConfig
    from edge.frames import FrameRing

_LOOK_S: Final = 0.01
_SILENT_S: Final = 8.0


def ring_pictures(rundir: RunDir, config: GateConfig, seconds: float) -> Iterator[Picture]:
    """So many seconds of both rings. Simulated cameras are drawn anew, as fast as they can be. Raises SourceError."""
    if isinstance(config.colour, SimulatedColour) and isinstance(config.thermal, SimulatedThermal):
        yield from pictures(config, seconds)
        return
    thermal = rundir.thermal_ring(config)
    if thermal is None:
        raise SourceError("this gate has no thermal camera", where='thermal.source = "none"')
    rings: tuple[tuple[str, FrameRing], ...] = (("colour", rundir.colour_ring(config)), ("thermal", thermal))
    begun_s = time.monotonic()
    seen = {name: (0, begun_s) for name, _ in rings}
    while (now_s := time.monotonic()) - begun_s < seconds:
        for name, ring in rings:
            number, newest_s = seen[name]
            frame = ring.read(number)
            if frame is not None:
                seen[name] = (frame.number, now_s)
                yield _picture(name, cast("NDArray[Any]", frame.pixels), frame.taken_s, frame.ffc_age_s)
            elif now_s - newest_s > _SILENT_S:
                raise SourceError(f"no picture for {_SILENT_S:.0f} s", where=f"{name} camera", remedy="Check cable and power.")
        time.sleep(_LOOK_S)


def _picture(name: str, pixels: NDArray[np.generic], taken_s: float, ffc_age_s: float) -> Picture:
    return Shot(pixels, taken_s) if name == "colour" else RawThermal(pixels, taken_s, ffc_age_s)  # type: ignore[arg-type]

"""What the step of the reference body does."""

from __future__ import annotations

import threading
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from contract.errors import SettingsError
from edge.app.rundir import RunDir
from edge.app.set_up.body import FEWEST, touched
from edge.app.set_up.change import Asked, Changes, set_keys
from edge.clock import Clock
from edge.config import GateConfig
from edge.errors import SourceError
from edge.vision.thermal_frame import from_counts

_BETWEEN_S: Final = 0.15
_PATIENCE_S: Final = 6.0
_KEYS: Final = ("row", "col", "radius_px", "setpoint_c")


class BodyActs:
    """Looks in the pictures that the gate itself measures in."""

    def __init__(self, config: GateConfig, rundir: RunDir, changes: Changes, clock: Clock) -> None:
        self._config, self._rundir, self._changes, self._clock = config, rundir, changes, clock
        self._waiting = threading.Event()

    def touch(self, asked: Asked) -> dict[str, Any]:
        """What is at `row`, `col` of the upright thermal picture, for a body that is set to `setpoint_c`."""
        body, place = self._config.reference, (float(asked["row"]), float(asked["col"]))
        if body is None:
            raise SettingsError("this gate checks no temperature", where="reference", remedy="Choose a thermal camera first.")
        body = body.model_copy(update={"setpoint_c": float(asked["setpoint_c"])})
        found = touched(self._pictures(), place, body, self._config.sensor)
        told: dict[str, Any] = {name: getattr(found.body, name) for name in _KEYS}
        return told | {"raw_c": None if np.isnan(found.raw_c) else round(found.raw_c, 2), "why": found.why}

    def take(self, asked: Asked) -> dict[str, Any]:
        """Take this body: what `touch` told, and `apply`."""
        changes: Asked = {f"reference.{name}": float(asked[name]) for name in _KEYS}
        return self._changes.make(set_keys(changes), apply=bool(asked["apply"]))

    def _pictures(self) -> list[NDArray[np.float32]]:
        """Some, over a second or more. Raises SourceError where none come."""
        ring = self._rundir.thermal_ring(self._config)
        if ring is None:
            raise SourceError("this gate has no thermal camera", where='thermal.source = "none"')
        kept: list[NDArray[np.float32]] = []
        until_s, number = self._clock.monotonic_s() + _PATIENCE_S, 0
        with ring:
            while len(kept) < FEWEST and self._clock.monotonic_s() < until_s:
                frame = ring.read(number)
                if frame is not None:
                    number = frame.number
                    counts = np.asarray(frame.pixels, np.uint16)
                    kept.append(from_counts(counts, self._config.sensor.rotate, taken_s=frame.taken_s).celsius)
                self._waiting.wait(_BETWEEN_S)
        if len(kept) < FEWEST:
            raise SourceError("the thermal camera gives no pictures", where="thermal", remedy="Check its cable and its power.")
        return kept

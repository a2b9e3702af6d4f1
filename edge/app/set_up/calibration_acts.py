"""What the step of the calibration does."""

from __future__ import annotations

from typing import Any

from contract.errors import SettingsError
from edge.app.set_up.calibration import Calibration
from edge.app.set_up.change import Asked, Changes
from edge.clock import Clock


class CalibrationActs:
    """A new calibration gets a file of its own: undoing the change brings the former one back."""

    def __init__(self, calibration: Calibration, changes: Changes, clock: Clock) -> None:
        self._calibration, self._changes, self._clock = calibration, changes, clock

    def start(self, _: Asked) -> dict[str, Any]:
        settings = self._changes.file
        when = self._clock.wall().strftime("%Y%m%dT%H%M%S")
        self._calibration.start(settings.with_name(f"{settings.stem}.calibration-{when}.toml"))
        return {}

    def stop(self, _: Asked) -> dict[str, Any]:
        self._calibration.stop()
        return {}

    def take(self, asked: Asked) -> dict[str, Any]:
        """Have the gate map by what was found; `apply`."""
        file = self._calibration.made
        if file is None:
            raise SettingsError("nothing was calibrated yet", where="registration", remedy="Calibrate first.")
        mapped = {"file": file.name}
        return self._changes.make(lambda draft: draft.set("registration", mapped), apply=bool(asked["apply"]))

"""How long the gate's calibration still counts, and the alert before it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract.messages.alert import AlertData, AlertKind

if TYPE_CHECKING:
    from datetime import datetime

    from edge.config.calibration import CalibrationConfig


@dataclass(slots=True)
class CalibrationWatch:
    """Raised `warn_days` before the end and told once; a gate that runs goes on after it, and is refused at its next start."""

    made: CalibrationConfig
    max_age_days: float
    warn_days: float
    _told: bool = False

    def days(self, now: datetime) -> float | None:
        """Days left, negative after the end; None where the clock cannot be believed."""
        return self.made.days_left(self.max_age_days, now)

    def look(self, now: datetime) -> AlertData | None:
        """The alert to raise or take back now, if there is one. An unknown age changes nothing."""
        days = self.days(now)
        if days is None or (days <= self.warn_days) == self._told:
            return None
        self._told = not self._told
        when = "is too old" if days <= 0 else f"is good for {days:.0f} more days"
        detail = f"The calibration of {self.made.made_at[:10]} {when}: calibrate again, or the gate does not start any more."
        state = "raised" if self._told else "returned"
        return AlertData(kind=AlertKind.CALIBRATION, state=state, detail=detail if self._told else "", raised=now)

"""What a run of a UV-C lamp was worth at one place. No clock and no store in here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RunLight(StrEnum):
    """Only a run of which the dose is known to have been enough is one."""

    SHORT = "short"
    UNKNOWN = "unknown"
    """It could not be measured, or what is known of it decides nothing."""
    NO_TARGET = "no_target"
    """It was measured, and nobody has said what would be enough."""
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Run:
    """One row of `uvc_run`; None is not known. Times are UTC milliseconds, irradiance is in uW/cm2, doses are in mJ/cm2."""

    gate: str
    sensor: str
    ended_ms: int
    place: str
    lit_s: float | None
    covered_pct: float | None
    dose_mj_cm2: float | None
    off_mj_cm2: float | None
    mean_uw_cm2: float | None
    peak_uw_cm2: float | None
    target_mj_cm2: float | None
    reached: float | None
    trouble: str | None
    received_ms: int

    @property
    def began_ms(self) -> int | None:
        return None if self.lit_s is None else self.ended_ms - round(self.lit_s * 1000)

    @property
    def light(self) -> RunLight:
        if self.reached is not None:
            return RunLight.REACHED if self.reached >= 1.0 else RunLight.SHORT
        known = self.target_mj_cm2 is None and self.trouble is None and self.dose_mj_cm2 is not None
        return RunLight.NO_TARGET if known else RunLight.UNKNOWN

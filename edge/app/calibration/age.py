"""A calibration grows old: cameras sag and are knocked. An old one is refused when a gate starts; a gate that runs goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.errors import SettingsError
from edge.gate.calibration_watch import CalibrationWatch

if TYPE_CHECKING:
    from datetime import datetime

    from edge.config import GateConfig


def watch_of(config: GateConfig) -> CalibrationWatch | None:
    """Follows the age of this gate's calibration; None where it has none (a matrix, masks only, one camera)."""
    mapping = config.registration
    if mapping is None or mapping.calibrated is None or not config.screening.temperature:
        return None
    return CalibrationWatch(mapping.calibrated, mapping.max_age_days, mapping.warn_days)


def refuse_stale(config: GateConfig, now: datetime) -> None:
    """Raises SettingsError where the calibration is older than `registration.max_age_days`.

    With a clock that cannot be believed only what has passed for certain counts: the gate starts, and says that it does not know.
    """
    watch = watch_of(config)
    days = None if watch is None else watch.days(now)
    if watch is None or days is None or days > 0:
        return
    raise SettingsError(
        f"made on {watch.made.made_at[:10]}, {watch.max_age_days - days:.0f} days before what this machine's clock says "
        f"({now:%Y-%m-%d}); it is good for {watch.max_age_days:g}",
        where="registration",
        remedy="Check the clock; run `menshen-edge calibrate` again, or set registration.max_age_days.",
    )


def age_words(config: GateConfig, now: datetime) -> str:
    """For a technician, behind what is said of the calibration itself; empty where there is none."""
    watch = watch_of(config)
    if watch is None:
        return ""
    days = watch.days(now)
    return ", how long ago is unknown: the clock is wrong" if days is None else f", good for {days:.0f} more days"

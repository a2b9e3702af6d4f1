"""A gate's settings with the calibration they name read in, and refused where it is of other cameras."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contract.errors import SettingsError
from contract.settings_file import load
from edge.config.calibration import CalibrationConfig
from edge.config.identity import colour_identity, thermal_identity

if TYPE_CHECKING:
    from pathlib import Path

    from edge.config.tree import GateConfig

REMEDY = "Run `menshen-edge calibrate` for this gate again, or put the camera back as it was."


def with_calibration(config: GateConfig, beside: Path) -> GateConfig:
    """`config` with `registration.calibrated` from `registration.file` (a relative one lies in `beside`), and its latencies.

    Raises SettingsError where the file is missing or broken, or where a camera, its picture's size or its turn is another one.
    """
    mapping = config.registration
    if mapping is None or mapping.matrix is not None:
        return config
    where, calibration = "registration.calibrated", mapping.calibrated
    if mapping.file is not None:
        file = mapping.file if mapping.file.is_absolute() else beside / mapping.file
        where, calibration = str(file), _read(file)
    if calibration is None:
        return config
    refuse_others(config, calibration, where)
    changed: dict[str, Any] = {"registration": mapping.model_copy(update={"calibrated": calibration})}
    if calibration.latency is not None:
        changed["colour"] = config.colour.model_copy(update={"latency_s": calibration.latency.colour_s})
        changed["thermal"] = config.thermal.model_copy(update={"latency_s": calibration.latency.thermal_s})
    return config.model_copy(update=changed)


def _read(file: Path) -> CalibrationConfig:
    if not file.is_file():
        raise SettingsError(
            "this gate has not been calibrated", where=f"registration.file: {file}", remedy="Run `menshen-edge calibrate` for it."
        )
    return load(file, CalibrationConfig)


def refuse_others(config: GateConfig, calibration: CalibrationConfig, where: str) -> None:
    """Raises SettingsError where a camera of the settings is not the one that was calibrated."""
    pairs = (
        ("colour", calibration.colour, colour_identity(config)),
        ("thermal", calibration.thermal, thermal_identity(config)),
    )
    for kind, was, now in pairs:
        if was != now:
            raise SettingsError(
                f"made on {calibration.made_at} for another {kind} camera: {was.told()}; the settings say {now.told()}",
                where=where,
                remedy=REMEDY,
            )

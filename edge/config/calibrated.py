"""A gate's settings with the calibration they name read in, and refused where it is of other cameras."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from contract.errors import SettingsError
from contract.settings_file import check, load, parse
from edge.config.calibration import CalibrationConfig
from edge.config.identity import colour_identity, thermal_identity
from edge.config.sources import NoThermal, ThermalColour

if TYPE_CHECKING:
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
        if was.model_copy(update={"serial": None}) != now:
            raise SettingsError(
                f"made on {calibration.made_at} for another {kind} camera: {was.told()}; the settings say {now.told()}",
                where=where,
                remedy=REMEDY,
            )


def load_uncalibrated(settings: Path) -> tuple[GateConfig, Path | None]:
    """A gate's settings without their calibration, and the file they name for it (None: none). Raises SettingsError.

    For making one: a missing, old or broken calibration is no obstacle. Temperature is not screened for in what is returned.
    """
    from edge.config.tree import GateConfig as Tree

    values = parse(settings)
    told = values.pop("registration", None)
    screening = values.get("screening")
    values["screening"] = {**(screening if isinstance(screening, dict) else {}), "temperature": False}
    config = check(values, Tree, where=str(settings))
    if isinstance(config.colour, ThermalColour) or isinstance(config.thermal, NoThermal):
        raise SettingsError(
            "there are no two cameras to calibrate",
            where=str(settings),
            remedy="It is for gates with a colour and a thermal one.",
        )
    file = told.get("file") if isinstance(told, dict) else None
    named = Path(file).expanduser() if isinstance(file, str) else None
    return config, settings.parent / named if named else None

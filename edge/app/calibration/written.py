"""A solution as the file a gate reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from contract.settings_file import check
from edge.config.calibration import CalibrationConfig
from edge.config.identity import colour_identity, thermal_identity
from edge.errors import ReportError

if TYPE_CHECKING:
    from datetime import datetime

    from edge.config import GateConfig
    from edge.vision.calibration.solution import Solution
    from edge.vision.two_cameras import Lens

_HEAD: Final = (
    "# Written by `menshen-edge calibrate`. Run it again after a camera was moved, turned, exchanged or set to another size.\n"
)
_DIGITS: Final = 6


def calibration_of(
    config: GateConfig,
    solution: Solution,
    method: str,
    now: datetime,
    serials: tuple[str | None, str | None] = (None, None),
) -> CalibrationConfig:
    """What the gate reads: the solution, when it was made and for which cameras; `serials` of the colour and the thermal one."""
    values: dict[str, Any] = {
        "made_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "method": method,
        "residual_px": round(solution.rms_px, 2),
        "samples": solution.samples,
        "nearest_m": round(solution.nearest_m, 2),
        "farthest_m": round(solution.farthest_m, 2),
        "colour": colour_identity(config).model_dump() | {"serial": serials[0]},
        "thermal": thermal_identity(config).model_dump() | {"serial": serials[1]},
        "colour_lens": _lens(solution.cameras.colour),
        "thermal_lens": _lens(solution.cameras.thermal),
        "pose": {
            "rotation_rad": _rounded(solution.cameras.rotation_rad),
            "shift_m": _rounded(solution.cameras.shift_m),
            "mirror": bool(solution.cameras.mirror_px),
        },
    }
    if solution.lag_s is not None:
        values["latency"] = _latency(config, solution.lag_s, solution.lag_uncertainty_s)
    return check(values, CalibrationConfig, where="calibration")


def _latency(config: GateConfig, lag_s: float, uncertainty_s: float) -> dict[str, float]:
    """The settings' latencies with the thermal one corrected; where that would be before the light came, the colour one."""
    colour_s = float(getattr(config.colour, "latency_s", 0.0))
    thermal_s = float(getattr(config.thermal, "latency_s", 0.0)) + lag_s
    early_s = max(0.0, -thermal_s)
    told = {"colour_s": colour_s + early_s, "thermal_s": thermal_s + early_s, "uncertainty_s": uncertainty_s}
    return {name: round(value, 4) for name, value in told.items()}


def _lens(lens: Lens) -> dict[str, list[float]]:
    matrix = lens.matrix
    return {
        "focal_px": _rounded([matrix[0, 0], matrix[1, 1]]),
        "centre_px": _rounded([matrix[0, 2], matrix[1, 2]]),
        "distortion": _rounded(lens.distortion),
    }


def _rounded(values: Any) -> list[float]:
    return [round(float(value), _DIGITS) for value in values]


def write(calibration: CalibrationConfig, file: Path) -> None:
    """Write it whole or not at all: an old calibration stays until the new one is on disk. Raises ReportError."""
    beside = file.with_name(f".{file.name}.new")
    try:
        with beside.open("w", encoding="utf-8") as new:
            new.write(_HEAD + _toml(calibration.model_dump(exclude_none=True)))
            new.flush()
            os.fsync(new.fileno())
        beside.replace(file)
    except OSError as refused:
        beside.unlink(missing_ok=True)
        remedy = "Name a file in a folder this user may write to: --out FILE."
        raise ReportError(f"cannot be written ({refused.strerror})", where=str(file), remedy=remedy) from refused


def _toml(values: dict[str, Any]) -> str:
    """Plain values first, then one table each; there are no tables within tables."""
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    lines = [f"{name} = {_literal(value)}" for name, value in plain.items()]
    for name, table in values.items():
        if isinstance(table, dict):
            lines += ["", f"[{name}]", *(f"{key} = {_literal(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _literal(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case list():
            return f"[{', '.join(_literal(one) for one in value)}]"
        case _:
            return repr(value)

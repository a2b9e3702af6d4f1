"""Two cameras that were chosen, as settings: everything else that depends on them comes along, or goes."""

from __future__ import annotations

import math
from typing import Any, Final

from pydantic import TypeAdapter

from edge.app.hardware.found import Found
from edge.config import GateConfig
from edge.config.draft import Draft
from edge.config.sources import PRESENCE_ONLY, NoThermal, ThermalConfig

SETPOINT_C: Final = 36.0
_COLOUR_FOV_DEG: Final = 60.0
_RESIDUAL_SHARE: Final = 0.05
"""Of the thermal picture's width: how far off nominal numbers may be; 8 pixels of a Lepton's 160."""
_DRAWN_TIMES: Final = 3


def choose(draft: Draft, config: GateConfig, colour: Found | None, thermal: Found | None) -> None:
    """Write the cameras into the draft. Without `colour` the thermal picture is looked at alone; not both may be None.

    A reference body and a mapping stay only with the cameras they were set for; else nominal ones take their place, which
    the later steps replace. Raises SettingsError.
    """
    tables = {} if thermal is None else thermal.tables
    table = tables.get("thermal", {"source": "none"})
    source = TypeAdapter[Any](ThermalConfig).validate_python(table)
    measures = not isinstance(source, (NoThermal, *PRESENCE_ONLY))
    same = _same(draft.get("thermal"), table) and (colour is None or _same(draft.get("colour"), colour.tables["colour"]))
    size = (0, 0) if isinstance(source, NoThermal) else _upright(source, config.sensor.rotate)
    draft.set("colour", _alone(size) if colour is None else _with_rest(draft.get("colour"), colour.tables["colour"]))
    draft.set("thermal", _with_rest(draft.get("thermal"), table))
    for key, value in tables.get("sensor", {}).items() if not same else ():
        draft.set(f"sensor.{key}", value)
    draft.set("screening.mask", colour is not None)
    draft.set("screening.temperature", measures)
    if not measures:
        for gone in ("reference", "second_reference", "registration"):
            draft.unset(gone)
        return
    if not same or draft.get("reference") is None:
        draft.unset("second_reference")
        draft.set("reference", {**_body(size), **tables.get("reference", {})})
    if colour is None:
        draft.unset("registration")
    elif not same or draft.get("registration") is None:
        fov_deg = float(tables.get("sensor", {}).get("fov_deg", config.sensor.fov_deg))
        taken = (int(colour.tables["colour"]["width"]), int(colour.tables["colour"]["height"]))
        draft.set("registration", tables.get("registration") or nominal(taken, size, fov_deg))


def nominal(colour: tuple[int, int], thermal: tuple[int, int], fov_deg: float) -> dict[str, Any]:
    """A mapping for two cameras side by side that look straight ahead, by their fields of view alone. Sizes: width, height."""
    scale = (thermal[0] / 2.0 / math.tan(math.radians(fov_deg / 2.0))) / (
        colour[0] / 2.0 / math.tan(math.radians(_COLOUR_FOV_DEG / 2.0))
    )
    left, top = thermal[0] / 2.0 - scale * colour[0] / 2.0, thermal[1] / 2.0 - scale * colour[1] / 2.0
    matrix = [[round(scale, 4), 0.0, round(left, 2)], [0.0, round(scale, 4), round(top, 2)]]
    return {"matrix": matrix, "residual_px": round(max(1.0, _RESIDUAL_SHARE * max(thermal)), 1)}


def _body(size: tuple[int, int]) -> dict[str, float]:
    """Upper left, where the step of the reference body begins."""
    cols, rows = size
    radius_px = max(1.5, round(cols / 40.0, 1))
    return {"row": round(rows / 6.0, 1), "col": round(cols / 8.0, 1), "radius_px": radius_px, "setpoint_c": SETPOINT_C}


def _alone(size: tuple[int, int]) -> dict[str, Any]:
    return {"source": "thermal", "width": _DRAWN_TIMES * size[0], "height": _DRAWN_TIMES * size[1]}


def _upright(source: Any, rotate_deg: int) -> tuple[int, int]:
    return (source.rows, source.cols) if rotate_deg % 180 else (source.cols, source.rows)


def _same(now: Any, chosen: dict[str, Any]) -> bool:
    """Whether the settings name this camera already, whatever else they say of it."""
    return isinstance(now, dict) and all(now.get(key) == value for key, value in chosen.items())


def _with_rest(now: Any, chosen: dict[str, Any]) -> dict[str, Any]:
    """What else the settings say of a camera stays with it."""
    return {**now, **chosen} if _same(now, chosen) else chosen

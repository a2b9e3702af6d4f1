"""What the page of the set-up shows of the settings, and of the cameras as they are now. No secret is among it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edge.app.set_up.facts import cameras_of
from edge.config import GateConfig
from edge.config.sources import ADVISORY, PRESENCE_ONLY

_BARRIER = ("kind", "line", "arm_clear_line", "close_line", "open_s")


def settings_shown(config: GateConfig) -> dict[str, Any]:
    """The part of them that the steps are about."""
    barrier = config.barrier.model_dump(mode="json")
    broker = config.uplink.broker
    return {
        "colour": config.colour.source,
        "thermal": config.thermal.source,
        "thermal_size": config.upright_px,
        "colour_size": (config.colour.width, config.colour.height),
        "temperature": config.screening.temperature,
        "mask": config.screening.mask,
        "advisory": isinstance(config.thermal, ADVISORY),
        "presence_only": isinstance(config.thermal, PRESENCE_ONLY),
        "zone": config.zone.model_dump(mode="json"),
        "sensor": config.sensor.model_dump(mode="json", include={"min_face_px", "canthus_mm_px", "fov_deg"}),
        "reference": None if config.reference is None else config.reference.model_dump(mode="json"),
        "calibrated": None if config.registration is None else _calibrated(config),
        "barrier": {name: barrier[name] for name in _BARRIER if name in barrier},
        "fire_line": config.inputs.fire_line,
        "broker": f"{broker.host}:{broker.port}",
        "certificate": broker.cert_file is not None,
        "replay": config.replay,
        "unfinished": config.set_up.unfinished,
    }


def cameras_shown(config: GateConfig, notes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Each camera's state, and what to do where it gives no picture."""
    keys = ("state", "fps", "detail", "where", "remedy")
    return {name: {key: notes[name].get(key) for key in keys} for name in cameras_of(config)}


def _calibrated(config: GateConfig) -> dict[str, Any] | None:
    made = None if config.registration is None else config.registration.calibrated
    return None if made is None else {"made_at": made.made_at, "residual_px": made.residual_px}

"""Which steps of the set-up somebody has looked at and found right, kept with what they were about.

What a person saw cannot be derived. It counts only for the settings it was seen with: a step whose settings change is to be
done again, without anybody having to remember that.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from edge.config import GateConfig
from edge.config.durable import replace
from edge.errors import ReportError
from edge.policy.set_up import Step


def file_of(config: GateConfig) -> Path:
    """Beside the gate's database."""
    return config.uplink.database.expanduser().absolute().with_name(f"{config.gate}.set-up.json")


def confirmed(config: GateConfig) -> frozenset[Step]:
    """Steps found right with these very settings. A file that cannot be read confirms nothing."""
    kept = _kept(file_of(config))
    return frozenset(step for step, about in _ABOUT.items() if kept.get(step.value) == _digest(about(config)))


def confirm(config: GateConfig, step: Step, settings: Path) -> None:
    """Remember that this step is right as it is now; on disk on return. Raises ReportError.

    `settings`: the gate's settings file, whose mode and owner the remembered gets.
    """
    file = file_of(config)
    kept = _kept(file) | {step.value: _digest(_ABOUT[step](config))}
    try:
        replace(file, json.dumps(kept, indent=1).encode("ascii"), settings)
    except OSError as refused:
        raise ReportError(
            f"what was found right cannot be written ({refused.strerror})",
            where=str(file),
            remedy="It lies beside uplink.database: let the user who runs the gate write there.",
        ) from refused


def _kept(file: Path) -> dict[str, str]:
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _digest(about: dict[str, Any]) -> str:
    return sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:32]


def _camera(config: GateConfig, kind: str) -> dict[str, Any]:
    """A camera and its picture; calibrating changes its latency, which is no other camera."""
    told: dict[str, Any] = getattr(config, kind).model_dump(mode="json", exclude={"latency_s"})
    return told


def _cameras(config: GateConfig) -> dict[str, Any]:
    return {"colour": _camera(config, "colour"), "thermal": _camera(config, "thermal"), "rotate": config.sensor.rotate}


_ABOUT: Final[dict[Step, Callable[[GateConfig], dict[str, Any]]]] = {
    Step.CAMERAS: _cameras,
    Step.ZONE: lambda config: {"colour": _camera(config, "colour"), "zone": config.zone.model_dump(mode="json")},
    Step.AIM: lambda config: {**_cameras(config), "sensor": config.sensor.model_dump(mode="json")},
    Step.REFERENCE: lambda config: {
        "thermal": _camera(config, "thermal"),
        "rotate": config.sensor.rotate,
        "bodies": [body.model_dump(mode="json") for body in config.bodies],
    },
    Step.BARRIER: lambda config: {
        "barrier": config.barrier.model_dump(mode="json"),
        "inputs": config.inputs.model_dump(mode="json"),
    },
}
"""What each confirmed step is about."""

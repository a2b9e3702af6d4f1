"""Which thermal camera stands at which distance, as a gate's settings; and one person before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from contract.verdicts import Mask
from edge.config import GateConfig
from edge.sim.drawing import Placement
from edge.sim.stage import registration_matrix
from edge.sim.world import Actor, Appearance, Moment, Shutter

FACE_WIDTH_M: Final = 0.15
_WIDTH_TO_HEIGHT: Final = 0.76
_STAGE_WIDTH_PX, _STAGE_HEIGHT_PX = 640.0, 480.0
_LONG_AGO_S: Final = -600.0


@dataclass(frozen=True, slots=True)
class Sensor:
    """A class of thermal cameras.

    Attributes:
        fov_deg: horizontal.
        distance_m: nearest and farthest at which its readings are judged.
        within_c: 95 % of the readings must lie so near the truth.
        worst_c: and all of them so near.
        bias_c: mean error allowed; None where none is demanded.
    """

    cols: int
    rows: int
    fov_deg: float
    distance_m: tuple[float, float]
    within_c: float
    worst_c: float | None = None
    bias_c: float | None = None


SENSORS: Final = {
    "320x240": Sensor(320, 240, 34.0, (0.55, 0.8), within_c=0.3, worst_c=0.5, bias_c=0.1),
    "640x512": Sensor(640, 512, 24.0, (0.8, 1.2), within_c=0.5),
    "lepton35": Sensor(160, 120, 57.0, (0.5, 0.7), within_c=0.5),
}


def gate_with(sensor: Sensor, ambient_c: float, seed: int) -> GateConfig:
    """A simulated gate with a heated body in a corner and the mapping that is true."""
    values: dict[str, Any] = {
        "gate": "simulation",
        "colour": {"source": "simulated"},
        "thermal": {"source": "simulated", "rows": sensor.rows, "cols": sensor.cols},
        "sensor": {"fov_deg": sensor.fov_deg},
        "reference": {
            "row": 0.12 * sensor.rows,
            "col": 0.08 * sensor.cols,
            "radius_px": max(4.0, 0.03 * sensor.cols),
            "setpoint_c": 36.0,
        },
        "registration": {"matrix": registration_matrix(thermal_size=(sensor.cols, sensor.rows)), "residual_px": 0.5},
        "simulation": {"seed": seed, "ambient_c": ambient_c},
        "barrier": {"kind": "log"},
        "uplink": {"database": "unused.db"},
    }
    return GateConfig.model_validate(values)


@dataclass(frozen=True, slots=True)
class Standing:
    """A scene: one person who stands still, and no shutter event."""

    actor: Actor

    def at(self, t_s: float) -> Moment:  # noqa: ARG002 nothing moves
        return Moment((self.actor,))

    def shutter(self, t_s: float) -> Shutter:  # noqa: ARG002
        return Shutter(0, _LONG_AGO_S)


def person_at(sensor: Sensor, distance_m: float, skin_c: float, seed: int, rng: np.random.Generator) -> Actor:
    """The drawn person of `seed` so far away, about in the middle; every second one wears a mask."""
    footprint_m = 2.0 * distance_m * np.tan(np.radians(sensor.fov_deg) / 2.0) / sensor.cols
    stage_px = _STAGE_WIDTH_PX / (registration_matrix(thermal_size=(sensor.cols, sensor.rows))[0][0] * _STAGE_WIDTH_PX)
    height = float(FACE_WIDTH_M / footprint_m * stage_px / _WIDTH_TO_HEIGHT)
    x, half = _STAGE_WIDTH_PX / 2 + float(rng.uniform(-40, 40)), 0.5 * _WIDTH_TO_HEIGHT * height
    y = min(0.52 * _STAGE_HEIGHT_PX, max(height / 2 + 15.0, 0.49 * _STAGE_HEIGHT_PX))
    box = (x - half, y - height / 2, x + half, y + height / 2)
    masked = seed % 2 == 0
    return Actor(box, Mask.WORN if masked else Mask.ABSENT, skin_c, skin_c, Appearance(seed, Placement.WORN if masked else None))

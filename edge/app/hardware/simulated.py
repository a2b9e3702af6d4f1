"""The cameras of the simulated world, offered as what they are to a gate that stands in it already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edge.app.hardware.found import Found, Kind
from edge.config import GateConfig
from edge.config.sources import SimulatedColour, SimulatedThermal
from edge.sim.stage import registration_matrix

_SIZE = (640, 480)
_LEPTON_FPS = 9.0
_BODY = {"row": 24.0, "col": 20.0, "radius_px": 6.0, "setpoint_c": 36.0}


def cameras(config: GateConfig) -> Iterator[Found]:
    """Nothing where every camera is real: nobody chooses a drawn one by mistake."""
    if not isinstance(config.colour, SimulatedColour) and not isinstance(config.thermal, SimulatedThermal):
        return
    colour = {"source": "simulated", "width": _SIZE[0], "height": _SIZE[1]}
    yield Found("simulated-colour", Kind.COLOUR, "simulated", f"{_SIZE[0]}x{_SIZE[1]}", {"colour": colour}, simulated=True)
    thermal: dict[str, dict[str, Any]] = {
        "thermal": {"source": "simulated", "fps": _LEPTON_FPS},
        "sensor": {"fov_deg": 57.0, "noise_c": 0.05},
        "reference": dict(_BODY),
        "registration": {"matrix": registration_matrix(_SIZE), "residual_px": 2.0},
    }
    yield Found("simulated-thermal", Kind.THERMAL, "simulated", "160x120", thermal, simulated=True)

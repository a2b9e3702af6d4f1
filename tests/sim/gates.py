"""Settings of gates with simulated cameras."""

from __future__ import annotations

from typing import Any

from contract.settings_file import check
from edge.config import GateConfig
from edge.sim.stage import registration_matrix

REFERENCE = {"row": 20.0, "col": 22.0, "radius_px": 4.5, "setpoint_c": 35.8}


def simulated_gate(colour: dict[str, Any] | None = None, sensor: dict[str, Any] | None = None, **simulation: Any) -> GateConfig:
    """A gate whose two cameras are simulated; `simulation` goes into the table of that name."""
    values: dict[str, Any] = {
        "gate": "sim-1",
        "colour": {"source": "simulated", **(colour or {})},
        "thermal": {"source": "simulated"},
        "reference": REFERENCE,
        "registration": {"matrix": registration_matrix()},
        "sensor": sensor or {},
        "uplink": {"database": "unused.db"},
        "simulation": simulation,
    }
    return check(values, GateConfig, where="simulated gate")

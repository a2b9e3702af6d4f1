"""A colour and a thermal camera beside each other whose geometry is known, for tests."""

from __future__ import annotations

from typing import Any

from contract.settings_file import check
from edge.config.calibration import CalibrationConfig

VALUES: dict[str, Any] = {
    "made_at": "2026-11-22T07:00:00Z",
    "method": "heads",
    "residual_px": 0.5,
    "samples": 300,
    "nearest_m": 0.6,
    "farthest_m": 2.0,
    "colour": {"camera": "simulated", "width": 640, "height": 480},
    "thermal": {"camera": "simulated", "width": 160, "height": 120},
    "colour_lens": {"focal_px": [700.0, 700.0], "centre_px": [319.5, 239.5], "distortion": [-0.08, 0.01, 0.0, 0.0, 0.0]},
    "thermal_lens": {"focal_px": [147.0, 147.0], "centre_px": [79.5, 59.5], "distortion": [-0.2, 0.02, 0.0, 0.0, 0.0]},
    "pose": {"rotation_rad": [0.01, -0.02, 0.03], "shift_m": [0.03, 0.005, 0.0]},
}


def calibration(**changes: Any) -> CalibrationConfig:
    return check({**VALUES, **changes}, CalibrationConfig, where="test")

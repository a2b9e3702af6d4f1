"""What the kiosk process cannot know of itself: how the pictures lie on each other, and what the gate was told."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from edge.app.mapping import mapping_of
from edge.config import GateConfig
from edge.config.thermometry import RegistrationConfig
from edge.vision.registration import USUAL_M, Registration
from edge.vision.thermal_frame import from_counts


class GateSight:
    """Of the gate with these settings."""

    def __init__(self, config: GateConfig) -> None:
        mapping = mapping_of(config)
        self._registration = None if mapping is None else Registration(mapping)
        self._rotate_deg = config.sensor.rotate
        self.facts: dict[str, Any] = _facts(config, mapping)

    def upright(self, counts: NDArray[np.uint16]) -> NDArray[np.float32]:
        return from_counts(counts, self._rotate_deg, taken_s=0.0).celsius

    def mapped(self, points: NDArray[np.float64], depth_m: float | None) -> NDArray[np.float64]:
        if self._registration is None:  # nothing is known: nothing is covered
            return np.full(points.shape, -1e6)
        return self._registration.points(points, USUAL_M if depth_m is None else depth_m)


def _facts(config: GateConfig, mapping: RegistrationConfig | None) -> dict[str, Any]:
    return {
        "gate": config.gate,
        "replay": config.replay,
        "screened_for": {"mask": config.screening.mask, "temperature": config.screening.temperature},
        "zone": config.zone.polygon,
        "min_face": config.zone.min_face,
        "sensor": config.sensor.model_dump(include={"min_face_px", "canthus_mm_px", "max_uncertainty_c", "fov_deg", "noise_c"}),
        "limit_c": config.screening.limit_c,
        "worn_probability": config.screening.worn_probability,
        "rule": config.core.rule,
        "references": [body.model_dump() for body in (config.reference, config.second_reference) if body is not None],
        "registration": None if mapping is None else _registration(mapping),
        "latency_s": {kind: getattr(getattr(config, kind), "latency_s", None) for kind in ("colour", "thermal")},
    }


def _registration(mapping: RegistrationConfig) -> dict[str, Any]:
    made = mapping.calibrated
    if made is None:
        return {"form": "matrix", "residual_px": mapping.residual_px, "made_at": None}
    return {
        "form": made.method,
        "residual_px": made.residual_px,
        "made_at": made.made_at,
        "max_age_days": mapping.max_age_days,
        "warn_days": mapping.warn_days,
        "samples": made.samples,
        "nearest_m": made.nearest_m,
        "farthest_m": made.farthest_m,
        "latency_uncertainty_s": None if made.latency is None else made.latency.uncertainty_s,
    }

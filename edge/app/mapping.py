"""How the two pictures of a gate lie on each other, from its settings."""

from __future__ import annotations

from typing import Final

from edge.config import GateConfig
from edge.config.thermometry import RegistrationConfig
from edge.vision.thermal.rendering import exact_mapping

DRAWN_RESIDUAL_PX: Final = 0.3
"""The mapping is exact there; what is left is how well the network places its points."""


def mapping_of(config: GateConfig) -> RegistrationConfig | None:
    """Colour to thermal: as calibrated, or exact where the picture is drawn from the thermal one."""
    if config.drawn_scale is None:
        return config.registration
    return RegistrationConfig(matrix=exact_mapping(config.drawn_scale), residual_px=DRAWN_RESIDUAL_PX)

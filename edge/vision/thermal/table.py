"""Which settings open which thermal source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from edge.config.sources import CptvThermal
from edge.vision.thermal.cptv_source import CptvSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.vision.thermal.source import ThermalSource

THERMAL_SOURCES: Final[dict[type, Callable[[Any, Clock], ThermalSource]]] = {CptvThermal: CptvSource}


def open_thermal(config: CptvThermal, clock: Clock) -> ThermalSource:
    """Open what the settings name. Raises SourceError with place and remedy."""
    return THERMAL_SOURCES[type(config)](config, clock)

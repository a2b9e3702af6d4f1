"""Which settings open which thermal source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from edge.config.sources import CptvThermal, LeptonSpiThermal, LeptonUvcThermal
from edge.vision.thermal.cptv_source import CptvSource
from edge.vision.thermal.lepton.spi_source import open_lepton_spi
from edge.vision.thermal.lepton.uvc_source import open_lepton_uvc

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.vision.thermal.source import ThermalSource

THERMAL_SOURCES: Final[dict[type, Callable[[Any, Clock], ThermalSource]]] = {
    CptvThermal: CptvSource,
    LeptonSpiThermal: open_lepton_spi,
    LeptonUvcThermal: open_lepton_uvc,
}


def open_thermal(config: CptvThermal | LeptonSpiThermal | LeptonUvcThermal, clock: Clock) -> ThermalSource:
    """Open what the settings name. Raises SourceError with place and remedy."""
    return THERMAL_SOURCES[type(config)](config, clock)

"""Which settings open which thermal source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from edge.config.sources import (
    Amg8833Thermal,
    CptvThermal,
    InfirayThermal,
    IsapiThermal,
    LeptonSpiThermal,
    LeptonUvcThermal,
    Mlx90640Thermal,
    Mlx90641Thermal,
)
from edge.vision.thermal.amg8833 import open_amg8833
from edge.vision.thermal.cptv_source import CptvSource
from edge.vision.thermal.infiray.source import open_infiray
from edge.vision.thermal.isapi.source import open_isapi
from edge.vision.thermal.lepton.spi_source import open_lepton_spi
from edge.vision.thermal.lepton.uvc_source import open_lepton_uvc
from edge.vision.thermal.melexis.mlx90640_source import open_mlx90640
from edge.vision.thermal.melexis.mlx90641_source import open_mlx90641

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.vision.thermal.source import ThermalSource

THERMAL_SOURCES: Final[dict[type, Callable[[Any, Clock], ThermalSource]]] = {
    CptvThermal: CptvSource,
    LeptonSpiThermal: open_lepton_spi,
    LeptonUvcThermal: open_lepton_uvc,
    InfirayThermal: open_infiray,
    IsapiThermal: open_isapi,
    Mlx90640Thermal: open_mlx90640,
    Mlx90641Thermal: open_mlx90641,
    Amg8833Thermal: open_amg8833,
}


def open_thermal(
    config: CptvThermal
    | LeptonSpiThermal
    | LeptonUvcThermal
    | InfirayThermal
    | IsapiThermal
    | Mlx90640Thermal
    | Mlx90641Thermal
    | Amg8833Thermal,
    clock: Clock,
) -> ThermalSource:
    """Open what the settings name. Raises SourceError with place and remedy."""
    return THERMAL_SOURCES[type(config)](config, clock)

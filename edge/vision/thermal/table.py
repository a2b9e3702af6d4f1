"""Which settings open which thermal source. A driver is loaded only where its sensor is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

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

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.clock import Clock
    from edge.vision.thermal.source import ThermalSource

    Open = Callable[[object, Clock], ThermalSource]

THERMAL_SOURCES: Final[dict[type, tuple[str, str]]] = {
    CptvThermal: ("edge.vision.thermal.cptv_source", "CptvSource"),
    LeptonSpiThermal: ("edge.vision.thermal.lepton.spi_source", "open_lepton_spi"),
    LeptonUvcThermal: ("edge.vision.thermal.lepton.uvc_source", "open_lepton_uvc"),
    InfirayThermal: ("edge.vision.thermal.infiray.source", "open_infiray"),
    IsapiThermal: ("edge.vision.thermal.isapi.source", "open_isapi"),
    Mlx90640Thermal: ("edge.vision.thermal.melexis.mlx90640_source", "open_mlx90640"),
    Mlx90641Thermal: ("edge.vision.thermal.melexis.mlx90641_source", "open_mlx90641"),
    Amg8833Thermal: ("edge.vision.thermal.amg8833", "open_amg8833"),
}
"""Settings to module and name of what opens them: called with the settings and a clock."""


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
    module, name = THERMAL_SOURCES[type(config)]
    return cast("Open", getattr(import_module(module), name))(config, clock)

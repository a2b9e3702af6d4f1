"""Thermal cameras and what plays one."""

from edge.vision.thermal.source import RawThermal, ThermalSource
from edge.vision.thermal.table import THERMAL_SOURCES, open_thermal

__all__ = ["THERMAL_SOURCES", "RawThermal", "ThermalSource", "open_thermal"]

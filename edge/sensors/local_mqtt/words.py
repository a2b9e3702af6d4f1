"""What a device's own words mean: which quantity, in which unit where it says none, and whether yes means the opposite.

Sources: device classes of https://www.home-assistant.io/integrations/sensor/#device-class and .../binary_sensor/#device-class
(of a door, ON is open); properties of https://www.zigbee2mqtt.io/guide/usage/exposes.html (of `contact`, true is closed);
names by sensor of https://tasmota.github.io/docs/. An estimate from another gas (`eCO2`) is no CO2 and is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Word:
    """`unit`: where the device says none. `inverted`: its yes is our no."""

    quantity: str
    unit: str = ""
    inverted: bool = False


CLASSES: Final[dict[str, Word]] = {
    "carbon_dioxide": Word("co2_ppm", "ppm"),
    "temperature": Word("air_c", "°C"),
    "humidity": Word("humidity_pct", "%"),
    "atmospheric_pressure": Word("pressure_hpa", "hPa"),
    "pressure": Word("pressure_hpa", "hPa"),
    "pm25": Word("pm25_ug_m3", "µg/m³"),
    "battery": Word("battery_pct", "%"),
    "door": Word("contact"),
    "window": Word("contact"),
    "opening": Word("contact"),
    "garage_door": Word("contact"),
    "motion": Word("motion"),
    "occupancy": Word("motion"),
    "presence": Word("motion"),
}
"""Home Assistant's, as ESPHome announces them."""

ESPHOME: Final[dict[str, Word]] = {
    "co2": Word("co2_ppm", "ppm"),
    "temperature": Word("air_c", "°C"),
    "humidity": Word("humidity_pct", "%"),
    "uvc": Word("uvc_uw_cm2", "µW/cm²"),
    "level": Word("level_pct", "%"),
    "uses": Word("count"),
    "lamp_time": Word("lamp_h", "s"),
    "lid": Word("contact"),
    "interlock_open": Word("contact"),
}
"""The names in firmware_configs/esphome, for a node that announces nothing."""

ZIGBEE2MQTT: Final[dict[str, Word]] = {
    "co2": Word("co2_ppm", "ppm"),
    "temperature": Word("air_c", "°C"),
    "humidity": Word("humidity_pct", "%"),
    "pressure": Word("pressure_hpa", "hPa"),
    "pm25": Word("pm25_ug_m3", "µg/m³"),
    "contact": Word("contact", inverted=True),
    "occupancy": Word("motion"),
    "presence": Word("motion"),
    "battery": Word("battery_pct", "%"),
}

TASMOTA: Final[dict[str, Word]] = {
    "CarbonDioxide": Word("co2_ppm", "ppm"),
    "Temperature": Word("air_c", "C"),
    "Humidity": Word("humidity_pct", "%"),
    "Pressure": Word("pressure_hpa", "hPa"),
    "PM2.5": Word("pm25_ug_m3", "µg/m³"),
}
"""By the last part of a key; `AM2301.Temperature` is a `Temperature`."""

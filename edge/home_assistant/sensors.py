"""Facility sensors as devices of Home Assistant, each beside the gate that reads it.

A value that is not known is unavailable there, never the one before: every entity has two availabilities, the gate's own and its
value's, and needs both (`availability_mode: all`, https://www.home-assistant.io/integrations/sensor.mqtt/). Classes and units:
https://www.home-assistant.io/integrations/sensor/#device-class; where ours is none of a class's units there is no class.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from edge.config.quantities import QUANTITIES
from edge.home_assistant.discovery import OFFLINE, ONLINE, ROOT, Device

SILENT_S: Final = 10.0
"""A process of the sensors that has made no round for so long knows nothing any more."""

YES_OR_NO: Final = frozenset({"contact", "motion"})
Said = Mapping[str, float | None]
"""By quantity: the value; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Entity:
    """How Home Assistant is told of a quantity. Empty: it has no class for it, or no such thing."""

    name: str
    device_class: str = ""
    state_class: str = "measurement"
    category: str = ""


ENTITIES: Final[dict[str, Entity]] = {
    "air_c": Entity("Temperature", "temperature"),
    "air_changes": Entity("Air changes"),
    "air_changes_off": Entity("Air changes, uncertainty", category="diagnostic"),
    "battery_pct": Entity("Battery", "battery", category="diagnostic"),
    "chlorine_mg_l": Entity("Chlorine in water"),
    "chlorine_mg_m3": Entity("Chlorine"),
    "co2_ppm": Entity("CO2", "carbon_dioxide"),
    "contact": Entity("Contact", "opening", ""),
    "count": Entity("Count", "", "total_increasing"),
    "distance_mm": Entity("Distance", "distance"),
    "humidity_pct": Entity("Humidity", "humidity"),
    "lamp_h": Entity("Lamp hours", "duration", "total_increasing"),
    "lamp_pct": Entity("Lamp brightness, of new"),
    "lamp_starts": Entity("Lamp starts", "", "total_increasing"),
    "level_pct": Entity("Level"),
    "motion": Entity("Motion", "occupancy", ""),
    "ozone_ppm": Entity("Ozone"),
    "pm10_ug_m3": Entity("PM10", "pm10"),
    "pm25_ug_m3": Entity("PM2.5", "pm25"),
    "pressure_hpa": Entity("Air pressure", "atmospheric_pressure"),
    "uvc_covered_pct": Entity("Time covered by readings", category="diagnostic"),
    "uvc_dose_mj_cm2": Entity("UV-C dose"),
    "uvc_dose_off_mj_cm2": Entity("UV-C dose, uncertainty", category="diagnostic"),
    "uvc_lit_s": Entity("Lamp lit for", "duration"),
    "uvc_mean_uw_cm2": Entity("UV-C irradiance, mean"),
    "uvc_peak_uw_cm2": Entity("UV-C irradiance, peak"),
    "uvc_reached": Entity("UV-C dose reached", "", ""),
    "uvc_target_mj_cm2": Entity("UV-C target dose", category="diagnostic"),
    "uvc_uw_cm2": Entity("UV-C irradiance"),
    "weight_kg": Entity("Weight", "weight"),
}


@dataclass(frozen=True, slots=True)
class Sensor:
    """A sensor as it is told. `place` may be empty."""

    name: str
    place: str
    quantities: tuple[str, ...]

    @property
    def node(self) -> str:
        """Its name as a topic of discovery may hold it."""
        return re.sub(r"[^A-Za-z0-9_-]", "_", self.name)

    def config_topic(self, gate: Device) -> str:
        return f"{own_topics(gate)}{self.node}/config"

    def state_topic(self, gate: Device) -> str:
        return f"{ROOT}/{gate.gate}/sensor/{self.node}"


def own_topics(gate: Device) -> str:
    """How the discovery topics of this gate's sensors begin; no other gate's do, since no gate's name has `_` in it."""
    return f"{gate.prefix}/device/menshen_{gate.gate}_"


def discovery(sensor: Sensor, gate: Device) -> dict[str, Any]:
    """The retained message on the sensor's `config_topic`."""
    own = f"menshen_{gate.gate}_{sensor.node}"
    return {
        "device": {
            "identifiers": [own],
            "name": f"{sensor.place} ({sensor.name})" if sensor.place else sensor.name,
            "manufacturer": "Menshen",
            "model": "facility sensor",
            **({"suggested_area": sensor.place} if sensor.place else {}),
            "via_device": f"menshen_{gate.gate}",
        },
        "origin": {"name": "menshen", "sw_version": gate.version},
        "state_topic": sensor.state_topic(gate),
        "qos": 1,
        "components": {
            quantity: {**_entity(quantity), "unique_id": f"{own}_{quantity}", **_availability(quantity, sensor, gate)}
            for quantity in sensor.quantities
        },
    }


def state(sensor: Sensor, said: Said, silent_s: float) -> dict[str, float | None]:
    """What is published on the sensor's `state_topic`: numbers, and None for what is not known. `silent_s`: of who reads it."""
    heard = said if 0 <= silent_s <= SILENT_S else {}
    return {quantity: heard.get(quantity) for quantity in sensor.quantities}


def sensors_in(readings: Iterable[Mapping[str, Any]]) -> tuple[Sensor, ...]:
    """All that stand on the board of the process that reads them, and what each measures."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in readings:
        found.setdefault((one["sensor"], one["place"]), []).append(one["quantity"])
    return tuple(Sensor(name, place, tuple(quantities)) for (name, place), quantities in found.items())


def by_sensor(readings: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float | None]]:
    """From the board of the process that reads them."""
    said: dict[str, dict[str, float | None]] = {}
    for one in readings:
        said.setdefault(one["sensor"], {})[one["quantity"]] = one["value"]
    return said


def _entity(quantity: str) -> dict[str, Any]:
    told = ENTITIES[quantity]
    optional = {"device_class": told.device_class, "entity_category": told.category}
    shown = {key: value for key, value in optional.items() if value}
    if quantity in YES_OR_NO:
        template = f"{{{{ 'ON' if value_json.{quantity} == 1 else 'OFF' }}}}"
        return {"platform": "binary_sensor", "name": told.name, "value_template": template, **shown}
    unit = {"unit_of_measurement": QUANTITIES[quantity].unit} if QUANTITIES[quantity].unit else {}
    return {
        "platform": "sensor",
        "name": told.name,
        "state_class": told.state_class,
        "value_template": f"{{{{ value_json.{quantity} }}}}",
        **unit,
        **shown,
    }


def _availability(quantity: str, sensor: Sensor, gate: Device) -> dict[str, Any]:
    words = {"payload_available": ONLINE.decode(), "payload_not_available": OFFLINE.decode()}
    known = f"{{{{ 'online' if value_json.{quantity} is number else 'offline' }}}}"
    return {
        "availability": [
            {"topic": gate.availability_topic, **words},
            {"topic": sensor.state_topic(gate), "value_template": known, **words},
        ],
        "availability_mode": "all",
    }

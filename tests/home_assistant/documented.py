"""What Home Assistant documents of its MQTT device discovery: which keys there are, and which have to be."""

from __future__ import annotations

from typing import Any, Final

ROOT: Final = {
    "device",
    "origin",
    "components",
    "availability",
    "availability_mode",
    "state_topic",
    "command_topic",
    "qos",
    "encoding",
}
DEVICE: Final = {
    *("identifiers", "connections", "name", "manufacturer", "model", "model_id", "sw_version", "hw_version", "serial_number"),
    *("suggested_area", "configuration_url", "via_device"),
}
ORIGIN: Final = {"name", "sw_version", "support_url"}
AVAILABILITY: Final = {"topic", "payload_available", "payload_not_available", "value_template"}
ENTITY: Final = {
    *("platform", "name", "unique_id", "device_class", "entity_category", "enabled_by_default", "icon", "value_template", "qos"),
    *("availability", "availability_mode"),
    *("json_attributes_topic", "json_attributes_template", "state_topic", "expire_after", "force_update", "object_id"),
}
PLATFORMS: Final = {
    "sensor": ENTITY
    | {"options", "state_class", "unit_of_measurement", "suggested_display_precision", "last_reset_value_template"},
    "binary_sensor": ENTITY | {"payload_on", "payload_off", "off_delay"},
}
BINARY_CLASSES: Final = {"opening", "problem", "door", "safety", "smoke", "occupancy"}


def faults(payload: dict[str, Any]) -> list[str]:
    """What is wrong with a discovery message; nothing where it is as documented."""
    wrong = [f"unknown {key}" for key in payload.keys() - ROOT]
    wrong += [f"no {key}" for key in ("device", "origin", "components") if not payload.get(key)]
    wrong += [f"device: unknown {key}" for key in payload["device"].keys() - DEVICE]
    wrong += [] if payload["device"].get("identifiers") else ["a device needs an identifier"]
    wrong += [f"origin: unknown {key}" for key in payload["origin"].keys() - ORIGIN]
    wrong += [] if payload["origin"].get("name") else ["the origin needs a name"]
    wrong += [f"availability: unknown {key}" for one in payload.get("availability", ()) for key in one.keys() - AVAILABILITY]
    for name, component in payload["components"].items():
        wrong += [f"{name}: {fault}" for fault in _entity_faults(component, payload)]
    return wrong


def _entity_faults(component: dict[str, Any], payload: dict[str, Any]) -> list[str]:
    platform = component.get("platform", "none")
    wrong = [f"unknown {key}" for key in component.keys() - PLATFORMS.get(platform, set())]
    wrong += [] if "unique_id" in component else ["no unique_id"]
    wrong += [] if "state_topic" in component or "state_topic" in payload else ["no state_topic"]
    wrong += [f"availability: unknown {key}" for one in component.get("availability", ()) for key in one.keys() - AVAILABILITY]
    if component.get("availability_mode", "latest") not in {"all", "any", "latest"}:
        wrong.append("no such availability mode")
    if "availability" not in component and "availability" not in payload:
        wrong.append("nobody says whether it is there")
    wrong += _class_faults(component) if platform == "sensor" else []
    if platform == "binary_sensor" and component.get("device_class") not in BINARY_CLASSES:
        wrong.append("no such device class of a binary sensor")
    if component.get("device_class") == "enum" and (not component.get("options") or "state_class" in component):
        wrong.append("an enum has options, and no state class")
    if "options" in component and component.get("device_class") != "enum":
        wrong.append("options are an enum's")
    return wrong


CLASS_UNITS: Final = {
    "temperature": {"°C", "°F", "K"},
    "humidity": {"%"},
    "battery": {"%"},
    "carbon_dioxide": {"ppm"},
    "atmospheric_pressure": {"cbar", "bar", "hPa", "mmHg", "inHg", "kPa", "mbar", "Pa", "psi"},
    "pm10": {"µg/m³"},
    "pm25": {"µg/m³"},
    "duration": {"d", "h", "min", "s", "ms", "µs"},
    "distance": {"km", "m", "cm", "mm", "mi", "yd", "in"},
    "weight": {"kg", "g", "mg", "µg", "oz", "lb", "st"},
}
"""Units that Home Assistant's classes take: https://www.home-assistant.io/integrations/sensor/#device-class."""


def _class_faults(component: dict[str, Any]) -> list[str]:
    of = component.get("device_class")
    if of in (None, "enum"):
        return []
    unit = component.get("unit_of_measurement")
    return [] if unit in CLASS_UNITS.get(of, set()) else [f"{unit} is no unit of {of}"]

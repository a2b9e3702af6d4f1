"""ESPHome's own MQTT: one topic for every value, and Home Assistant's discovery messages, which say what each value is.

Topics and words: https://esphome.io/components/mqtt ("MQTT Component Base Configuration", "Last Will And Birth Messages");
numbers are text, `nan` where there is none (`None` with `publish_nan_as_none`); a binary sensor says ON or OFF.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from edge.sensors.local_mqtt.payload import json_object, number_in, text, word
from edge.sensors.local_mqtt.said import Available, Described, Said, Told, Wrong

NO_NUMBER: Final = frozenset({"nan", "none", "unavailable", "unknown"})
YES_OR_NO: Final = {"ON": 1.0, "OFF": 0.0}
THERE: Final = {"online": True, "offline": False}
FULL_KEYS: Final = {"stat_t": "state_topic", "dev_cla": "device_class", "unit_of_meas": "unit_of_measurement"}
"""Home Assistant's abbreviations, as far as they are read here."""
KINDS: Final = ("sensor", "binary_sensor")


def topics(prefix: str, discovery: str) -> tuple[str, ...]:
    """Where a node of `topic_prefix: prefix` speaks. Its node name must be the same: the listener's access list asks for it."""
    states = [f"{prefix}/{kind}/+/state" for kind in KINDS]
    return (f"{prefix}/status", *states, *(f"{discovery}/{kind}/{prefix}/+/config" for kind in KINDS))


def read(prefix: str, discovery: str, topic: str, body: bytes) -> tuple[Said, ...]:
    """What one message says; nothing where it is none of this node's."""
    if topic.startswith(f"{discovery}/") and topic.endswith("/config"):
        return _described(prefix, body)
    match topic.removeprefix(f"{prefix}/").split("/") if topic.startswith(f"{prefix}/") else []:
        case ["status"]:
            said = text(body)
            return (said if isinstance(said, Wrong) else _there(said),)
        case ["sensor", key, "state"]:
            said = text(body)
            return (said if isinstance(said, Wrong) else _number(key, said),)
        case ["binary_sensor", key, "state"]:
            said = text(body)
            return (said if isinstance(said, Wrong) else _yes_or_no(key, said),)
        case _:
            return ()


def _there(said: str) -> Said:
    there = THERE.get(said)
    return Wrong("status is neither online nor offline") if there is None else Available(there)


def _number(key: str, said: str) -> Said:
    if said.lower() in NO_NUMBER:
        return Told(key, None)
    value = number_in(said)
    return Wrong(f"{key} is no number") if value is None else Told(key, value)


def _yes_or_no(key: str, said: str) -> Said:
    if said.lower() in NO_NUMBER:
        return Told(key, None)
    value = YES_OR_NO.get(said)
    return Wrong(f"{key} is neither ON nor OFF") if value is None else Told(key, value)


def _described(prefix: str, body: bytes) -> tuple[Said, ...]:
    if not body:  # an empty retained message takes an entity away
        return ()
    said = json_object(body)
    if isinstance(said, Wrong):
        return (said,)
    full = _in_full(said)
    match word(full.get("state_topic")).removeprefix(f"{prefix}/").split("/"):
        case [kind, key, "state"] if kind in KINDS:
            return (Described(key, word(full.get("device_class")), word(full.get("unit_of_measurement"))),)
        case _:
            return ()


def _in_full(said: Mapping[str, Any]) -> dict[str, Any]:
    """With Home Assistant's full keys, and `~` written out."""
    full = {FULL_KEYS.get(key, key): value for key, value in said.items()}
    base = word(full.get("~"))
    topic = word(full.get("state_topic"))
    return {**full, "state_topic": base + topic[1:] if base and topic.startswith("~") else topic}

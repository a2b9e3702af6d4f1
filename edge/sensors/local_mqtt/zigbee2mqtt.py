"""Zigbee2MQTT: one JSON object for every message of a device, and what the bridge says of device and itself.

Topics, payloads, `availability`, `last_seen`: https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html,
.../guide/configuration/device-availability.html, .../guide/configuration/mqtt.html. By its defaults a message repeats every value
the bridge remembers (`cache_state`), and all of them again when the bridge starts (`cache_state_send_on_startup`): only
`last_seen` tells the new from the old.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from edge.sensors.local_mqtt.payload import json_object, json_value, number, text, word
from edge.sensors.local_mqtt.said import Available, BridgeThere, Listed, Said, Told, Wrong

THERE: Final = {"online": True, "offline": False}
BASE: Final = "zigbee2mqtt"
LAST_SEEN: Final = "last_seen"


def topics(name: str, base: str = BASE) -> tuple[str, ...]:
    """Where the bridge speaks of the device with `friendly_name: name`, and of itself."""
    return (f"{base}/{name}", f"{base}/{name}/availability", f"{base}/bridge/state", f"{base}/bridge/devices")


def read(name: str, topic: str, body: bytes, base: str = BASE) -> tuple[Said, ...]:
    """What one message says of this device; nothing where it is about another."""
    if topic == f"{base}/{name}":
        return _values(body)
    if topic == f"{base}/{name}/availability":
        there = _there(body)
        return (there if isinstance(there, Wrong) else Available(there),)
    if topic == f"{base}/bridge/state":
        there = _there(body)
        return (there if isinstance(there, Wrong) else BridgeThere(there),)
    if topic == f"{base}/bridge/devices":
        return (_listed(name, body),)
    return ()


def _values(body: bytes) -> tuple[Said, ...]:
    said = json_object(body)
    if isinstance(said, Wrong):
        return (said,)
    heard_ms = _heard_ms(said.get(LAST_SEEN))
    return tuple(told for key, value in said.items() if key != LAST_SEEN for told in _told(key, value, heard_ms))


def _told(key: str, value: object, heard_ms: int | None) -> tuple[Told, ...]:
    """Nothing for words and objects (`action`, `update`): they are no readings."""
    if value is None:
        return (Told(key, None, heard_ms=heard_ms),)
    if isinstance(value, bool):
        return (Told(key, float(value), heard_ms=heard_ms),)
    found = number(value)
    return () if found is None else (Told(key, found, heard_ms=heard_ms),)


def _there(body: bytes) -> bool | Wrong:
    """Since 2.0 `{"state": "online"}`, before that the bare word."""
    bare = text(body)
    if isinstance(bare, Wrong):
        return bare
    there = THERE.get(bare)
    if there is not None:
        return there
    said = json_object(body)
    there = None if isinstance(said, Wrong) else THERE.get(word(said.get("state")))
    return Wrong("availability is neither online nor offline") if there is None else there


def _heard_ms(said: object) -> int | None:
    """`ISO_8601` and `ISO_8601_local` are text with an offset, `epoch` is milliseconds; a time without an offset says nothing."""
    if isinstance(said, str):
        try:
            moment = datetime.fromisoformat(said)
            return int(moment.timestamp() * 1000) if moment.tzinfo is not None else None
        except (ValueError, OverflowError):
            return None
    found = number(said)
    return None if found is None else int(found)


def _listed(name: str, body: bytes) -> Said:
    said = json_value(body)
    if isinstance(said, Wrong):
        return said
    if not isinstance(said, list):
        return Wrong("bridge/devices is no list")
    return Listed(any(_is(name, one) for one in said))


def _is(name: str, one: Any) -> bool:
    return isinstance(one, dict) and name in (one.get("friendly_name"), one.get("ieee_address"))

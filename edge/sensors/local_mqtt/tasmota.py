"""Tasmota: nested JSON every `TelePeriod`, a last will in words, and a discovery message that tells where a device speaks.

Topics and payloads: https://tasmota.github.io/docs/MQTT/ (`tele/%topic%/SENSOR`, `TempUnit`), .../Tasmota-Discovery/. The
listener's access list lets a device speak under the default `FullTopic` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from edge.sensors.local_mqtt.payload import json_object, number, text, word
from edge.sensors.local_mqtt.said import Available, Misplaced, Said, Told, Wrong

THERE: Final = {"Online": True, "Offline": False}
YES_OR_NO: Final = {"ON": 1.0, "OFF": 0.0}
FULL_TOPIC: Final = "%prefix%/%topic%/"
TELE: Final = "tele"
DISCOVERED: Final = "tasmota/discovery/+/config"
MAX_DEPTH: Final = 4
UNITS: Final = {"TempUnit": "Temperature", "PressureUnit": "Pressure"}
"""Where a device says its units, and of which of its names."""


def topics(name: str) -> tuple[str, ...]:
    """Where a device with `Topic name` speaks, and where every device says who it is."""
    return (f"{TELE}/{name}/SENSOR", f"{TELE}/{name}/STATE", f"{TELE}/{name}/LWT", DISCOVERED)


def read(name: str, topic: str, body: bytes) -> tuple[Said, ...]:
    """What one message says of this device; nothing where it is about another."""
    if topic in (f"{TELE}/{name}/SENSOR", f"{TELE}/{name}/STATE"):
        said = json_object(body)
        return (said,) if isinstance(said, Wrong) else tuple(_values(said))
    if topic == f"{TELE}/{name}/LWT":
        word_said = text(body)
        if isinstance(word_said, Wrong):
            return (word_said,)
        there = THERE.get(word_said)
        return (Wrong("LWT is neither Online nor Offline") if there is None else Available(there),)
    if topic.startswith("tasmota/discovery/") and topic.endswith("/config"):
        return _place(name, body)
    return ()


def _values(said: dict[str, Any]) -> Iterator[Told]:
    units = {of: word(said.get(key)) for key, of in UNITS.items()}
    for path, value in _flat(said, ()):
        last = path[-1]
        if value is None:
            yield Told(".".join(path), None, units.get(last, ""))
        elif (found := number(value)) is not None:
            yield Told(".".join(path), found, units.get(last, ""))
        elif isinstance(value, str) and value in YES_OR_NO:
            yield Told(".".join(path), YES_OR_NO[value])


def _flat(said: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in said.items():
        if isinstance(value, dict):
            if len(above) + 1 < MAX_DEPTH:
                yield from _flat(value, (*above, key))
        else:
            yield (*above, key), value


def _place(name: str, body: bytes) -> tuple[Said, ...]:
    if not body:  # discovery was switched off
        return ()
    said = json_object(body)
    if isinstance(said, Wrong):
        return (said,)
    if said.get("t") != name:
        return ()
    full, prefixes = said.get("ft"), said.get("tp")
    tele = prefixes[2] if isinstance(prefixes, list) and len(prefixes) > 2 else None  # noqa: PLR2004 - cmnd, stat, tele
    return (Misplaced("" if (full, tele) == (FULL_TOPIC, TELE) else f"FullTopic is {full}, Prefix3 {tele}"),)

"""The three kinds of device as one table: where each speaks, how it is read, and what its words mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from edge.config.sensors import LocalMqttConfig, MqttSensor
from edge.sensors.local_mqtt import esphome, tasmota, zigbee2mqtt
from edge.sensors.local_mqtt.said import Said
from edge.sensors.local_mqtt.words import ESPHOME, TASMOTA, ZIGBEE2MQTT, Word


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one device is heard.

    Attributes:
        topics: to ask the broker for.
        read: topic and payload in, what they say out; never an exception.
        words: by the last part of a device's key.
    """

    topics: tuple[str, ...]
    read: Callable[[str, bytes], tuple[Said, ...]]
    words: Mapping[str, Word]


def dialect(device: MqttSensor, broker: LocalMqttConfig) -> Dialect:
    """Of one device."""
    name = device.topic
    match device.kind:
        case "esphome":
            prefix = broker.discovery
            return Dialect(esphome.topics(name, prefix), lambda topic, body: esphome.read(name, prefix, topic, body), ESPHOME)
        case "zigbee2mqtt":
            base = broker.zigbee2mqtt
            return Dialect(
                zigbee2mqtt.topics(name, base), lambda topic, body: zigbee2mqtt.read(name, topic, body, base), ZIGBEE2MQTT
            )
        case "tasmota":
            return Dialect(tasmota.topics(name), lambda topic, body: tasmota.read(name, topic, body), TASMOTA)


SEPARATOR: Final = "."


def last_part(key: str) -> str:
    """`AM2301.Temperature` is a `Temperature`; `PM2.5` stays whole, being a name by itself."""
    return "PM2.5" if key.endswith("PM2.5") else key.rpartition(SEPARATOR)[2]

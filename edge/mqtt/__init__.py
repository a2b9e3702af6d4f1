"""A thin MQTT 5 client: typed events out, publishing only while connected, no queue of its own. paho is in `link` alone."""

from edge.mqtt.events import REFUSED_FROM, Connected, Disconnected, Incoming, LinkEvent, Puback, Refused
from edge.mqtt.link import Link, Will
from edge.mqtt.probe import probe_broker

__all__ = [
    "REFUSED_FROM",
    "Connected",
    "Disconnected",
    "Incoming",
    "Link",
    "LinkEvent",
    "Puback",
    "Refused",
    "Will",
    "probe_broker",
]

"""Keeps Home Assistant told: who the gate is at every connect and whenever Home Assistant begins, how it is at every change."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final, Protocol

from edge.home_assistant import sensors as facility
from edge.home_assistant.discovery import BIRTH, ONLINE, Device, discovery
from edge.home_assistant.sensors import Sensor
from edge.mqtt import Connected, Disconnected, Incoming, LinkEvent, Puback, Refused

log = logging.getLogger("menshen.home_assistant")

PAUSE_S: Final = 0.2
"""The state is said at most so often; what changed and changed back between is not said."""


@dataclass(frozen=True, slots=True)
class Sensed:
    """What facility sensors said last, by sensor, and since when who reads them has made no round.

    `sensors`: all there are; None while that is not known.
    """

    sensors: Sequence[Sensor] | None
    said: Mapping[str, facility.Said]
    silent_s: float


NOTHING: Final = Sensed(None, {}, 0.0)


class Line(Protocol):
    """`edge.mqtt.Link`, as far as it is used here."""

    def publish(self, epoch: int, topic: str, body: bytes, *, qos: int = 1, retain: bool = False) -> int | None: ...

    def subscribe(self, epoch: int, topics: list[str]) -> None: ...


class Teller:
    """`tell` takes what the connection has to say, from any thread; `round` does the rest."""

    def __init__(self, device: Device) -> None:
        self._device, self._events = device, SimpleQueue[LinkEvent]()
        self._sensors: Sequence[Sensor] | None = None
        self._sensed: dict[str, bytes] = {}
        self._introduced: set[str] = set()
        self._epoch: int | None = None
        self._said: bytes | None = None
        self._said_s = float("-inf")
        self.trouble = "not connected yet"
        """Why Home Assistant is told nothing now; empty while it is."""

    def tell(self, event: LinkEvent) -> None:
        self._events.put(event)

    def round(self, line: Line, state: dict[str, Any], now_s: float, sensed: Sensed = NOTHING) -> None:
        """Answer what came, and say the state of gate and facility sensors where it is news."""
        while (event := self._next()) is not None:
            self._take(event, line)
        body = _json(state)
        if self._epoch is not None and body != self._said and now_s - self._said_s >= PAUSE_S:
            line.publish(self._epoch, self._device.state_topic, body, retain=True)
            self._said, self._said_s = body, now_s
        sensors = self._sensors if sensed.sensors is None else sensed.sensors
        if self._epoch is not None and sensors is not None:
            self._tell_sensors(self._epoch, line, sensors, sensed)

    def _tell_sensors(self, epoch: int, line: Line, sensors: Sequence[Sensor], sensed: Sensed) -> None:
        """Who they are where that is new, and how they are; a reading comes at most every second or so by itself."""
        if sensors != self._sensors:
            self._sensors = sensors
            self._introduce_sensors(epoch, line)
        for topic in self._introduced - {one.config_topic(self._device) for one in sensors}:
            line.publish(epoch, topic, b"", retain=True)  # this gate had it and has it no more
            self._introduced.discard(topic)
        for one in sensors:
            body = _json(facility.state(one, sensed.said.get(one.name, {}), sensed.silent_s))
            if self._sensed.get(one.name) != body:
                line.publish(epoch, one.state_topic(self._device), body, retain=True)
                self._sensed[one.name] = body

    def _next(self) -> LinkEvent | None:
        try:
            return self._events.get_nowait()
        except Empty:
            return None

    def _take(self, event: LinkEvent, line: Line) -> None:
        match event:
            case Connected(epoch=epoch):
                self._epoch, self.trouble = epoch, ""
                line.subscribe(epoch, [self._device.status_topic, f"{self._device.prefix}/device/+/config"])
                self._introduce(epoch, line)
            case Incoming(topic=topic, body=body) if topic == self._device.status_topic and body == BIRTH:
                if self._epoch is not None:
                    self._introduce(self._epoch, line)
            case Incoming(topic=topic, body=body) if body and topic.startswith(facility.own_topics(self._device)):
                self._introduced.add(topic)
            case Disconnected(reason=reason) | Refused(reason=reason):
                self._epoch = None
                if reason != self.trouble:
                    log.warning("Home Assistant is told nothing: the local broker %s", reason)
                self.trouble = reason
            case Incoming() | Puback():
                pass

    def _introduce_sensors(self, epoch: int, line: Line) -> None:
        for one in self._sensors or ():
            line.publish(epoch, one.config_topic(self._device), _json(facility.discovery(one, self._device)), retain=True)
        self._sensed.clear()

    def _introduce(self, epoch: int, line: Line) -> None:
        """Who the gate is, that it is there, and, in the same round, how it is."""
        line.publish(epoch, self._device.config_topic, _json(discovery(self._device)), retain=True)
        line.publish(epoch, self._device.availability_topic, ONLINE, retain=True)
        self._introduce_sensors(epoch, line)
        self._said, self._said_s = None, float("-inf")


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

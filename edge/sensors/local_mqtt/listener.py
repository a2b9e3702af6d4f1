"""All believed devices on one connection to the local broker: messages in, readings out. Nothing is published."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from queue import Empty, Full, Queue
from typing import Any, Final, Protocol

from edge.config.sensors import LocalMqttConfig
from edge.mqtt import Connected, Disconnected, Incoming, LinkEvent, Puback, Refused
from edge.sensors.local_mqtt.device import Device
from edge.sensors.reading import Reading

log = logging.getLogger("menshen.sensors")

WAITING: Final = 2_000
"""Messages between two rounds; what comes above is given up and counted. Devices say everything again."""
SHOWN: Final = 20
"""Devices of which something is odd, on the board."""


TOPICS: Final = 20_000
"""Whose they are is remembered."""


def matches(asked: str, topic: str) -> bool:
    """Whether a topic is one that was asked for, with `+` for any one level."""
    levels, said = asked.split("/"), topic.split("/")
    return len(levels) == len(said) and all(level in ("+", one) for level, one in zip(levels, said, strict=True))


class Line(Protocol):
    """`edge.mqtt.Link`, as far as it is used here."""

    def subscribe(self, epoch: int, topics: list[str], *, as_published: bool = True) -> None: ...


class Listener:
    """`tell` takes what the connection has to say, from any thread; `round` does the rest."""

    def __init__(self, told: LocalMqttConfig, now_s: float) -> None:
        self._devices: Sequence[Device] = [Device(one, told, now_s) for one in told.devices]
        self._hearers: dict[str, tuple[Device, ...]] = {}
        self._events = Queue[LinkEvent](WAITING)
        self.lost = 0
        self.trouble = "not connected yet"
        """Why nothing can be heard now; empty while it can."""
        for device in self._devices:
            device.lost(now_s)

    def tell(self, event: LinkEvent) -> None:
        """A connection's begin and end always find room: they wait for it, messages do not."""
        if not isinstance(event, Incoming):
            self._events.put(event)
            return
        try:
            self._events.put_nowait(event)
        except Full:
            self.lost += 1

    def round(self, line: Line, now_s: float, wall: datetime) -> list[Reading]:
        """Readings to be told on now."""
        wall_ms, found = int(wall.timestamp() * 1000), list[Reading]()
        for _ in range(WAITING):
            try:
                event = self._events.get_nowait()
            except Empty:
                break
            found += self._take(event, line, now_s, wall_ms)
        for device in self._devices:
            found += device.due(now_s)
        return found

    def note(self) -> dict[str, Any]:
        """For the board: what is wrong with the connection, and with which device."""
        odd = [one for one in self._devices if one.wrong or one.unnamed or one.misplaced][:SHOWN]
        devices = {one.name: {"wrong": one.wrong, "unnamed": sorted(one.unnamed)[:4], "misplaced": one.misplaced} for one in odd}
        return {"trouble": self.trouble, "lost": self.lost, "devices": devices}

    def _of(self, topic: str) -> tuple[Device, ...]:
        """Whose topic it is; looked for once, because 200 devices say the same topics all day."""
        found = self._hearers.get(topic)
        if found is None:
            found = tuple(one for one in self._devices if any(matches(asked, topic) for asked in one.topics))
            if len(self._hearers) < TOPICS:
                self._hearers[topic] = found
        return found

    def _take(self, event: LinkEvent, line: Line, now_s: float, wall_ms: int) -> list[Reading]:
        match event:
            case Connected(epoch=epoch):
                self.trouble = ""
                for device in self._devices:
                    device.connected()
                topics = dict.fromkeys(topic for device in self._devices for topic in device.topics)
                line.subscribe(epoch, list(topics), as_published=False)
            case Disconnected(reason=reason) | Refused(reason=reason):
                if reason != self.trouble:
                    log.warning("no device is heard: the local broker %s", reason)
                self.trouble = reason
                for device in self._devices:
                    device.lost(now_s)
            case Incoming(topic=topic, body=body, retained=retained):
                hearers = self._of(topic)
                heard = (one.take(topic, body, retained=retained, now_s=now_s, wall_ms=wall_ms) for one in hearers)
                return [reading for readings in heard for reading in readings]
            case Puback():
                pass
        return []

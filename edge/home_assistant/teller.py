"""Keeps Home Assistant told: who the gate is at every connect and whenever Home Assistant begins, how it is at every change."""

from __future__ import annotations

import json
import logging
from queue import Empty, SimpleQueue
from typing import Any, Final, Protocol

from edge.home_assistant.discovery import BIRTH, ONLINE, Device, discovery
from edge.mqtt import Connected, Disconnected, Incoming, LinkEvent, Puback, Refused

log = logging.getLogger("menshen.home_assistant")

PAUSE_S: Final = 0.2
"""The state is said at most so often; what changed and changed back between is not said."""


class Line(Protocol):
    """`edge.mqtt.Link`, as far as it is used here."""

    def publish(self, epoch: int, topic: str, body: bytes, *, qos: int = 1, retain: bool = False) -> int | None: ...

    def subscribe(self, epoch: int, topics: list[str]) -> None: ...


class Teller:
    """`tell` takes what the connection has to say, from any thread; `round` does the rest."""

    def __init__(self, device: Device) -> None:
        self._device, self._events = device, SimpleQueue[LinkEvent]()
        self._epoch: int | None = None
        self._said: bytes | None = None
        self._said_s = float("-inf")
        self.trouble = "not connected yet"
        """Why Home Assistant is told nothing now; empty while it is."""

    def tell(self, event: LinkEvent) -> None:
        self._events.put(event)

    def round(self, line: Line, state: dict[str, Any], now_s: float) -> None:
        """Answer what came, and say the state where it is news."""
        while (event := self._next()) is not None:
            self._take(event, line)
        body = _json(state)
        if self._epoch is not None and body != self._said and now_s - self._said_s >= PAUSE_S:
            line.publish(self._epoch, self._device.state_topic, body, retain=True)
            self._said, self._said_s = body, now_s

    def _next(self) -> LinkEvent | None:
        try:
            return self._events.get_nowait()
        except Empty:
            return None

    def _take(self, event: LinkEvent, line: Line) -> None:
        match event:
            case Connected(epoch=epoch):
                self._epoch, self.trouble = epoch, ""
                line.subscribe(epoch, [self._device.status_topic])
                self._introduce(epoch, line)
            case Incoming(topic=topic, body=body) if topic == self._device.status_topic and body == BIRTH:
                if self._epoch is not None:
                    self._introduce(self._epoch, line)
            case Disconnected(reason=reason) | Refused(reason=reason):
                self._epoch = None
                if reason != self.trouble:
                    log.warning("Home Assistant is told nothing: the local broker %s", reason)
                self.trouble = reason
            case Incoming() | Puback():
                pass

    def _introduce(self, epoch: int, line: Line) -> None:
        """Who the gate is, that it is there, and, in the same round, how it is."""
        line.publish(epoch, self._device.config_topic, _json(discovery(self._device)), retain=True)
        line.publish(epoch, self._device.availability_topic, ONLINE, retain=True)
        self._said, self._said_s = None, float("-inf")


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()

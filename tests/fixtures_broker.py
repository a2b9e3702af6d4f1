"""A real mosquitto for tests, and a small client of the cloud's side to look at what arrives."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.subscribeoptions import SubscribeOptions

from contract.ids import parse_event_id
from contract.messages.down import AckData
from contract.topics import EVENTS, Kind, parse, topic
from demo.broker import HOST, Broker

GATES = {"gate-1": "one-secret", "gate-2": "two-secret"}
CLOUD_PASSWORD = "cloud-secret"


def wait_for(fact: Callable[[], object], what: str, timeout_s: float = 15.0) -> None:
    """Look again and again until `fact` is true; fail with `what` when it does not come true."""
    end_s = time.monotonic() + timeout_s
    pause = threading.Event()
    while not fact():
        if time.monotonic() > end_s:
            pytest.fail(f"not within {timeout_s:g} s: {what}")
        pause.wait(0.01)


class Cloud:
    """What stands for the cloud: takes every event and acknowledges it, unless told not to.

    Attributes:
        bodies: every body that came, in order, repeats too.
        states: every body on a `state` topic.
    """

    def __init__(self, port: int, *, acknowledges: bool = True, client_id: str = "cloud-test") -> None:
        self.acknowledges = acknowledges
        self.bodies: list[dict[str, Any]] = []
        self.states: list[dict[str, Any]] = []
        self.event_ids: list[str] = []
        self._ready = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, client_id, protocol=paho.MQTTv5)
        self._client.username_pw_set("cloud", CLOUD_PASSWORD)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = self._on_connect
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = self._on_message
        self._client.connect(HOST, port)
        self._client.loop_start()
        assert self._ready.wait(10)

    @property
    def ids(self) -> list[str]:
        return [body["id"] for body in self.bodies]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [body for body in self.bodies if body["type"] == f"menshen.{kind}"]

    def acknowledge(self, ids: list[str]) -> None:
        for one in ids:
            gate, install, seq = parse_event_id(one)
            body = AckData(install=install, seqs=(seq,)).model_dump_json()
            self._client.publish(topic(gate, Kind.ACK), body, qos=0)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_connect(self, client: paho.Client, *_: Any) -> None:
        topics = [topic("+", kind) for kind in (*EVENTS, Kind.STATE)]
        client.subscribe([(one, SubscribeOptions(qos=1)) for one in topics])

    def _on_message(self, _: Any, __: Any, message: paho.MQTTMessage) -> None:
        body = json.loads(message.payload)
        if parse(message.topic)[1] is Kind.STATE:
            self.states.append(body)
            return
        self.bodies.append(body)
        self.event_ids += [value for key, value in getattr(message.properties, "UserProperty", []) if key == "id"]
        if self.acknowledges:
            self.acknowledge([body["id"]])


class MakeCloud(Protocol):
    def __call__(self, *, acknowledges: bool = True) -> Cloud: ...


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker with two gates (`GATES`) and the cloud (`CLOUD_PASSWORD`)."""
    with Broker(tmp_path / "broker", GATES, CLOUD_PASSWORD) as running:
        yield running


@pytest.fixture
def make_cloud(broker: Broker) -> Iterator[MakeCloud]:
    """A maker of cloud clients on `broker`; all are closed afterwards."""
    made: list[Cloud] = []

    def make(*, acknowledges: bool = True) -> Cloud:
        made.append(Cloud(broker.port, acknowledges=acknowledges, client_id=f"cloud-test-{len(made)}"))
        return made[-1]

    yield make
    for cloud in made:
        cloud.close()

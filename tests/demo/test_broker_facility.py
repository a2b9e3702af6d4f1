"""The gate's own listener for facility nodes, run as it is but for its places: passwords, and nobody speaks for another."""

from __future__ import annotations

from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Self

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from demo.broker import HOST, PRODUCT, Broker, as_user

pytestmark = pytest.mark.broker

NODES = {"air-1": "one", "bin-7": "two", "gate": "three", "zigbee2mqtt": "four"}


class FacilityBroker(Broker):
    """The whole of facility.conf with its folder moved into the test's."""

    def _write_files(self) -> None:
        super()._write_files()
        text = (PRODUCT / "facility.conf").read_text(encoding="utf-8")
        text = text.replace("/etc/menshen/mosquitto/facility.passwd", f"{self.folder}/passwd")
        text = text.replace("/etc/menshen/mosquitto", str(PRODUCT))
        assert f"listener 1883 {HOST}" in text
        conf = f"{text}\n{as_user()}\n".replace("listener 1883", f"listener {self.port}")
        (self.folder / "mosquitto.conf").write_text(conf, encoding="utf-8")


class Node:
    """A client with a password; `heard` is what arrives, `answers` how the broker takes what it says."""

    def __init__(self, broker: Broker, user: str, password: str | None) -> None:
        self.heard: SimpleQueue[str] = SimpleQueue()
        self.answers: SimpleQueue[str] = SimpleQueue()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, f"{user}-node", protocol=paho.MQTTv5)
        self._client.username_pw_set(user, password)
        self._client.on_connect = lambda _c, _d, _f, reason, _p: self.answers.put(str(reason))
        self._client.on_subscribe = lambda *_: self.answers.put("subscribed")
        self._client.on_publish = lambda _c, _d, _m, reason, _p: self.answers.put(str(reason))
        self._client.on_message = lambda _c, _d, message: self.heard.put(message.topic)
        self._client.connect(HOST, broker.port)
        self._client.loop_start()
        self.let_in = self.answers.get(timeout=10)

    def listen(self, topics: str) -> None:
        self._client.subscribe(topics)
        assert self.answers.get(timeout=10) == "subscribed"

    def say(self, topic: str) -> str:
        self._client.publish(topic, b"1", qos=1)
        return self.answers.get(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture(scope="module")
def facility(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with FacilityBroker(tmp_path_factory.mktemp("facility"), NODES, "unused") as broker:
        yield broker


def test_the_gate_hears_what_a_node_says_of_itself(facility: Broker) -> None:
    with Node(facility, "gate", "three") as gate, Node(facility, "air-1", "one") as node:
        gate.listen("#")
        for topic in ("air-1/sensor/co2/state", "tele/air-1/SENSOR", "homeassistant/sensor/air-1/co2/config"):
            assert node.say(topic) == "Success"
            assert gate.heard.get(timeout=10) == topic


FOREIGN = ["bin-7/sensor/level/state", "tele/bin-7/SENSOR", "homeassistant/sensor/bin-7/x/config", "menshen/v1/x"]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_node_says_nothing_in_another_s_name(facility: Broker, foreign: str) -> None:
    with Node(facility, "gate", "three") as gate, Node(facility, "air-1", "one") as node:
        gate.listen("#")
        assert node.say(foreign) == "Not authorized"
        with pytest.raises(Empty):
            gate.heard.get(timeout=0.2)


@pytest.mark.parametrize(("user", "password"), [("air-1", "two"), ("air-1", None), ("stranger", "one")])
def test_nobody_comes_in_without_a_password_of_their_own(facility: Broker, user: str, password: str | None) -> None:
    with Node(facility, user, password) as node:
        assert node.let_in == "Not authorized"


def test_no_shipped_configuration_opens_websockets_or_lets_strangers_in() -> None:
    for path in PRODUCT.glob("*.conf"):
        said = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        assert "allow_anonymous false" in said, path.name
        assert not any(line.startswith("protocol") for line in said), path.name

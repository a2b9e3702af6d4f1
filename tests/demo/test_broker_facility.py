"""The gate's own listener for facility nodes, run as it is but for its places: passwords, and nobody speaks for another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

import paho.mqtt.client as paho
import psutil
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from demo.broker import HOST, PRODUCT, Broker, as_user
from edge.config.tree import BrokerConfig
from edge.errors import BrokerError
from edge.mqtt import probe_broker
from tests.secure_broker import Authority
from tests.system.house import free_port

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
        conf = f"{self._opened(text)}\n{as_user()}\n".replace("\nlistener 1883", f"\nlistener {self.port}")
        (self.folder / "mosquitto.conf").write_text(conf, encoding="utf-8")

    def _opened(self, text: str) -> str:
        """With what a machine opens besides."""
        return text


class TlsFacilityBroker(FacilityBroker):
    """The same with the shipped lines for nodes with TLS opened, and certificates of the shipped script."""

    def _write_files(self) -> None:
        self.tls_port = free_port()
        self.authority = Authority(self.folder / "pki")
        for arguments in (("ca",), ("server", HOST)):
            assert self.authority.make(*arguments).returncode == 0
        super()._write_files()

    def _opened(self, text: str) -> str:
        for key in ("listener 8883", "certfile", "keyfile", "tls_version"):
            assert f"\n#{key} " in text
            text = text.replace(f"\n#{key} ", f"\n{key} ")
        for suffix in ("crt", "key"):
            text = text.replace(f"{PRODUCT}/facility.{suffix}", f"{self.authority.folder}/{HOST}.{suffix}")
        return text.replace("listener 8883 192.0.2.7", f"listener {self.tls_port} {HOST}")


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


def test_it_listens_nowhere_but_where_the_file_says(facility: Broker) -> None:
    assert facility.pid is not None
    listening = [one.laddr for one in psutil.Process(facility.pid).net_connections() if one.status == psutil.CONN_LISTEN]
    assert listening == [(HOST, facility.port)]


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


# paho leaves the socket of a failed handshake to the collector, which warns.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_nodes_with_tls_come_in_by_the_shipped_lines_and_know_whom_they_speak_to(tmp_path: Path) -> None:
    with TlsFacilityBroker(tmp_path / "tls", NODES, "unused") as broker:
        password = broker.password_file("air-1")
        probe_broker(
            BrokerConfig(port=broker.tls_port, password_file=password, ca_file=broker.authority.folder / "ca.crt"), "air-1"
        )
        stranger = Authority(tmp_path / "other")
        assert stranger.make("ca").returncode == 0
        with pytest.raises(BrokerError, match="TLS"):
            probe_broker(BrokerConfig(port=broker.tls_port, password_file=password, ca_file=stranger.folder / "ca.crt"), "air-1")
        with pytest.raises(BrokerError):
            probe_broker(BrokerConfig(port=broker.tls_port, password_file=password), "air-1")


def test_no_shipped_configuration_opens_websockets_or_lets_strangers_in() -> None:
    for path in PRODUCT.glob("*.conf"):
        said = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        assert "allow_anonymous false" in said, path.name
        assert not any(line.startswith("protocol") for line in said), path.name

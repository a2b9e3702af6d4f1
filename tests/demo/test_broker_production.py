"""The production configuration, run as it is but for its places: TLS, and a certificate for every gate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from cloud.bus import Bus, Line
from cloud.settings import BrokerSettings
from contract.topics import Kind, topic
from demo.broker import Broker
from edge.config.tree import BrokerConfig
from edge.errors import BrokerError
from edge.mqtt import Connected, Disconnected, Link, LinkEvent, Puback, Refused, probe_broker
from tests.fixtures_broker import wait_for
from tests.secure_broker import Authority, ProductionBroker

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make certificates"),
]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("authority"))
    made.make("ca")
    made.make("server", "server", "127.0.0.1")
    for name, days in (("gate-1", "1"), ("cloud", "1"), ("gate-late", "-1")):
        assert made.make("client", name, days).returncode == 0
    return made


@pytest.fixture
def secure(tmp_path: Path, authority: Authority) -> Iterator[Broker]:
    for name in ("ca.crt", "server.crt", "server.key"):
        shutil.copyfile(authority.folder / name, tmp_path / name)
    with ProductionBroker(tmp_path, {}, "unused") as broker:
        yield broker


@pytest.mark.parametrize("forbidden", [topic("gate-2", Kind.ALERT), topic("gate-1", Kind.COMMAND)])
def test_a_gate_with_its_certificate_says_what_is_its_own_and_nothing_else(
    secure: Broker, authority: Authority, forbidden: str
) -> None:
    events: SimpleQueue[LinkEvent] = SimpleQueue()
    link = Link(authority.login(secure.port, "gate-1"), "gate-1", events.put)
    link.start()
    connected = events.get(timeout=10)
    assert isinstance(connected, Connected)
    link.publish(connected.epoch, topic("gate-1", Kind.ALERT), b"{}")
    assert events.get(timeout=10) == Puback(connected.epoch, 1, 0x10)
    link.publish(connected.epoch, forbidden, b"{}")
    answer = events.get(timeout=10)
    link.close()
    # Over TLS mosquitto 2.0.11 may end the connection before its answer is out.
    assert answer == Puback(connected.epoch, 2, 0x87) or isinstance(answer, Disconnected)
    log = secure.log.read_text()
    assert "New client connected" in log
    assert "u'gate-1'" in log


def test_a_gate_without_a_certificate_is_refused(secure: Broker, authority: Authority) -> None:
    with pytest.raises(BrokerError):
        probe_broker(BrokerConfig(port=secure.port, ca_file=authority.folder / "ca.crt"), "gate-1")


def test_an_expired_certificate_is_told_and_not_waited_for(secure: Broker, authority: Authority) -> None:
    events: SimpleQueue[LinkEvent] = SimpleQueue()
    link = Link(authority.login(secure.port, "gate-late"), "gate-late", events.put)
    link.start()
    event = events.get(timeout=10)
    link.close()
    assert isinstance(event, Refused)
    assert "certificate" in event.reason


# paho leaves the socket of a failed handshake to the collector, which warns.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broker_of_another_authority_is_refused(secure: Broker, authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path / "other")
    other.make("ca")
    config = authority.login(secure.port, "gate-1").model_copy(update={"ca_file": other.folder / "ca.crt"})
    with pytest.raises(BrokerError, match="TLS fails"):
        probe_broker(config, "gate-1")


def test_the_cloud_comes_in_by_its_certificate_and_hears_every_gate(secure: Broker, authority: Authority) -> None:
    folder = authority.folder
    own = (folder / "ca.crt", folder / "cloud.crt", folder / "cloud.key")
    bus = Bus(BrokerSettings(port=secure.port, ca_file=own[0], cert_file=own[1], key_file=own[2]), None)
    bus.start()
    wait_for(lambda: bus.line[0] is Line.CONNECTED, "the cloud is let in")
    events: SimpleQueue[LinkEvent] = SimpleQueue()
    link = Link(authority.login(secure.port, "gate-1"), "gate-1", events.put)
    link.start()
    connected = events.get(timeout=10)
    assert isinstance(connected, Connected)
    wait_for(lambda: link.publish(connected.epoch, topic("gate-1", Kind.ALERT), b"{}") and bus.receive(0.2), "it hears the gate")
    link.close()
    bus.stop()


def test_the_script_gives_nobody_a_name_that_could_escape_its_topics_and_overwrites_no_key(authority: Authority) -> None:
    for name in ("gate/1", "gate+", "GATE", ""):
        assert authority.make("client", name).returncode == 2
    before = (authority.folder / "gate-1.key").read_bytes()
    again = authority.make("client", "gate-1")
    assert (again.returncode, "there already" in again.stderr) == (2, True)
    assert (authority.folder / "gate-1.key").read_bytes() == before
    assert (authority.folder / "gate-1.key").stat().st_mode & 0o077 == 0

"""The production configuration, run as it is but for its places: TLS, and a certificate for every gate."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from contract.topics import Kind, topic
from demo.broker import PRODUCT, Broker, as_user
from edge.config.tree import BrokerConfig
from edge.errors import BrokerError
from edge.mqtt import Connected, Disconnected, Link, LinkEvent, Puback, Refused, probe_broker

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make certificates"),
]

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Authority:
    """Makes certificates in one folder; `ca.crt` is its own."""

    folder: Path

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def begin(self) -> None:
        self.openssl("req", "-x509", *NEW_KEY, "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt")

    def sign(self, name: str, days: str = "1") -> None:
        extra = self.folder / f"{name}.ext"
        extra.write_text("subjectAltName=IP:127.0.0.1\n")
        self.openssl("req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        signing = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", days, "-extfile", extra.name]
        self.openssl("x509", "-req", "-in", f"{name}.csr", *signing, "-out", f"{name}.crt")

    def login(self, port: int, name: str) -> BrokerConfig:
        return BrokerConfig(
            port=port, ca_file=self.folder / "ca.crt", cert_file=self.folder / f"{name}.crt", key_file=self.folder / f"{name}.key"
        )


class ProductionBroker(Broker):
    """The whole of menshen.conf, its folders moved into the test's."""

    def _machine(self) -> str:
        text = (PRODUCT / "menshen.conf").read_text(encoding="utf-8")
        places = text[text.index("# This machine:") :]
        for folder in ("/var/lib/menshen/mosquitto", "/var/log/menshen", "/etc/menshen/mosquitto"):
            places = places.replace(folder, str(self.folder))
        assert "listener 8883" in places
        return f"{places}\n{as_user()}\n".replace("listener 8883", f"listener {self.port} 127.0.0.1")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("authority"))
    made.begin()
    for name in ("server", "gate-1"):
        made.sign(name)
    made.sign("gate-late", days="-1")
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
    other.folder.mkdir()
    other.begin()
    config = authority.login(secure.port, "gate-1").model_copy(update={"ca_file": other.folder / "ca.crt"})
    with pytest.raises(BrokerError, match="TLS fails"):
        probe_broker(config, "gate-1")

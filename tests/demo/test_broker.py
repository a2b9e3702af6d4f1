"""A broker for the demo: real, private, and gone afterwards."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from contract.access import CLOUD_USER
from contract.topics import Kind, topic
from demo.broker import Broker
from demo.mosquitto import Mosquitto, NoBrokerError, find_mosquitto, unpack
from edge.config.tree import BrokerConfig
from edge.mqtt import Connected, Disconnected, Link, LinkEvent, Puback, probe_broker
from tests.fixtures_broker import CLOUD_PASSWORD, GATES, Cloud, wait_for

pytestmark = pytest.mark.broker
_OWN = ("mosquitto", "libmosquitto1", "libcjson1", "libdlt2", "libwebsockets17", "libwrap0", "libev4")


def login(broker: Broker, user: str = "gate-1") -> BrokerConfig:
    return BrokerConfig(port=broker.port, password_file=broker.password_file(user))


def passes_a_message(broker: Broker) -> bool:
    """From a gate to the cloud."""
    events: SimpleQueue[LinkEvent] = SimpleQueue()
    cloud = Cloud(broker.port, acknowledges=False)
    link = Link(login(broker), "gate-1", events.put)
    link.start()
    try:
        connected = events.get(timeout=10)
        assert isinstance(connected, Connected)
        link.publish(connected.epoch, topic("gate-1", Kind.STATE), b'{"online": true}')
        receipt = events.get(timeout=10)
        wait_for(lambda: cloud.states, "the message")
    finally:
        link.close()
        cloud.close()
    return isinstance(receipt, Puback) and receipt.taken


def test_it_listens_on_this_machine_only_and_ends_with_its_context(tmp_path: Path) -> None:
    with Broker(tmp_path, GATES, CLOUD_PASSWORD) as broker:
        assert broker._child is not None
        process = psutil.Process(broker._child.pid)
        listening = {connection.laddr for connection in process.net_connections() if connection.status == "LISTEN"}
        assert {(address.ip, address.port) for address in listening} == {("127.0.0.1", broker.port)}
        assert passes_a_message(broker)
    assert not process.is_running()


def test_killed_and_started_again_it_has_the_same_port(tmp_path: Path) -> None:
    with Broker(tmp_path, GATES, CLOUD_PASSWORD) as broker:
        port = broker.port
        broker.kill()
        broker.start()
        assert broker.port == port
        assert passes_a_message(broker)
        assert "New client connected" in broker.log.read_text()


def test_the_passwords_are_hashed_and_their_files_private(tmp_path: Path) -> None:
    with Broker(tmp_path, GATES, CLOUD_PASSWORD) as broker:
        hashed = (broker.folder / "passwd").read_text()
        assert len(hashed.splitlines()) == 3
        assert not any(password in hashed for password in (*GATES.values(), CLOUD_PASSWORD))
        for file in (broker.folder / "passwd", broker.password_file("gate-1"), broker.password_file(CLOUD_USER)):
            assert file.stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with Broker(tmp_path / "first", GATES, CLOUD_PASSWORD) as first:
        second = Broker(tmp_path / "second", GATES, CLOUD_PASSWORD, port=first.port)
        with pytest.raises(NoBrokerError, match="another program listens on port"):
            second.start()


def test_who_sends_a_megabyte_is_disconnected_and_his_neighbour_is_not(tmp_path: Path) -> None:
    with Broker(tmp_path, GATES, CLOUD_PASSWORD) as broker:
        events: SimpleQueue[LinkEvent] = SimpleQueue()
        rogue = Link(login(broker, "gate-2"), "gate-2", events.put)
        rogue.start()
        connected = events.get(timeout=10)
        assert isinstance(connected, Connected)
        rogue.publish(connected.epoch, topic("gate-2", Kind.ALERT), b"x" * 1_000_000)
        assert isinstance(events.get(timeout=10), Disconnected)
        assert passes_a_message(broker)
        rogue.close()


def test_it_runs_the_products_access_list_and_limits(tmp_path: Path) -> None:
    with Broker(tmp_path, GATES, CLOUD_PASSWORD) as broker:
        text = (broker.folder / "mosquitto.conf").read_text()
        assert "allow_anonymous false" in text
        assert "max_queued_messages 0" in text
        assert "8883" not in text
        assert (broker.folder / "acl").read_text().count("pattern write") == 8


def test_without_mosquitto_and_without_apt_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("demo.mosquitto._PLACES", "")
    with pytest.raises(NoBrokerError, match="apt-get install mosquitto"):
        find_mosquitto(tmp_path / "unpacked", lambda _: None)


def test_a_package_server_that_is_away_is_told(tmp_path: Path) -> None:
    sources = tmp_path / "sources.list"
    sources.write_text("deb [trusted=yes] http://127.0.0.1:9/debian bookworm main\n")
    options = ["-o", f"Dir::Etc::sourcelist={sources}", "-o", "Dir::Etc::sourceparts=-", "-o", "Acquire::Retries=0"]
    with pytest.raises(NoBrokerError, match=r"could not be fetched.*apt-get install mosquitto"):
        unpack(tmp_path / "unpacked", lambda _: None, options)


@pytest.mark.slow
def test_the_unpacked_packages_run_without_being_installed(tmp_path: Path) -> None:
    """As on a machine that has neither mosquitto nor the libraries only mosquitto needs."""
    said: list[str] = []
    try:
        got = unpack(tmp_path / "unpacked", said.append, ["-o", f"Dir::State::status={_status_without_mosquitto(tmp_path)}"])
    except NoBrokerError as away:
        pytest.skip(f"no package server here: {away}")
    assert got.binary.is_relative_to(tmp_path)
    assert any("mosquitto" in line and "libcjson1" in line for line in said)
    _uses_its_own_libraries(got, tmp_path)
    with Broker(tmp_path / "broker", GATES, CLOUD_PASSWORD, mosquitto=got) as broker:
        assert passes_a_message(broker)
        probe_broker(login(broker), "gate-1")
    again = find_mosquitto(tmp_path / "unpacked", pytest.fail) if not _installed() else got
    assert again.passwd_tool.exists()


def _status_without_mosquitto(folder: Path) -> Path:
    """The list of installed packages without mosquitto, its own libraries, and whatever needs those."""
    kept = Path("/var/lib/dpkg/status").read_text(encoding="utf-8", errors="replace").split("\n\n")
    names = set(_OWN)
    while lost := {_field(one, "Package") for one in kept} & names:
        kept = [one for one in kept if _field(one, "Package") not in lost]
        names = {_field(one, "Package") for one in kept if lost & set(re.findall(r"[a-z0-9][a-z0-9.+-]+", _needs(one)))}
    status = folder / "status"
    status.write_text("\n\n".join(kept), encoding="utf-8")
    return status


def _needs(paragraph: str) -> str:
    return _field(paragraph, "Depends") + " " + _field(paragraph, "Pre-Depends")


def _field(paragraph: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", paragraph, re.MULTILINE)
    return found[1] if found else ""


def _uses_its_own_libraries(mosquitto: Mosquitto, folder: Path) -> None:
    linked = subprocess.run(
        ["ldd", mosquitto.binary], env=mosquitto.environment, capture_output=True, text=True, check=True
    ).stdout
    assert "not found" not in linked
    (wrap,) = (line for line in linked.splitlines() if "libwrap" in line)
    assert str(folder) in wrap


def _installed() -> bool:
    return any(os.access(f"{place}/mosquitto", os.X_OK) for place in ("/usr/sbin", "/usr/local/sbin"))

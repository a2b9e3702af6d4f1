"""Bad input of the cloud: each is refused in sentences, with what to do, before anything is served."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.broker import HOST, Broker
from demo.settings import cloud_toml
from tests.system.house import free_port
from tests.system.refusals import Said, cloud
from tests.system.settings import text

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("broker"), {}, "cloud-secret") as running:
        yield running


class Bench:
    """The cloud's settings that work; each test breaks one thing of them."""

    def __init__(self, folder: Path, broker: Broker) -> None:
        self.path = folder / "cloud.toml"
        self.broker = broker
        self.web_port = free_port()
        secret = folder / "admin.secret"
        secret.write_text("a-first-password", encoding="ascii")
        self.text = cloud_toml(folder, broker.port, broker.password_file("cloud"), secret, self.web_port)

    def run(self) -> Said:
        self.path.write_text(self.text, encoding="utf-8")
        return cloud("run", self.path)

    def change(self, old: str, new: str) -> None:
        assert old in self.text, old
        self.text = self.text.replace(old, new, 1)


@pytest.fixture
def bench(tmp_path: Path, broker: Broker) -> Bench:
    return Bench(tmp_path, broker)


def test_a_missing_settings_file(tmp_path: Path) -> None:
    cloud("run", tmp_path / "nowhere.toml").refuses("nowhere.toml", "no such settings file", remedy="check the path")


def test_a_misspelt_key_names_the_right_one(bench: Bench) -> None:
    bench.change("initial_password_file", "inital_password_file")
    bench.run().refuses("cloud.toml", "unknown key `access.inital_password_file`", remedy="did you mean `initial_password_file`?")


def test_a_value_of_the_wrong_type(bench: Bench) -> None:
    bench.change(f"port = {bench.web_port}", 'port = "many"')
    bench.run().refuses("cloud.toml", "web.port", "'many'", remedy="correct the value")


def test_a_web_port_that_is_taken(bench: Bench) -> None:
    with socket.create_server((HOST, bench.web_port)):
        bench.run().refuses(f"web.port = {bench.web_port}", "listens on this port", remedy="choose another web.port")


def test_a_broker_that_refuses_the_password(bench: Bench, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.password"
    wrong.write_text("not-it\n", encoding="ascii")
    bench.change(text(bench.broker.password_file("cloud")), text(wrong))
    bench.run().refuses("the broker refuses", "cloud", remedy="broker.password_file")


def test_an_influxdb_that_cannot_be_reached(bench: Bench, tmp_path: Path) -> None:
    token = tmp_path / "influx.token"
    token.write_text("a-token\n", encoding="ascii")
    address = f"http://{HOST}:{free_port()}"
    series = f'kind = "influxdb"\nurl = "{address}"\norg = "menshen"\nbucket = "menshen"\ntoken_file = {text(token)}'
    bench.change(f'kind = "sqlite"\npath = {text(tmp_path / "series.db")}', series)
    bench.run().refuses("InfluxDB", address, remedy="start InfluxDB")


def test_a_series_store_nobody_knows(bench: Bench) -> None:
    bench.change('kind = "sqlite"', 'kind = "sqlight"')
    bench.run().refuses("cloud.toml", "series", "sqlight", remedy="correct the value")

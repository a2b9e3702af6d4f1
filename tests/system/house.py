"""The whole house for one test: a real mosquitto, `menshen-cloud run` and gates, each a process of its own on a free port."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from cloud.dispatch.signer import Signer, make_key
from demo.broker import HOST, Broker
from demo.child import console_command
from demo.settings import cloud_toml
from tests.system.gate import Gate
from tests.system.program import Program
from tests.system.settings import NO_ARM, rest
from tests.system.until import until

PASSWORD = "a-guard-of-the-house"
CLOUD_READY_S = 45.0
Row = tuple[Any, ...]


class House:
    """Broker and cloud run on entering, gates are added by name; leaving stops all and looks whether anything is left.

    Attributes:
        folder: settings, logs and databases.
        cloud: the cloud's process.
        url: of the guard's screen.
        gates: by name.
        signer: with which the cloud commands gates.
    """

    def __init__(self, folder: Path, gates: Sequence[str]) -> None:
        self.folder = folder
        make_key(folder / "command.key")
        self.signer = Signer.load(folder / "command.key")
        self.broker = Broker(folder / "broker", {name: secrets.token_hex(8) for name in gates}, secrets.token_hex(8))
        self._web_port = free_port()
        self.url = f"http://{HOST}:{self._web_port}"
        self.cloud = Program(
            [console_command("menshen-cloud"), "run", str(self._cloud_settings()), "--unattended"], folder / "cloud.log"
        )
        self.gates: dict[str, Gate] = {}

    def _cloud_settings(self) -> Path:
        secret = self.folder / "admin.secret"
        secret.write_text(PASSWORD, encoding="ascii")
        settings = self.folder / "cloud.toml"
        password_file = self.broker.password_file("cloud")
        told = cloud_toml(
            self.folder, self.broker.port, password_file, secret, self._web_port, command_key_file=self.folder / "command.key"
        )
        settings.write_text(told, encoding="utf-8")
        return settings

    def start_cloud(self) -> None:
        """Start it and wait until it serves."""
        self.cloud.start()
        until(
            lambda: self._serves() or not self.cloud.running,
            CLOUD_READY_S,
            lambda: f"the cloud serves:\n{self.cloud.said[-2000:]}",
        )
        assert self.cloud.running, self.cloud.said

    def _serves(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def add_gate(self, name: str, cameras: str, barrier: str = NO_ARM, *, uplink: str = "", disk: Path | None = None) -> Gate:
        """A gate with these cameras and this barrier, not started yet.

        `uplink`: more lines of that table; `disk`: where its database is, if not in the house's own folder.
        """
        port = free_port()
        database, password_file = (disk or self.folder) / f"{name}.db", self.broker.password_file(name)
        settings = cameras + rest(database, self.broker.port, password_file, port, barrier, uplink)
        self.gates[name] = Gate(name, self.folder, settings, port, database)
        return self.gates[name]

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """An HTTP client that has signed in."""
        with httpx.Client(base_url=self.url, timeout=10) as client:
            answer = client.post("/api/session", json={"user": "admin", "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            yield client

    def ledger(self, question: str) -> list[Row]:
        """Rows of the ledger."""
        return _read(self.folder / "ledger.db", question)

    def series(self, question: str) -> list[Row]:
        """Rows of the series store."""
        return _read(self.folder / "series.db", question)

    def processes(self) -> list[psutil.Process]:
        """Every living process of this house, whoever started it."""
        marks = [str(self.folder), *(str(gate.rundir.path) for gate in self.gates.values())]
        return [one for one in psutil.process_iter() if one.pid != os.getpid() and _names(one, marks)]

    def stop(self) -> None:
        """Gates first, so that their last words are heard; then nothing may be left."""
        codes = {name: gate.program.stop() for name, gate in self.gates.items()}
        codes["cloud"] = self.cloud.stop()
        self.broker.stop()
        until(lambda: not self.processes(), 10, lambda: f"nothing is left running: {self.processes()}")
        left = [str(gate.rundir.path) for gate in self.gates.values() if gate.rundir.path.exists()]
        assert not left, f"left in memory: {left}"
        assert set(codes.values()) <= {0, None}, codes


@contextmanager
def open_house(folder: Path, gates: Sequence[str]) -> Iterator[House]:
    """A house whose broker and cloud run, and whose gates may be added."""
    house = House(folder, gates)
    try:
        house.broker.start()
        house.start_cloud()
        yield house
    finally:
        house.stop()


def gate_names(count: int) -> list[str]:
    """Names no other run on this machine has: what a gate shares in memory is found by its name."""
    return [f"t{secrets.token_hex(3)}-{number}" for number in range(1, count + 1)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _read(path: Path, question: str) -> list[Row]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
        return database.execute(question).fetchall()


def _names(process: psutil.Process, marks: Sequence[str]) -> bool:
    try:
        words = " ".join(process.cmdline())
        return process.status() != psutil.STATUS_ZOMBIE and any(mark in words for mark in marks)
    except psutil.Error:
        return False

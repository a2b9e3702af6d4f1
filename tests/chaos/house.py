"""The processes of one run: broker, two gates' uplinks, and the cloud's, each of which can be killed and started again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from demo.broker import Broker
from edge.board import Board
from edge.records import RecordRing
from tests.cloud.running import ROOT, write_settings

GATES: Final = ("gate-1", "gate-2")
BROKER: Final = "broker"


@dataclass(frozen=True, slots=True)
class Gate:
    """The ends of one gate's uplink that outlive it."""

    name: str
    folder: Path
    ring: RecordRing
    board: Board

    @classmethod
    def make(cls, name: str, folder: Path) -> Gate:
        folder.mkdir(parents=True)
        return cls(name, folder, RecordRing.create(folder / "ring"), Board.create(folder / "board"))

    @property
    def waiting(self) -> int:
        """Events not known to be delivered, in memory and on disk."""
        note = self.board.read() or {}
        on_disk = int(note.get("outbox_rows", 0)) if note.get("install") else 0
        return self.ring.written - self.ring.committed + on_disk

    @property
    def delivered(self) -> bool:
        """Whether the uplink itself says, after its last commit, that nothing waits."""
        note = self.board.read() or {}
        done = self.ring.written == self.ring.committed and note.get("last_seq", 0) >= self.ring.written
        return done and note.get("outbox_rows") == 0


@dataclass
class House:
    """`naive`: gates that take the broker's receipt for delivery, workers that acknowledge before they store."""

    folder: Path
    naive: bool = False
    gates: list[Gate] = field(init=False)
    broker: Broker = field(init=False)
    _cloud: Path = field(init=False)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.broker = Broker(self.folder / "broker", dict.fromkeys(GATES, "secret"), "cloud-secret")
        self._cloud = write_settings(self.folder / "cloud", self.broker.port, password_file=self.broker.password_file("cloud"))
        self.gates = [Gate.make(name, self.folder / name) for name in GATES]
        self._settle_ledger()

    @property
    def ledger(self) -> Path:
        return self._cloud.parent / "ledger.db"

    @property
    def series(self) -> Path:
        return self._cloud.parent / "series.db"

    @property
    def cloud_settings(self) -> Path:
        return self._cloud

    @property
    def copied(self) -> bool:
        """Whether the series has everything the ledger has."""
        return count(self.ledger, "SELECT count(*) FROM series_outbox") == 0

    def books(self, sent: int) -> dict[str, int]:
        """What came of `sent` visits: how many are stored, were lost, came twice; in the ledger and in the series."""
        stored = count(self.ledger, "SELECT count(*) FROM event WHERE kind = 'visit'")
        different = count(self.ledger, "SELECT count(DISTINCT visit) FROM visit_revision")
        in_series = count(self.series, "SELECT count(*) FROM point WHERE measurement = 'visit'") if self.series.exists() else 0
        return {
            "sent": sent,
            "stored": stored,
            "lost": sent - different,
            "twice": stored - different,
            "in_series": in_series,
            "false_gaps": count(self.ledger, "SELECT count(*) FROM data_gap"),
            "set_aside": sum(
                count(path, "SELECT count(*) FROM aside") for gate in self.gates if (path := gate.folder / "events.db").exists()
            ),
        }

    @property
    def killable(self) -> list[str]:
        return [BROKER, *self._commands()]

    def start(self) -> None:
        self.broker.start()
        for name in self._commands():
            self._start(name)

    def kill(self, name: str) -> None:
        """End it without warning and start it again."""
        if name == BROKER:
            self.broker.kill()
            self.broker.start()
            return
        self._running[name].kill()
        self._running[name].wait()
        self._start(name)

    def stop(self) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        for process in self._running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.broker.stop()

    def _commands(self) -> dict[str, list[str]]:
        modules = {gate.name: ["tests.chaos.uplink", str(gate.folder), str(self.broker.port), gate.name] for gate in self.gates}
        cloud = str(self._cloud)
        if self.naive:
            modules = {name: [*words, "naive"] for name, words in modules.items()}
            return modules | {name: ["tests.chaos.naive", cloud, name] for name in ("worker-1", "worker-2")}
        run, worker = ["cloud", "run", cloud, "--unattended"], ["cloud", "worker", cloud, "--name", "worker-1"]
        return modules | {"cloud": run, "worker-1": worker}

    def _start(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", *self._commands()[name]], cwd=ROOT, stdout=log, stderr=log, env=dict(os.environ)
            )

    def _settle_ledger(self) -> None:
        """Made once, before two processes open it at the same time."""
        subprocess.run([sys.executable, "-m", "cloud", "migrate", str(self._cloud)], cwd=ROOT, check=True, capture_output=True)


def count(database: Path, question: str) -> int:
    """One number from a database another process may be writing."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return int(connection.execute(question).fetchone()[0])
    finally:
        connection.close()

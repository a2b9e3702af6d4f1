"""A process that has imported everything once and forks: a child is there in milliseconds instead of two seconds.

`python -m tests.chaos.zygote` reads one order a line (JSON) and tells of every child that ended. It has one thread, so that
forking is safe; its children begin their own.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from cloud.app.now import now_ms
from cloud.app.series import open_series
from cloud.bus import Bus, read_password
from cloud.ingest.worker import Ingest
from cloud.projector import Projector
from cloud.settings import load_cloud
from cloud.store.migrate import open_database
from edge.board import Board
from edge.clock import SystemClock
from edge.config.tree import BrokerConfig
from edge.records import RecordRing
from edge.uplink.process import run_uplink
from tests.chaos.failpoints import arm
from tests.cloud.running import ROOT
from tests.uplink.parts import gate_config

_LOOK_S: Final = 0.02


class Zygote:
    """The orderer's side. Children belong to the zygote and end with it."""

    def __init__(self, log: Path) -> None:
        command = [sys.executable, "-m", "tests.chaos.zygote"]
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=0
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders, self._tells = self._process.stdin, self._process.stdout
        self._heard = b""
        self._ended: dict[int, int] = {}

    def uplink(self, folder: Path, port: int, gate: str, point: tuple[str, int] | None = None) -> int:
        """Fork an uplink. Returns its process id."""
        return self._order({"what": "uplink", "folder": str(folder), "port": port, "gate": gate, "point": point})

    def cloud(self, settings: Path, point: tuple[str, int] | None = None) -> int:
        """Fork ingest and projector."""
        return self._order({"what": "cloud", "settings": str(settings), "point": point})

    def wait(self, pid: int) -> int:
        """The exit code of a child, negative for a signal."""
        while pid not in self._ended:
            self._read()
        return self._ended.pop(pid)

    def lives(self, pid: int) -> bool:
        """Whether nothing was heard of its end."""
        while b"\n" in self._heard or select.select([self._tells], [], [], 0.0)[0]:
            self._read()
        return pid not in self._ended

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.wait(pid)

    def close(self) -> None:
        self._orders.close()
        self._process.wait(10)
        self._tells.close()

    def _order(self, order: dict[str, Any]) -> int:
        self._orders.write(json.dumps(order).encode() + b"\n")
        while True:
            said = self._read()
            if "began" in said:
                return said["began"]

    def _read(self) -> dict[str, int]:
        while b"\n" not in self._heard:
            more = os.read(self._tells.fileno(), 65536)
            if not more:
                raise RuntimeError("the zygote has ended")
            self._heard += more
        line, _, self._heard = self._heard.partition(b"\n")
        said: dict[str, int] = json.loads(line)
        if "ended" in said:
            self._ended[said["ended"]] = said["code"]
        return said


def _serve() -> None:
    children: set[int] = set()
    while True:
        if select.select([sys.stdin], [], [], _LOOK_S)[0]:
            line = sys.stdin.readline()
            if not line:
                break
            children.add(_fork(json.loads(line)))
        _reap(children)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _fork(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            os.close(0)
            _become(order)
        finally:
            os._exit(1)
    print(json.dumps({"began": pid}), flush=True)
    return pid


def _reap(children: set[int]) -> None:
    for pid in list(children):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            children.discard(pid)
            print(json.dumps({"ended": pid, "code": os.waitstatus_to_exitcode(status)}), flush=True)


def _become(order: dict[str, Any]) -> None:
    if order["point"] is not None:
        arm(*order["point"])
    if order["what"] == "uplink":
        folder = Path(order["folder"])
        password = folder.parent / "broker" / f"{order['gate']}.password"
        config = gate_config(folder, BrokerConfig(port=order["port"], password_file=password), gate=order["gate"])
        run_uplink(config, RecordRing(folder / "ring"), Board(folder / "board"), "0", SystemClock(), threading.Event())
    else:
        _cloud(Path(order["settings"]))


def _cloud(settings_file: Path) -> None:
    settings = load_cloud(settings_file)
    database = open_database(settings.ledger.url)
    projector = Projector(database, open_series(settings.series), now_ms)
    bus = Bus(settings.broker, read_password(settings.broker))
    ingest = Ingest(bus, database, now_ms, projector.poke)
    threading.Thread(target=projector.run, daemon=True).start()
    bus.start()
    ingest.run()


if __name__ == "__main__":
    _serve()

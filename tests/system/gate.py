"""One gate of the house: `menshen-edge run` with its own settings, looked at from outside."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx

from contract.ids import EventId
from demo.child import console_command
from edge.app.rundir import MEMORY, RunDir
from tests.system.program import Program
from tests.system.until import until

READY_S = 45.0
TORN_S = 1.0
"""A note that is half written for so long is of a process that died over it."""


@dataclass(frozen=True)
class Event:
    """One row of the gate's own database; `mono_s` and `wall_s` say when it was decided."""

    id: str
    kind: str
    wall_s: float
    mono_s: float
    ring_key: str
    data: dict[str, Any]


class Gate:
    """Started and stopped by the test; everything it has said stays in `program.said`."""

    def __init__(self, name: str, folder: Path, settings: str, kiosk_port: int, database: Path | None = None) -> None:
        self.name = name
        self.settings = folder / f"{name}.toml"
        self.settings.write_text(settings, encoding="utf-8")
        self.database = database or folder / f"{name}.db"
        self.kiosk = f"http://127.0.0.1:{kiosk_port}"
        self.rundir = RunDir(MEMORY / f"menshen-{os.getuid()}-{name}")
        command = [console_command("menshen-edge"), "run", str(self.settings), "--unattended"]
        self.program = Program(command, folder / f"{name}.log")

    def start(self) -> None:
        """Start it and wait until it gives verdicts and shows them."""
        self.program.start()
        until(
            lambda: self.ready or not self.program.running, READY_S, lambda: f"{self.name} screens:\n{self.program.said[-2000:]}"
        )
        assert self.program.running, self.program.said

    def stop(self) -> None:
        """As a service manager does: it ends well and leaves nothing in memory."""
        assert self.program.stop() == 0, self.program.said
        assert not self.rundir.path.exists()

    @property
    def ready(self) -> bool:
        """Whether the kiosk answers that the gate makes its rounds."""
        try:
            return httpx.get(f"{self.kiosk}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def note(self, part: str) -> dict[str, Any]:
        """What one of its processes says on its board now."""
        try:
            board = self.rundir.board(part)
        except FileNotFoundError:
            return {}
        end_s, pause = time.monotonic() + TORN_S, threading.Event()
        try:
            while (said := board.read()) is None and board.version and time.monotonic() < end_s:
                pause.wait(0.005)  # it was met in the middle of writing, and the machine had other things to do
            return said or {}
        finally:
            board.close()

    @property
    def pids(self) -> dict[str, int]:
        """Its processes by name; 0 for one that is down just now."""
        return cast("dict[str, int]", self.note("supervisor").get("pids", {}))

    @property
    def restarts(self) -> dict[str, int]:
        return cast("dict[str, int]", self.note("supervisor").get("restarts", {}))

    def kill_part(self, part: str) -> int:
        """Kill -9 one process once it is up. Returns the pid it had."""
        pid = until(lambda: self.pids.get(part), 10, f"{part} of {self.name} is up")
        os.kill(pid, signal.SIGKILL)
        return pid

    def events(self, *kinds: str) -> list[Event]:
        """Its own events in their order; all kinds where none is named. None yet where the uplink has not made its database."""
        if not self.database.exists():
            return []
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if not {"meta", "event"} <= tables:
                return []
            install = dict(database.execute("SELECT key, value FROM meta")).get("install", "")
            rows = database.execute("SELECT seq, kind, wall_s, mono_s, ring_key, data FROM event ORDER BY seq").fetchall()
        return [
            Event(str(EventId(self.name, install, seq)), kind, wall_s, mono_s, ring_key, json.loads(data))
            for seq, kind, wall_s, mono_s, ring_key, data in rows
            if not kinds or kind in kinds
        ]

    def waiting(self) -> int:
        """Events the cloud has not acknowledged yet."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as database:
            return int(database.execute("SELECT count(*) FROM outbox").fetchone()[0])

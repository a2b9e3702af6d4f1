"""What the uplink's tests are made of: settings, records, and the uplink as a process of its own."""

from __future__ import annotations

import json
import multiprocessing
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contract.topics import Kind
from edge.board import Board
from edge.clock import SystemClock
from edge.config.tree import BrokerConfig, GateConfig
from edge.records import RecordRing
from edge.uplink.outbox import NewEvent
from edge.uplink.process import run_uplink
from tests.fixtures_broker import wait_for

NOON = "2026-11-21T12:00:00Z"
NOON_S = datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()


class HandClock:
    """Time as the test says; `ahead_s`: how far the wall clock is off."""

    def __init__(self, now_s: float = 100.0, ahead_s: float = 0.0) -> None:
        self.now_s = now_s
        self.ahead_s = ahead_s

    def monotonic_s(self) -> float:
        return self.now_s

    def wall(self) -> datetime:
        return datetime.fromtimestamp(NOON_S + self.now_s + self.ahead_s, UTC)


def visit(name: str, verdict: str = "put_on_mask", revision: int = 0) -> bytes:
    return json.dumps(
        {
            "visit": name,
            "revision": revision,
            "verdict": verdict,
            "mask": "worn" if verdict == "pass" else "absent",
            "first_seen": NOON,
            "decided": NOON,
            "frames": 12,
        }
    ).encode()


def alert(subject: str = "") -> bytes:
    return json.dumps({"kind": "recheck", "state": "raised", "subject": subject, "raised": NOON}).encode()


def event(key: str, kind: Kind = Kind.VISIT, data: str | None = None) -> NewEvent:
    return NewEvent(kind, NOON_S, 100.0, "boot", key, data or visit(f"v-{key}").decode())


def gate_config(folder: Path, broker: BrokerConfig, *, window: int = 500, gate: str = "gate-1") -> GateConfig:
    uplink = {"database": folder / "events.db", "clock": "wall", "window": window, "broker": broker.model_dump()}
    tree: dict[str, Any] = {
        "gate": gate,
        "colour": {"source": "simulated"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "uplink": uplink,
    }
    return GateConfig.model_validate(tree)


@dataclass(frozen=True, slots=True)
class Hands:
    """The two ends a gate holds: the ring it puts into and the board it reads."""

    folder: Path
    ring: RecordRing
    board: Board

    @classmethod
    def make(cls, folder: Path) -> Hands:
        return cls(folder, RecordRing.create(folder / "ring"), Board.create(folder / "board"))

    def put(self, kind: Kind, data: bytes) -> int:
        number = self.ring.put(kind, data, time.time(), time.monotonic())
        assert number is not None
        return number

    def put_visits(self, names: Iterable[str]) -> int:
        """Returns the number of the last."""
        return [self.put(Kind.VISIT, visit(name)) for name in names][-1]

    def note(self) -> dict[str, Any]:
        return self.board.read() or {}

    def close(self) -> None:
        self.ring.close()
        self.board.close()


@contextmanager
def uplink_thread(config: GateConfig, hands: Hands, orders: Board | None = None) -> Iterator[None]:
    """The uplink in this process, ended afterwards."""
    stop = threading.Event()
    running = threading.Thread(target=run_uplink, args=(config, hands.ring, hands.board, "0.1.0", SystemClock(), stop, orders))
    running.start()
    try:
        yield
    finally:
        stop.set()
        running.join(10)
        assert not running.is_alive()


@contextmanager
def uplink_process(config: GateConfig, hands: Hands, *, dies_at_commit: int = 0) -> Iterator[Any]:
    """The uplink as a process; with `dies_at_commit` it kills itself between its n-th commit and telling the ring."""
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(config, hands.folder, dies_at_commit), daemon=True
    )
    process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join(10)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _serve(config: GateConfig, folder: Path, dies_at_commit: int) -> None:
    from tests.uplink.dying_ring import DyingRing

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    ring = DyingRing(folder / "ring", dies_at_commit) if dies_at_commit else RecordRing(folder / "ring")
    run_uplink(config, ring, Board(folder / "board"), "0.1.0", SystemClock(), stop)


def wait_connected(hands: Hands) -> None:
    wait_for(lambda: hands.note().get("connected"), "the uplink is connected", 30)


def wait_drained(hands: Hands, number: int) -> None:
    """Until every record up to `number` is acknowledged by the cloud."""
    wait_for(lambda: hands.ring.committed >= number, "everything is on disk")
    wait_for(lambda: hands.note().get("last_seq", 0) >= number and hands.note()["outbox_rows"] == 0, "the outbox is empty", 40)

"""The bare limit of an event's way to a screen: two commits that are safe on disk, and one hop through the same broker."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from benchmarks.timing import Times
from contract.access import CLOUD_USER
from contract.topics import Kind, topic
from demo.broker import HOST, Broker

EVERY_S: Final = 2.0
BODY: Final = b"x" * 700
PROBE: Final = "bench-probe"


@dataclass(slots=True)
class Floor:
    """Filled while it runs: one time every EVERY_S, milliseconds."""

    commits: Times = field(default_factory=Times)
    hops: Times = field(default_factory=Times)

    @property
    def sums_ms(self) -> list[float]:
        return [2.0 * commit + hop for commit, hop in zip(self.commits.wall_ms, self.hops.wall_ms, strict=False)]


@contextmanager
def floor(broker: Broker, folder: Path) -> Iterator[Floor]:
    """Measured in a thread of this process, which does nothing else meanwhile."""
    measured, done = Floor(), threading.Event()
    thread = threading.Thread(target=_measure, args=(measured, broker, folder / "floor.db", done), daemon=True)
    thread.start()
    try:
        yield measured
    finally:
        done.set()
        thread.join(10)


def _measure(measured: Floor, broker: Broker, database: Path, done: threading.Event) -> None:
    arrived = threading.Event()
    listener = _client(broker, PROBE, PROBE)
    listener.on_message = lambda *_: arrived.set()
    listener.subscribe(topic(PROBE, Kind.ACK), 0)
    sender = _client(broker, "bench-floor", CLOUD_USER)
    disk = sqlite3.connect(database, isolation_level=None)
    disk.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (body BLOB);")
    while not done.wait(EVERY_S):
        measured.commits.of(lambda: disk.execute("INSERT INTO row VALUES (?)", (BODY,)))
        arrived.clear()
        measured.hops.of(lambda: (sender.publish(topic(PROBE, Kind.ACK), BODY), arrived.wait(5.0)))
    disk.close()
    for client in (listener, sender):
        client.disconnect()
        client.loop_stop()


def _client(broker: Broker, client_id: str, user: str) -> paho.Client:
    ready = threading.Event()
    client = paho.Client(CallbackAPIVersion.VERSION2, client_id, protocol=paho.MQTTv5)
    client.username_pw_set(user, broker.password_file(user).read_text(encoding="utf-8").strip())
    client.on_connect = lambda *_: ready.set()
    client.connect(HOST, broker.port)
    client.loop_start()
    ready.wait(10)
    return client

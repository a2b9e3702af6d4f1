"""Ingest, exactly once in effect: the worker beside a bare consumer on the same queued events, in turns."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.flood import flood, visit_bodies
from benchmarks.result import Figure, Json, Result
from cloud.bus import Arrival
from cloud.ingest.reading import read
from cloud.ingest.transaction import Batch, settle
from cloud.ledger.events import Heard
from cloud.store.migrate import open_database
from contract.topics import Kind, topic
from demo.broker import Broker

EVENTS: Final = 20_000
ROUNDS: Final = 3
BATCH: Final = 500
GATE: Final = "bench"
MOST_US: Final = 125.0
MOST_TIMES_BARE: Final = 2.0


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where mosquitto is missing."""
    bare_per_s, ours_per_s = [], []
    with Broker(folder / "broker", {GATE: "secret"}, "cloud-secret") as broker:
        settings = _settings(folder, broker)
        for number in range(ROUNDS):
            say(f"round {number + 1} of {ROUNDS}: {EVENTS:,} events wait at the broker, for each of the two")
            _subscribe(folder, broker, settings)
            flood(broker, GATE, number * EVENTS, EVENTS)
            bare_per_s.append(_bare(folder, broker, EVENTS))
            ours_per_s.append(_ours(folder, settings, (number + 1) * EVENTS))
    say("the stages by themselves")
    stages = _stages(folder)
    bare_us, ours_us = 1e6 / median(bare_per_s), 1e6 / median(ours_per_s)
    figures = (
        Figure("worker, an event", ours_us, "us", MOST_US),
        Figure("bare consumer, an event", bare_us, "us"),
        Figure("worker / bare consumer", ours_us / bare_us, "x", MOST_TIMES_BARE),
        *[Figure(name, value, "us") for name, value in stages.items()],
    )
    details: dict[str, Json] = {"bare_per_s": bare_per_s, "worker_per_s": ours_per_s, "events": EVENTS}
    method = (
        f"{EVENTS:,} visits wait at a real broker for two durable subscriptions; a bare consumer (one INSERT by key, FULL "
        f"commit, acknowledgement) and `menshen-cloud worker` drain one each, in turns, {ROUNDS} times; medians from a tenth on"
    )
    return Result("ingest", method, figures, details)


def _settings(folder: Path, broker: Broker) -> Path:
    (folder / "cloud.toml").write_text(
        f'[broker]\nport = {broker.port}\npassword_file = "{broker.password_file("cloud")}"\n'
        f'[ledger]\nurl = "sqlite:///{folder / "ledger.db"}"\n[series]\nkind = "sqlite"\npath = "{folder / "series.db"}"\n'
    )
    return folder / "cloud.toml"


def _subscribe(folder: Path, broker: Broker, settings: Path) -> None:
    """Both make their durable subscription and leave."""
    _bare(folder, broker, 0)
    worker = _worker(settings)
    log = broker.log
    end_s = time.monotonic() + 30
    while b"menshen-cloud-bench" not in log.read_bytes() and time.monotonic() < end_s:
        time.sleep(0.05)
    time.sleep(0.5)
    worker.send_signal(signal.SIGTERM)
    worker.wait(20)


def _bare(folder: Path, broker: Broker, count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.bare_ingest", str(broker.port), str(broker.password_file("cloud"))]
    said = subprocess.run([*command, str(folder / "bare.db"), str(count)], check=True, capture_output=True, text=True).stdout
    return float(said) if count else 0.0


def _worker(settings: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cloud", "worker", str(settings), "--name", "bench"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _ours(folder: Path, settings: Path, until: int) -> float:
    """Events a second from a tenth on, by what the ledger holds."""
    worker = _worker(settings)
    ledger = sqlite3.connect(folder / "ledger.db", timeout=30)
    began_s, before, stored = 0.0, 0, 0
    try:
        while stored < until:
            time.sleep(0.02)
            (stored,) = ledger.execute("SELECT count(*) FROM event").fetchone()
            if not began_s and stored >= until - EVENTS * 9 // 10:
                began_s, before = time.monotonic(), stored
        return (stored - before) / (time.monotonic() - began_s)
    finally:
        ledger.close()
        worker.send_signal(signal.SIGTERM)
        worker.wait(20)


def _stages(folder: Path) -> dict[str, float]:
    """Microseconds an event of reading and of the ledger's transaction, without broker and threads."""
    database = open_database(f"sqlite:///{folder / 'stages.db'}")
    arrivals = [Arrival(1, 1, topic(GATE, Kind.VISIT), body, name) for name, body in visit_bodies(GATE, 0, 10 * BATCH)]
    now_ms = round(datetime.now(UTC).timestamp() * 1000)
    reading, settling = [], []
    for first in range(0, len(arrivals), BATCH):
        batch = arrivals[first : first + BATCH]
        began_s = time.perf_counter()
        heard = [one for arrival in batch if isinstance(one := read(arrival, now_ms), Heard)]
        read_s = time.perf_counter()
        settle(database, Batch(heard, (), (), now_ms, 60_000, watch=False))
        settling.append((time.perf_counter() - read_s) / BATCH * 1e6)
        reading.append((read_s - began_s) / BATCH * 1e6)
    database.close()
    return {"reading and checking": median(reading), "ledger's transaction": median(settling)}

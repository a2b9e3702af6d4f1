"""From an alert's moment at the gate to the guards' live stream: while nothing waits, and while a backlog drains."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path
from typing import Final

from benchmarks.backlog import fill
from benchmarks.floor import PROBE, floor
from benchmarks.house import ADMIN_PASSWORD, answers
from benchmarks.neighbours import START_S, uplink_note, wait_for
from benchmarks.part import Part
from benchmarks.result import Figure, Json, Result
from benchmarks.settings import free_port, gate
from benchmarks.timing import Summary
from contract.messages.alert import AlertData, AlertKind
from contract.topics import Kind
from demo.broker import HOST, Broker
from demo.child import Child, console_command
from demo.settings import cloud_toml
from edge.app.rundir import RunDir

NAME: Final = "bench-alert"
BACKLOG: Final = 60_000
IDLE: Final = 200
IDLE_EVERY_S, DRAINING_EVERY_S = 0.2, 0.3
FRESH_S: Final = 2.0
"""What the design wants of a fresh alert behind a week's backlog."""
LOST_S: Final = 20.0
MOST_DRAINING_S: Final = 300.0


def measure(folder: Path, say: Callable[[str], None]) -> Result:
    """Raises MenshenError where a program does not start."""
    fill(folder / "gate.db", NAME, BACKLOG)
    with _gate_and_cloud(folder) as (rundir, broker, stream):
        alerts = _Alerts(rundir, stream)
        say(f"a fresh alert every {DRAINING_EVERY_S:g} s while {BACKLOG:,} events drain")
        with Part("uplink", rundir.path, folder / "uplink.log") as uplink:
            wait_for(lambda: bool(uplink_note(rundir).get("connected")), uplink)
            begun_s, waited = time.monotonic(), _waiting(rundir)
            draining_ms = alerts.every(DRAINING_EVERY_S, lambda done: _waiting(rundir) > 0 and done < MOST_DRAINING_S)
            drained_per_s = (waited - _waiting(rundir)) / (time.monotonic() - begun_s)
            say(f"{IDLE} alerts, one every {IDLE_EVERY_S:g} s, while nothing waits")
            with floor(broker, folder) as bare:
                idle_ms = alerts.every(IDLE_EVERY_S, lambda done: done < IDLE * IDLE_EVERY_S)
    return _result(Summary.of(idle_ms), Summary.of(draining_ms), Summary.of(bare.sums_ms), alerts.lost, drained_per_s)


def _result(idle: Summary, draining: Summary, bare: Summary, lost: int, drained_per_s: float) -> Result:
    figures = (
        Figure("idle: p50", idle.p50, "ms"),
        Figure("idle: p95", idle.p95, "ms"),
        Figure("idle: p99", idle.p99, "ms", 1000.0 * FRESH_S),
        Figure("idle p50 / two commits and one broker hop", idle.p50 / bare.p50, "x"),
        Figure("draining: p50", draining.p50, "ms"),
        Figure("draining: p95", draining.p95, "ms"),
        Figure("draining: p99", draining.p99, "ms", 1000.0 * FRESH_S),
        Figure("alerts that never came", float(lost), "", 0.0),
    )
    details: dict[str, Json] = {
        "idle": {"count": idle.count, "most_ms": idle.most},
        "draining": {"count": draining.count, "most_ms": draining.most},
        "drained_per_s": round(drained_per_s),
        "bare_ms": bare.p50,
    }
    method = (
        f"a real uplink, broker and cloud in processes of their own; {BACKLOG:,} events wait on the gate's disk, then none; from "
        "the moment an alert is handed to the uplink to its row in `/api/live`, read by a signed-in client"
    )
    return Result("alert", method, figures, details)


def _waiting(rundir: RunDir) -> int:
    return int(uplink_note(rundir).get("outbox_rows", 0))


class _Stream(threading.Thread):
    """Reads the live stream; when which visit's case came."""

    def __init__(self, web: str) -> None:
        super().__init__(daemon=True)
        self._web = web
        self.came_s: dict[str, float] = {}
        self.changed = threading.Condition()

    def run(self) -> None:
        """Until the cloud ends the stream."""
        body = json.dumps({"user": "admin", "password": ADMIN_PASSWORD}).encode()
        headers = {"Content-Type": "application/json", "Origin": self._web}
        opened: HTTPResponse = urllib.request.urlopen(
            urllib.request.Request(f"{self._web}/api/session", body, headers, method="POST")
        )
        cookie = opened.headers["Set-Cookie"].partition(";")[0]
        try:
            for line in urllib.request.urlopen(urllib.request.Request(f"{self._web}/api/live", headers={"Cookie": cookie})):
                if line.startswith(b"data:") and b'"case"' in line:
                    self._note(json.loads(line[5:]), time.monotonic())
        except OSError:
            return

    def _note(self, row: dict[str, object], now_s: float) -> None:
        with self.changed:
            self.came_s.setdefault(str(row.get("visit")), now_s)
            self.changed.notify_all()


@contextmanager
def _gate_and_cloud(folder: Path) -> Iterator[tuple[RunDir, Broker, _Stream]]:
    """The gate's shared memory without its loop, a broker, the whole cloud, and a guard's stream of it."""
    web_port = free_port()
    admin_file = folder / "admin.secret"
    admin_file.write_text(ADMIN_PASSWORD, encoding="ascii")
    with ExitStack() as running:
        broker = running.enter_context(Broker(folder / "broker", {NAME: "bench", PROBE: "bench-probe"}, "bench-cloud"))
        cloud_file = folder / "cloud.toml"
        settings = cloud_toml(folder, broker.port, broker.password_file("cloud"), admin_file, web_port)
        cloud_file.write_text(settings, encoding="utf-8")
        cloud = running.enter_context(
            Child("cloud", [console_command("menshen-cloud"), "run", str(cloud_file)], folder / "cloud.log")
        )
        wait_for(lambda: answers(f"http://{HOST}:{web_port}/api/health"), cloud, START_S)
        rundir, lock = RunDir.create(gate(NAME, folder, broker.port, broker.password_file(NAME), 0))
        running.callback(lock.close)
        running.callback(rundir.remove)
        stream = _Stream(f"http://{HOST}:{web_port}")
        stream.start()
        yield rundir, broker, stream


class _Alerts:
    """Hands alerts to the uplink as the gate's loop does, and waits for each."""

    def __init__(self, rundir: RunDir, stream: _Stream) -> None:
        self._ring, self._stream = rundir.records(), stream
        self._count = 0
        self.lost = 0

    def every(self, seconds: float, going: Callable[[float], bool]) -> list[float]:
        """One alert every so often while `going`, told the seconds since it began. Returns the delays, milliseconds."""
        delays_ms, begun_s = [], time.monotonic()
        due_s = begun_s
        while going(time.monotonic() - begun_s):
            time.sleep(max(0.0, due_s - time.monotonic()))
            due_s = max(due_s + seconds, time.monotonic())
            delay_s = self._one()
            if delay_s is None:
                self.lost += 1
            else:
                delays_ms.append(1000.0 * delay_s)
        return delays_ms

    def _one(self) -> float | None:
        self._count += 1
        visit = f"bench-{self._count}"
        body = (
            AlertData(kind=AlertKind.RECHECK, state="raised", subject=visit, raised=datetime.now(UTC)).model_dump_json().encode()
        )
        put_s = time.monotonic()
        self._ring.put(Kind.ALERT, body, time.time(), put_s)
        with self._stream.changed:
            came = self._stream.changed.wait_for(lambda: visit in self._stream.came_s, LOST_S)
            return self._stream.came_s[visit] - put_s if came else None

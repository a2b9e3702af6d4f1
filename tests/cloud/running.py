"""`menshen-cloud run` as a process of its own, and a gate that publishes to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from contract.messages.down import AckData
from contract.topics import Kind, topic
from demo.broker import HOST, Broker
from tests.cloud.messages import topic_of
from tests.fixtures_broker import GATES, wait_for

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def write_settings(
    folder: Path, broker_port: int, *, password_file: Path | None = None, more: str = "", series: str = ""
) -> Path:
    """A cloud.toml with everything embedded."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "admin").write_text(PASSWORD)
    secret = f"password_file = {json.dumps(str(password_file))}" if password_file else ""
    # The messages of tests are all of one day, which gets older every day.
    series = series or f'kind = "sqlite"\npath = {json.dumps(str(folder / "series.db"))}\nkeep.raw_days = 3660'
    (folder / "cloud.toml").write_text(
        f"""
[web]
port = {free_port()}
[broker]
port = {broker_port}
{secret}
[ledger]
url = {json.dumps(f"sqlite:///{folder / 'ledger.db'}")}
[series]
{series}
[access]
initial_password_file = {json.dumps(str(folder / "admin"))}
{more}
"""
    )
    return folder / "cloud.toml"


def cloud(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run `menshen-cloud` until it ends."""
    command = [sys.executable, "-m", "cloud", *map(str, arguments)]
    wide = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=120, check=False, env=wide)


@contextmanager
def running(command: Sequence[str | Path], settings: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A cloud process that answers; ended by SIGTERM where it still lives."""
    log = settings.parent / "cloud.log"
    with log.open("ab") as out:
        process = subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT, stdout=out, stderr=out)
    try:
        wait_for(lambda: process.poll() is not None or answers(settings), f"the cloud answers; see {log}", 120)
        assert process.poll() is None, log.read_text()
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, log.read_text()


def answers(settings: Path) -> bool:
    try:
        return bool(health_of(settings)["parts"]["broker"] != "connecting")
    except (OSError, ValueError):
        return False


def health_of(settings: Path) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url_of(settings)}/api/health", timeout=5) as answer:
        health: dict[str, Any] = json.loads(answer.read())
    return health


def url_of(settings: Path) -> str:
    lines = settings.read_text().splitlines()
    return f"http://{HOST}:{lines[lines.index('[web]') + 1].split()[-1]}"


class Gate:
    """Publishes, and notes which numbers the cloud has acknowledged."""

    def __init__(self, broker: Broker, name: str = "gate-1") -> None:
        self.name = name
        self.acknowledged: set[int] = set()
        self._ready = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, name, protocol=paho.MQTTv5)
        self._client.username_pw_set(name, GATES[name])
        self._client.max_inflight_messages_set(0)
        self._client.max_queued_messages_set(0)
        self._client.on_connect = lambda client, *_: client.subscribe(topic(name, Kind.ACK))
        self._client.on_subscribe = lambda *_: self._ready.set()
        self._client.on_message = self._on_message
        self._client.connect(HOST, broker.port)
        self._client.loop_start()
        assert self._ready.wait(10)

    def send(self, *bodies: bytes) -> None:
        for body in bodies:
            self._client.publish(topic_of(body), body, qos=1)

    def send_raw(self, kind: Kind, body: bytes, event_id: str) -> None:
        beside = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        beside.UserProperty = ("id", event_id)
        self._client.publish(topic(self.name, kind), body, qos=1, properties=beside)

    def say(self, state: bytes) -> None:
        self._client.publish(topic(self.name, Kind.STATE), state, qos=1, retain=True)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def _on_message(self, _: Any, __: Any, message: paho.MQTTMessage) -> None:
        self.acknowledged |= set(AckData.model_validate_json(message.payload).seqs)

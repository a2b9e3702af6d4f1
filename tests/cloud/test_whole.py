"""Real broker, real process, real files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract.topics import Kind
from demo.broker import Broker
from tests import fixtures_broker
from tests.cloud import messages
from tests.cloud.running import PASSWORD, Gate, health_of, running, url_of, write_settings

pytestmark = pytest.mark.broker
RUN = ("-m", "cloud", "run", "--unattended")
wait_for = partial(fixtures_broker.wait_for, timeout_s=60)  # several processes on a busy machine


@pytest.fixture
def settings(tmp_path: Path, broker: Broker) -> Path:
    return write_settings(tmp_path / "cloud", broker.port, password_file=broker.password_file("cloud"))


@pytest.fixture
def gate(broker: Broker) -> Iterator[Gate]:
    gate = Gate(broker)
    yield gate
    gate.close()


def ask(path: Path, question: str) -> list[Any]:
    connection = sqlite3.connect(path)
    rows = connection.execute(question).fetchall()
    connection.close()
    return rows


def stored(settings: Path) -> list[int]:
    return [row[0] for row in ask(settings.parent / "ledger.db", "SELECT seq FROM event ORDER BY seq")]


def points(settings: Path) -> int:
    return int(ask(settings.parent / "series.db", "SELECT count(*) FROM point WHERE measurement = 'visit'")[0][0])


def test_a_verdict_goes_from_the_gate_to_ledger_series_and_screen(settings: Path, gate: Gate) -> None:
    with running((*RUN, settings), settings), httpx.Client(base_url=url_of(settings)) as client:
        gate.say(messages.state(online=True))
        gate.send(messages.visit(1), messages.alert(2, "recheck", subject="v1"))
        gate.send_raw(Kind.VISIT, b"{", "gate-1:i1:3")
        wait_for(lambda: gate.acknowledged == {1, 2, 3}, "all three are acknowledged, the unreadable one too")
        assert client.post("/api/session", json={"user": "admin", "password": PASSWORD}).status_code == 200
        whole = client.get("/api/snapshot").json()
        assert [visit["visit"] for visit in whole["visits"]] == ["v1"]
        assert [item["kind"] for item in whole["queue"]] == ["recheck"]
        wait_for(lambda: whole["gates"][0]["online"] and points(settings) == 1, "the point is in the series")
        counts = client.get("/api/health").json()
        assert (counts["status"], counts["counts"]["dead_letters"]) == ("ok", 1)


def test_killed_between_commit_and_acknowledgement_it_stores_nothing_twice(settings: Path, gate: Gate) -> None:
    bodies = [messages.visit(seq, f"v{seq}") for seq in range(1, 51)]
    with running(("-m", "tests.cloud.dies_before_ack", settings), settings) as dying:
        gate.send(*bodies)
        assert dying.wait(60) == -9
    before = stored(settings)
    assert before
    assert gate.acknowledged == set()
    with running((*RUN, settings), settings):
        wait_for(lambda: len(gate.acknowledged) == 50, "what was committed and not acknowledged is acknowledged now")
        wait_for(lambda: points(settings) == 50, "every point is in the series")
        gate.send(*bodies)
        wait_for(lambda: stored(settings) == list(range(1, 51)), "each is stored once")
    assert points(settings) == 50
    assert ask(settings.parent / "ledger.db", "SELECT count(*) FROM visit WHERE revisions <> 1") == [(0,)]


def test_what_is_sent_while_the_cloud_is_away_waits_at_the_broker(settings: Path, gate: Gate) -> None:
    with running((*RUN, settings), settings):
        gate.send(messages.visit(1))
        wait_for(lambda: gate.acknowledged == {1}, "the first is acknowledged")
    gate.send(messages.visit(2, "v2"))
    with running((*RUN, settings), settings):
        wait_for(lambda: gate.acknowledged == {1, 2}, "the second is, too")


def test_the_cloud_comes_back_after_the_broker_has_died(settings: Path, broker: Broker, gate: Gate) -> None:
    with running((*RUN, settings), settings):
        broker.kill()
        wait_for(lambda: health_of(settings)["parts"]["broker"] == "away", "it notices")
        broker.start()
        wait_for(lambda: health_of(settings)["parts"]["broker"] == "connected", "it is back")
        other = Gate(broker, "gate-2")
        other.send(messages.visit(1, gate="gate-2"))
        wait_for(lambda: other.acknowledged == {1}, "events go on")
        other.close()


def test_a_broker_and_an_influxdb_that_are_away_are_waited_for_when_nobody_looks(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t")
    token = json.dumps(str(tmp_path / "token"))
    series = f'kind = "influxdb"\nurl = "http://127.0.0.1:9"\norg = "o"\nbucket = "b"\ntoken_file = {token}'
    settings = write_settings(tmp_path, 9, series=series)
    with running((*RUN, settings), settings):
        health = health_of(settings)
        assert (health["status"], health["parts"]["broker"]) == ("degraded", "away")

"""A guard's command all the way: browser's request, signature, broker, gate, arm, and the answer back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cloud.bus import Bus
from cloud.dispatch.dispatch import Dispatch
from cloud.ingest.worker import Ingest
from cloud.settings import BrokerSettings
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import event
from demo.broker import Broker
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.fixtures_broker import CLOUD_PASSWORD, wait_for
from tests.uplink.gate_loop import obeying_gate

pytestmark = pytest.mark.broker


@pytest.fixture
def served_by_broker(rig: Rig, broker: Broker, tmp_path: Path) -> Iterator[Served]:
    """The API, with the real bus where the rig has one in memory, and the time of day."""
    rig.now_ms = time.time_ns() // 1_000_000
    bus = Bus(BrokerSettings(port=broker.port), CLOUD_PASSWORD)
    rig.dispatch = Dispatch(rig.signer, bus, lambda: time.time_ns() // 1_000_000)
    worker = Ingest(bus, rig.database, lambda: rig.now_ms, lambda: None, rig.dispatch.answered)
    working = threading.Thread(target=worker.run)
    working.start()
    bus.start()
    series = SqliteSeries(tmp_path / "series.db")
    try:
        wait_for(lambda: bus.listening_ms > 0, "the cloud listens")
        with serve(rig, series, tmp_path / "dist") as running:
            yield running
    finally:
        worker.stop()
        working.join()
        bus.stop()
        series.close()


def test_a_guard_opens_and_holds_a_gate_from_the_screen(served_by_broker: Served, broker: Broker, tmp_path: Path) -> None:
    rig = served_by_broker.rig
    with obeying_gate(tmp_path, broker, rig.signer.public) as gate, served_by_broker.client() as client:
        wait_for(lambda: rig.look().gates, "the cloud knows the gate")
        gate.in_zone = 1
        order = {"verb": "open_once", "arguments": {"reason": "wheelchair"}}
        answer = client.post("/api/gates/gate-1/commands", json=order)
        assert (answer.status_code, answer.json()["detail"]) == (200, "the arm opens"), answer.text
        wait_for(lambda: gate.barrier.is_open, "the arm is up")
        assert client.post("/api/gates/gate-1/commands", json={"verb": "hold"}).json()["done"]
        wait_for(lambda: not gate.barrier.is_open, "the arm is down")
        wait_for(lambda: len(rig.rows(event, "kind")) == 2, "both acts stand in the ledger")
    assert {row[0] for row in rig.rows(event, "kind")} == {"act"}

"""A commit that takes 300 ms: the arm waits half of that, the record says so, and nothing is announced before it is on disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from contract.topics import Kind
from demo.broker import Broker
from edge.actuators.log_barrier import LogBarrier
from edge.clock import SystemClock
from edge.config.tree import BrokerConfig
from edge.gate.opening import LATEST_S, Opening
from edge.uplink.outbox import NewEvent, Outbox
from tests.fixtures_broker import MakeCloud, wait_for
from tests.uplink.parts import Hands, gate_config, uplink_thread, visit, wait_connected, wait_drained

COMMIT_S = 0.3


@pytest.mark.broker
def test_the_arm_opens_after_150_ms_and_the_record_is_marked_late(
    broker: Broker, make_cloud: MakeCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud, hands = make_cloud(), Hands.make(tmp_path)
    real, disk = Outbox.add, threading.Event()

    def slow(self: Outbox, events: Sequence[NewEvent]) -> list[int]:
        disk.wait(COMMIT_S)
        return real(self, events)

    monkeypatch.setattr(Outbox, "add", slow)
    login = BrokerConfig(port=broker.port, password_file=broker.password_file("gate-1"))
    barrier = LogBarrier(SystemClock())
    opening = Opening(barrier, open_s=3.0)
    with uplink_thread(gate_config(tmp_path, login), hands):
        wait_connected(hands)
        number, decided_s = hands.put(Kind.VISIT, visit("v-1", "pass")), time.monotonic()
        opening.want("v-1", number, decided_s)
        rounds = 0
        while not barrier.is_open:
            opening.round("v-1", hands.ring.committed, time.monotonic())
            rounds += 1
        assert time.monotonic() - decided_s >= LATEST_S
        assert hands.ring.committed < number, "it opened before the commit"
        assert cloud.bodies == [], "nothing is announced before it is on disk"
        assert rounds > 100, "the loop went round meanwhile"
        wait_drained(hands, number)
    wait_for(lambda: cloud.of("visit"), "the record")
    assert cloud.of("visit")[0]["data"]["record_late"] is True
    hands.close()

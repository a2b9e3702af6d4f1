"""Slow, stalling, half-open and broken lines: everything arrives once, and an alert does not wait behind a backlog."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.topics import Kind
from demo.broker import Broker
from edge.config.tree import BrokerConfig
from edge.uplink.line_width import FEWEST, FIRST, LineWidth
from tests.fixtures_broker import MakeCloud, wait_for
from tests.uplink.bad_line import BadLine, bad_line
from tests.uplink.parts import Hands, alert, gate_config, uplink_thread, visit, wait_connected, wait_drained

KBIT_64 = 8_000.0


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    made = Hands.make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def line(broker: Broker) -> Iterator[BadLine]:
    with bad_line(broker.port) as made:
        yield made


def login(broker: Broker, line: BadLine) -> BrokerConfig:
    return BrokerConfig(port=line.listening, password_file=broker.password_file("gate-1"))


@pytest.mark.broker
@pytest.mark.slow
def test_an_alert_does_not_wait_behind_a_backlog_on_a_line_of_64_kbit(
    broker: Broker, make_cloud: MakeCloud, hands: Hands, line: BadLine
) -> None:
    cloud = make_cloud()
    line.bytes_per_s = KBIT_64
    with uplink_thread(gate_config(hands.folder, login(broker, line)), hands):
        wait_connected(hands)
        hands.put_visits(f"v-{count}" for count in range(300))
        wait_for(lambda: len(cloud.bodies) >= 20, "the backlog is draining", 30)
        delays_s = []
        for count in range(3):
            hands.put(Kind.ALERT, alert(f"v-{count}"))
            began_s = time.monotonic()
            wait_for(lambda count=count: len(cloud.of("alert")) > count, "the alert has overtaken", 30)  # type: ignore[misc]
            delays_s.append(time.monotonic() - began_s)
        assert len(cloud.of("visit")) < 250, "there was a backlog to overtake"
        line.bytes_per_s = 0.0
        wait_drained(hands, 303)
    assert max(delays_s) <= 5.0, delays_s
    assert len({body["id"] for body in cloud.of("visit")}) == 300


@pytest.mark.broker
def test_a_line_that_breaks_in_the_middle_again_and_again_loses_nothing(
    broker: Broker, make_cloud: MakeCloud, hands: Hands, line: BadLine
) -> None:
    cloud = make_cloud()
    with uplink_thread(gate_config(hands.folder, login(broker, line)), hands):
        last = 0
        for burst in range(4):
            wait_connected(hands)
            last = hands.put_visits(f"v-{burst}-{count}" for count in range(50))
            seen = len(cloud.bodies)
            wait_for(lambda seen=seen: len(cloud.bodies) > seen, "some are under way")  # type: ignore[misc]
            line.reset()
        wait_drained(hands, last)
    assert {body["data"]["visit"] for body in cloud.of("visit")} == {f"v-{b}-{c}" for b in range(4) for c in range(50)}
    assert cloud.of("alert") == [], "no row is blamed for a bad line"


@pytest.mark.broker
@pytest.mark.slow
def test_a_half_open_line_is_given_up_and_what_was_under_way_comes_again(
    broker: Broker, make_cloud: MakeCloud, hands: Hands, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.mqtt.link.KEEPALIVE_S", 2)
    cloud = make_cloud()
    with uplink_thread(gate_config(hands.folder, login(broker, line)), hands):
        wait_connected(hands)
        line.deaf = True
        last = hands.put(Kind.VISIT, visit("v-1"))
        wait_for(lambda: not hands.note()["connected"], "the silence is noticed", 60)
        line.deaf = False
        wait_drained(hands, last)
    assert len(set(cloud.ids)) == 1


def test_the_line_is_as_wide_as_receipts_are_quick() -> None:
    width = LineWidth()
    for count in range(400):
        width.receipt(0.01, count * 0.01)
    assert width.messages == FIRST + 400
    for count in range(40):
        width.receipt(3.0, 10.0 + count)
    assert width.messages == FEWEST
    width.receipt(0.7, 60.0)
    assert width.messages == FEWEST, "neither quick nor slow"
    for count in range(30):
        width.receipt(0.1, 61.0 + count)
    width.connected()
    assert width.messages == FIRST

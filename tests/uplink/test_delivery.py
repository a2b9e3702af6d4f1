"""From the gate's ring to the cloud, through a real broker, whatever dies in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.examples import example
from contract.topics import Kind
from demo.broker import Broker
from edge.config.tree import BrokerConfig
from tests.fixtures_broker import Cloud, MakeCloud, wait_for
from tests.uplink.parts import Hands, alert, gate_config, uplink_process, uplink_thread, visit, wait_connected, wait_drained

pytestmark = pytest.mark.broker


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    made = Hands.make(tmp_path)
    yield made
    made.close()


def login(broker: Broker, user: str = "gate-1") -> BrokerConfig:
    return BrokerConfig(port=broker.port, password_file=broker.password_file(user))


def test_a_decision_of_the_gate_arrives_and_leaves_the_outbox(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        number = hands.put(Kind.ALERT, alert("v-1"))
        wait_drained(hands, number)
    (body,) = cloud.of("alert")
    assert body["data"]["subject"] == "v-1"
    assert cloud.event_ids == [body["id"]]
    assert hands.note()["oldest_unacked"] is None


def test_the_gate_says_at_every_connect_that_it_is_there(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        wait_for(lambda: cloud.states, "the birth message")
        assert cloud.states[0]["online"]
        assert cloud.states[0]["version"] == "0.1.0"
        assert cloud.states[0]["replay"]
    wait_for(lambda: not cloud.states[-1]["online"], "the last will after leaving")


def test_a_broker_killed_and_started_again_loses_nothing(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        wait_connected(hands)
        hands.put_visits(f"before-{count}" for count in range(30))
        broker.kill()
        last = hands.put_visits(f"after-{count}" for count in range(30))
        wait_for(lambda: hands.note()["outbox_rows"] >= 30, "the events wait on disk")
        broker.start()
        wait_drained(hands, last)
    names = {body["data"]["visit"] for body in cloud.of("visit")}
    assert names == {f"{when}-{count}" for when in ("before", "after") for count in range(30)}


def test_an_uplink_killed_between_its_commit_and_the_ring_sends_nothing_twice(
    broker: Broker, make_cloud: MakeCloud, hands: Hands
) -> None:
    cloud = make_cloud()
    config = gate_config(hands.folder, login(broker))
    last = hands.put_visits(f"v-{count}" for count in range(5))
    with uplink_process(config, hands, dies_at_commit=1) as process:
        process.join(30)
        assert process.exitcode == -9
    assert hands.ring.committed == 0, "the ring has not heard of the commit"
    with uplink_process(config, hands):
        wait_drained(hands, last)
    assert sorted(set(cloud.ids)) == sorted(cloud.ids)
    assert sorted(body["data"]["visit"] for body in cloud.of("visit")) == [f"v-{count}" for count in range(5)]


def test_an_uplink_killed_at_any_moment_loses_nothing(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    config = gate_config(hands.folder, login(broker))
    last = 0
    for life in range(3):
        with uplink_process(config, hands) as process:
            wait_for(lambda: hands.note().get("connected"), "connected", 30)
            last = hands.put_visits(f"v-{life}-{count}" for count in range(100))
            seen = len(cloud.bodies)
            wait_for(lambda seen=seen: len(cloud.bodies) > seen + 20, "some have arrived")  # type: ignore[misc]
            process.kill()
            process.join()
    with uplink_process(config, hands):
        wait_drained(hands, last)
    by_id = {body["id"]: body["data"]["visit"] for body in cloud.of("visit")}
    assert sorted(by_id.values()) == sorted(f"v-{life}-{count}" for life in range(3) for count in range(100))


def test_a_puback_without_the_clouds_word_keeps_the_row(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud(acknowledges=False)
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        hands.put(Kind.VISIT, visit("v-1"))
        wait_for(lambda: cloud.bodies, "the event has arrived, so its PUBACK is out")
        wait_for(lambda: hands.note().get("oldest_unacked") == 1, "the row waits")
        wait_for(lambda: len(cloud.bodies) > 1, "it is sent again", 10)
        assert hands.note()["outbox_rows"] == 1
        cloud.acknowledge([cloud.ids[0]])
        wait_for(lambda: hands.note()["outbox_rows"] == 0, "the cloud's word removes it")
    assert len(set(cloud.ids)) == 1


def test_events_the_broker_takes_for_nobody_wait_for_the_cloud(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        wait_connected(hands)
        last = hands.put_visits(f"v-{count}" for count in range(120))
        wait_for(lambda: hands.note().get("nobody_listens"), "the broker says that nobody listens")
        assert hands.note()["outbox_rows"] == 120
        cloud = make_cloud()
        wait_drained(hands, last)
    assert len(set(cloud.ids)) == 120


def test_an_alert_overtakes_a_waiting_backlog(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud(acknowledges=False)
    with uplink_thread(gate_config(hands.folder, login(broker), window=50), hands):
        hands.put_visits(f"v-{count}" for count in range(300))
        wait_for(lambda: len(cloud.bodies) >= 40, "the common part of the window is full")
        hands.put(Kind.ALERT, alert("v-7"))
        wait_for(lambda: cloud.of("alert"), "the alert goes through the reserved part", 2)
    assert len(set(cloud.ids)) == 41


def test_how_the_gate_is_overtakes_a_waiting_backlog(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud(acknowledges=False)
    with uplink_thread(gate_config(hands.folder, login(broker), window=50), hands):
        hands.put_visits(f"v-{count}" for count in range(300))
        wait_for(lambda: len(cloud.bodies) >= 40, "the common part of the window is full")
        hands.put(Kind.HEALTH, json.dumps(json.loads(example(Kind.HEALTH))["data"]).encode())
        wait_for(lambda: cloud.of("health"), "the newest health message goes through the reserved part", 10)


def test_a_wrong_password_is_told_on_the_board_and_the_events_wait(broker: Broker, hands: Hands) -> None:
    with uplink_thread(gate_config(hands.folder, login(broker, "gate-2")), hands):
        hands.put(Kind.VISIT, visit("v-1"))
        wait_for(lambda: hands.note().get("refused"), "the refusal")
        wait_for(lambda: hands.note()["outbox_rows"] == 1, "the event is on disk")
        assert "password" in hands.note()["refused"]
        assert not hands.note()["connected"]


def test_a_disk_that_does_not_open_is_a_state_and_heals(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud = make_cloud()
    config = gate_config(hands.folder, login(broker))
    config.uplink.database.mkdir()
    with uplink_thread(config, hands):
        number = hands.put(Kind.ALERT, alert("v-1"))
        wait_for(lambda: hands.note().get("disk"), "the board says why nothing is written")
        wait_for(lambda: hands.note()["outbox_rows"] == 1, "and that one record waits in the ring")
        wait_for(lambda: cloud.states and cloud.states[-1].get("in_memory") == 1, "the state message tells", 20)
        config.uplink.database.rmdir()
        wait_drained(hands, number)
        wait_for(lambda: not cloud.states[-1].get("disk"), "and that it is over")
    assert len(cloud.of("alert")) == 1


def test_another_clouds_acknowledgement_removes_nothing(broker: Broker, make_cloud: MakeCloud, hands: Hands) -> None:
    cloud: Cloud = make_cloud(acknowledges=False)
    with uplink_thread(gate_config(hands.folder, login(broker)), hands):
        hands.put(Kind.VISIT, visit("v-1"))
        wait_for(lambda: cloud.bodies, "the event")
        gate, _, seq = cloud.ids[0].split(":")
        cloud.acknowledge([f"{gate}:anotherinstall:{seq}", f"{cloud.ids[0]}999"])
        hands.put(Kind.VISIT, visit("v-2"))
        wait_for(lambda: len(set(cloud.ids)) == 2, "the next event")
        cloud.acknowledge([cloud.ids[-1]])
        wait_for(lambda: hands.note()["outbox_rows"] == 1, "only what was named is gone")
        assert hands.note()["oldest_unacked"] == 1

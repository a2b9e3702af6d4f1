"""The client towards a real broker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from contract.topics import Kind, topic
from demo.broker import Broker
from edge.config.tree import BrokerConfig
from edge.errors import BrokerAwayError, BrokerError
from edge.mqtt import Connected, Disconnected, Incoming, Link, LinkEvent, Puback, Refused, probe_broker
from edge.mqtt.link import pause_s
from tests.fixtures_broker import MakeCloud, wait_for


def login(broker: Broker, user: str = "gate-1") -> BrokerConfig:
    return BrokerConfig(port=broker.port, password_file=broker.password_file(user))


@contextmanager
def linked(config: BrokerConfig, user: str = "gate-1") -> Iterator[tuple[Link, SimpleQueue[LinkEvent]]]:
    events: SimpleQueue[LinkEvent] = SimpleQueue()
    link = Link(config, user, events.put)
    link.start()
    try:
        yield link, events
    finally:
        link.close()
        assert not link.alive


def connected(events: SimpleQueue[LinkEvent]) -> Connected:
    event = events.get(timeout=10)
    assert isinstance(event, Connected)
    return event


@pytest.mark.broker
def test_the_broker_says_how_much_it_bears(broker: Broker) -> None:
    with linked(login(broker)) as (_, events):
        assert connected(events).receive_maximum == 500


@pytest.mark.broker
def test_a_wrong_password_is_refused_in_words(broker: Broker) -> None:
    with linked(login(broker, "gate-2")) as (_, events):
        event = events.get(timeout=10)
        assert isinstance(event, Refused)
        assert "password not accepted" in event.reason


@pytest.mark.broker
def test_a_message_nobody_hears_is_not_taken(broker: Broker, make_cloud: MakeCloud) -> None:
    with linked(login(broker)) as (link, events):
        epoch = connected(events).epoch
        mid = link.publish(epoch, topic("gate-1", Kind.VISIT), b"{}")
        event = events.get(timeout=10)
        assert event == Puback(epoch, mid or 0, 0x10)
        assert isinstance(event, Puback)
        assert not event.taken


@pytest.mark.broker
@pytest.mark.parametrize("address", [topic("gate-2", Kind.ALERT), topic("gate-1", Kind.COMMAND), topic("gate-1", Kind.ACK)])
def test_what_the_access_list_forbids_is_not_taken(broker: Broker, address: str) -> None:
    with linked(login(broker)) as (link, events):
        epoch = connected(events).epoch
        link.publish(epoch, address, b"{}")
        event = events.get(timeout=10)
        assert isinstance(event, Puback)
        assert event.code == 0x87
        assert not event.taken


@pytest.mark.broker
def test_a_gate_hears_its_own_orders_and_nobody_elses(broker: Broker, make_cloud: MakeCloud) -> None:
    cloud = make_cloud()
    with linked(login(broker)) as (link, events):
        epoch = connected(events).epoch
        link.subscribe(epoch, [topic("gate-1", Kind.ACK), topic("gate-2", Kind.ACK), topic("+", Kind.ACK)])

        def heard() -> bool:  # said again until the broker has taken the subscription
            cloud.acknowledge(["gate-2:abc:1", "gate-1:abc:2"])
            return not events.empty()

        wait_for(heard, "the gate hears an order")
        event = events.get(timeout=10)
        assert isinstance(event, Incoming)
        assert event.topic == topic("gate-1", Kind.ACK)


@pytest.mark.broker
def test_nothing_is_published_on_a_connection_that_is_no_more(broker: Broker) -> None:
    with linked(login(broker)) as (link, events):
        old = connected(events).epoch
        broker.kill()
        assert isinstance(events.get(timeout=10), Disconnected)
        assert link.publish(old, topic("gate-1", Kind.VISIT), b"{}") is None
        broker.start()
        event = events.get(timeout=20)
        while not isinstance(event, Connected):
            assert isinstance(event, Disconnected)
            event = events.get(timeout=20)
        assert event.epoch > old
        assert link.publish(old, topic("gate-1", Kind.VISIT), b"{}") is None
        assert link.publish(event.epoch, topic("gate-1", Kind.VISIT), b"{}") is not None


@pytest.mark.broker
def test_a_fault_in_a_callback_ends_one_connection_and_not_the_thread(broker: Broker) -> None:
    seen: list[LinkEvent] = []

    def tell(event: LinkEvent) -> None:
        seen.append(event)
        if len(seen) == 1:
            raise ValueError("a fault of the test")

    link = Link(login(broker), "gate-1", tell)
    link.start()
    wait_for(lambda: any(isinstance(event, Connected) for event in seen[1:]), "connected again")
    assert (link.alive, link.faults) == (True, 1)
    link.close()


@pytest.mark.broker
def test_two_gates_of_one_name_are_told_so(broker: Broker) -> None:
    seen: list[LinkEvent] = []
    rivals = [Link(login(broker), "gate-1", seen.append) for _ in range(2)]
    for rival in rivals:
        rival.start()
    wait_for(lambda: any(isinstance(event, Refused) and "the name 'gate-1'" in event.reason for event in seen), "told", 40)
    for rival in rivals:
        rival.close()


@pytest.mark.broker
def test_the_check_passes_beside_a_running_gate_and_does_not_push_it_out(broker: Broker, make_cloud: MakeCloud) -> None:
    cloud = make_cloud()
    with linked(login(broker)) as (link, events):
        epoch = connected(events).epoch
        probe_broker(login(broker), "gate-1")
        event_id = "gate-1:abc:1"
        body = json.dumps({"id": event_id, "type": "menshen.visit"}).encode()
        assert link.publish(epoch, topic("gate-1", Kind.VISIT), body, event_id=event_id) is not None
        assert isinstance(events.get(timeout=10), Puback)
        wait_for(lambda: cloud.ids == [event_id], "the visit came through")


@pytest.mark.broker
def test_the_check_tells_a_wrong_password_from_a_broker_that_is_away(broker: Broker) -> None:
    with pytest.raises(BrokerError, match=r"password not accepted.*password_file") as refused:
        probe_broker(login(broker, "gate-2"), "gate-1")
    assert not isinstance(refused.value, BrokerAwayError)
    broker.kill()
    with pytest.raises(BrokerAwayError, match=r"cannot be reached.*Start the broker"):
        probe_broker(login(broker), "gate-1")


def test_a_missing_password_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match="nowhere"):
        probe_broker(BrokerConfig(port=9, password_file=tmp_path / "nowhere"), "gate-1")


def test_the_first_retry_is_fast_and_later_ones_spread_out_up_to_a_minute() -> None:
    longest = [pause_s(attempt, lambda _, high: high) for attempt in range(1, 9)]
    assert longest == [1.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    assert min(pause_s(attempt, lambda low, _: low) for attempt in range(2, 9)) == 1.0

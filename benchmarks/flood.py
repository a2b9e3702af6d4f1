"""Many events of one gate, published as fast as the broker takes them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from contract.ids import EventId
from contract.messages.envelope import Envelope
from contract.messages.visit import VisitData
from contract.topics import Kind, topic
from contract.verdicts import Mask, Verdict
from demo.broker import HOST, Broker

_UNRECEIPTED: Final = 400


def visit_bodies(gate: str, first: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Name and body of `count` decisions, each of another visitor."""
    now = datetime.now(UTC)
    for seq in range(first + 1, first + count + 1):
        data = VisitData(
            visit=f"v{seq}",
            revision=0,
            verdict=Verdict.PASS,
            mask=Mask.WORN,
            first_seen=now,
            decided=now,
            frames=12,
            core_bin_c=36.5,
        )
        name = str(EventId(gate, "bench", seq))
        envelope = Envelope(
            id=name,
            source=gate,
            type="menshen.visit",
            time=now,
            mono_ms=seq,
            boot="b",
            clock_ok=True,
            data=data.model_dump(mode="json"),
        )
        yield name, envelope.model_dump_json().encode()


def flood(broker: Broker, gate: str, first: int, count: int) -> None:
    """Publish them and wait for every receipt."""
    room = threading.Semaphore(_UNRECEIPTED)
    client = paho.Client(CallbackAPIVersion.VERSION2, "flood", protocol=paho.MQTTv5)
    client.max_inflight_messages_set(0)
    client.username_pw_set(gate, broker.password_file(gate).read_text().strip())
    client.on_publish = lambda *_: room.release()
    client.connect(HOST, broker.port)
    client.loop_start()
    address = topic(gate, Kind.VISIT)
    for name, body in visit_bodies(gate, first, count):
        room.acquire()
        beside = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        beside.UserProperty = ("id", name)
        client.publish(address, body, qos=1, properties=beside)
    for _ in range(_UNRECEIPTED):
        room.acquire()
    client.disconnect()
    client.loop_stop()

"""Somebody in the broker who means no good, and the neighbours."""

from __future__ import annotations

import threading
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from cloud.bus import Bus
from cloud.ingest.worker import Ingest
from cloud.settings import BrokerSettings
from cloud.store.tables import dead_letter
from contract.topics import Kind, topic
from demo.broker import HOST, Broker
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.running import Gate
from tests.cloud.test_dead_letters import POISON, REFUSED
from tests.fixtures_broker import GATES, wait_for

pytestmark = pytest.mark.broker


def test_who_sends_a_megabyte_is_thrown_out_and_what_is_poison_is_set_aside(rig: Rig, broker: Broker, tmp_path: Path) -> None:
    bus = Bus(BrokerSettings(port=broker.port, password_file=broker.password_file("cloud")), "cloud-secret")
    worker = Ingest(bus, rig.database, lambda: rig.now_ms, lambda: None)
    working = threading.Thread(target=worker.run)
    working.start()
    bus.start()
    wait_for(lambda: bus.listening_ms > 0, "the cloud listens")
    good = Gate(broker)
    out = _send_a_megabyte(broker)
    for number, body in enumerate(POISON, 1):
        good.send_raw(Kind.VISIT, body, f"gate-1:i1:{number}")
    good.send(*(messages.visit(seq, f"v{seq}") for seq in range(1000, 1100)))
    wait_for(lambda: good.acknowledged >= {*range(1000, 1100)}, "the neighbours are stored", 30)
    wait_for(lambda: worker.dead == len(POISON), "all poison is set aside", 30)
    assert out.wait(10), "the broker threw the rogue out"
    assert set(POISON) - {row[0] for row in rig.rows(dead_letter, "body")} == {REFUSED}
    good.close()
    worker.stop()
    working.join()
    bus.stop()


def _send_a_megabyte(broker: Broker) -> threading.Event:
    """Set when the broker has ended the connection."""
    out = threading.Event()
    rogue = paho.Client(CallbackAPIVersion.VERSION2, "gate-2", protocol=paho.MQTTv5, reconnect_on_failure=False)
    rogue.username_pw_set("gate-2", GATES["gate-2"])
    rogue.on_connect = lambda client, *_: client.publish(topic("gate-2", Kind.VISIT), b"x" * 1_000_000, qos=1)
    rogue.on_disconnect = lambda *_: out.set()
    rogue.connect(HOST, broker.port)
    rogue.loop_start()
    return out

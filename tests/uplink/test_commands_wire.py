"""Commands through a real broker: from the cloud's signature to the arm and back, and what is refused on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from contract.messages.down import FlowData
from contract.messages.orders import CommandData, ResultData
from contract.topics import Kind, topic
from demo.broker import HOST, Broker
from edge.uplink.commands import UNREADABLE
from tests.fixtures_broker import CLOUD_PASSWORD, MakeCloud, wait_for
from tests.uplink.gate_loop import obeying_gate
from tests.uplink.parts import alert
from tests.uplink.signed import CloudKey

pytestmark = pytest.mark.broker
KEY = CloudKey()


class Voice:
    """The cloud's side of commands, byte for byte as a test likes it. `results`: what gates answered."""

    def __init__(self, port: int) -> None:
        self.results: list[ResultData] = []
        ready = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, "voice", protocol=paho.MQTTv5)
        self._client.username_pw_set("cloud", CLOUD_PASSWORD)
        self._client.on_connect = lambda client, *_: client.subscribe(topic("+", Kind.RESULT), qos=1)
        self._client.on_subscribe = lambda *_: ready.set()
        self._client.on_message = lambda _, __, said: self.results.append(ResultData.model_validate_json(said.payload))
        self._client.connect(HOST, port)
        self._client.loop_start()
        assert ready.wait(10)

    def say(self, kind: Kind, body: bytes, *, retain: bool = False, gate: str = "gate-1") -> None:
        self._client.publish(topic(gate, kind), body, qos=1, retain=retain).wait_for_publish(10)

    def ask(self, command: CommandData | bytes, **how: Any) -> ResultData:
        """Say it and wait for the answer."""
        name, body = (UNREADABLE, command) if isinstance(command, bytes) else (command.id, command.model_dump_json().encode())
        before = len(self.answers(name))
        self.say(Kind.COMMAND, body, **how)
        wait_for(lambda: len(self.answers(name)) > before, "the gate answers")
        return self.answers(name)[-1]

    def answers(self, name: str) -> list[ResultData]:
        return [result for result in self.results if result.command == name]

    def reach(self) -> None:
        """Until the gate hears us: it is connected a moment before it listens."""

        def heard() -> bool:
            self.say(Kind.COMMAND, b"{")
            return bool(self.answers(UNREADABLE))

        wait_for(heard, "the gate listens")

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def voice(broker: Broker) -> Iterator[Voice]:
    made = Voice(broker.port)
    yield made
    made.close()


def now() -> datetime:
    return datetime.now(UTC)


def test_a_guard_opens_for_somebody_once_and_it_is_written_down(
    broker: Broker, make_cloud: MakeCloud, voice: Voice, tmp_path: Path
) -> None:
    cloud = make_cloud()
    with obeying_gate(tmp_path, broker, KEY.public) as gate:
        voice.reach()
        empty = voice.ask(KEY.command(now(), id="c-0"))
        assert (empty.done, gate.barrier.is_open) == (False, False)
        assert "empty gate" in empty.detail
        gate.in_zone = 1
        command = KEY.command(now())
        assert voice.ask(command) == ResultData(command="c-1", done=True, detail="the arm opens")
        wait_for(lambda: gate.barrier.is_open, "the arm is up")
        again = voice.ask(command)
        assert (again.done, again.repeated) == (False, True)
        wait_for(lambda: len(cloud.of("act")) == 2, "both acts are events")
    assert [(act["data"]["command"], act["data"]["done"]) for act in cloud.of("act")] == [("c-0", False), ("c-1", True)]
    assert cloud.of("act")[1]["data"]["issuer"] == "guard.li"


def test_what_is_late_retained_forged_or_for_another_gate_is_refused(broker: Broker, voice: Voice, tmp_path: Path) -> None:
    voice.say(Kind.COMMAND, KEY.command(now(), id="c-kept").model_dump_json().encode(), retain=True)
    with obeying_gate(tmp_path, broker, KEY.public) as gate:
        gate.in_zone = 1
        wait_for(lambda: voice.results, "the retained one is answered")
        assert "retained" in voice.results[0].detail
        assert "retained" in voice.ask(KEY.command(now(), id="c-fresh"), retain=True).detail
        late = now() - timedelta(seconds=11)
        assert "late" in voice.ask(KEY.command(late, id="c-late")).detail
        assert "for this gate" in voice.ask(KEY.command(now(), gate="gate-2", id="c-other")).detail
        assert "for this gate" in voice.ask(CloudKey().command(now(), id="c-forged")).detail
        assert voice.ask(b"{").command == UNREADABLE
        assert not gate.barrier.is_open
    assert not any(result.done for result in voice.results)


def test_a_gate_that_does_not_know_the_time_obeys_nobody(
    broker: Broker, voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.uplink.process.synchronised", lambda: False)
    with obeying_gate(tmp_path, broker, KEY.public, clock="kernel") as gate:
        gate.in_zone = 1
        voice.reach()
        assert "clock" in voice.ask(KEY.command(now())).detail
        assert not gate.barrier.is_open


def test_a_gate_that_is_asked_to_send_less_sends_alerts_all_the_same(
    broker: Broker, make_cloud: MakeCloud, voice: Voice, tmp_path: Path
) -> None:
    cloud = make_cloud()
    with obeying_gate(tmp_path, broker, KEY.public) as gate:
        voice.reach()
        voice.say(Kind.FLOW, FlowData(max_rate=1.0).model_dump_json().encode())
        voice.ask(KEY.command(now(), verb="mark"))  # answered: what was said before it is heard
        gate.hands.put_visits(f"v-{count}" for count in range(100))
        wait_for(lambda: cloud.of("visit"), "the first of them")
        gate.hands.put(Kind.ALERT, alert("v-1"))
        wait_for(lambda: cloud.of("alert"), "the alert")
        assert len(cloud.of("visit")) < 50

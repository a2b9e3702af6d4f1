"""The sensors' process on a real mosquitto with the shipped listener and access list, and devices that speak as themselves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from pydantic import ValidationError

from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from demo.broker import HOST, Broker
from edge.app.generation import parts_of
from edge.app.probes import PROBES
from edge.app.rundir import RunDir
from edge.app.sensors_part import read_sensors
from edge.clock import SystemClock
from edge.config import GateConfig
from edge.config.sensors import LocalMqttConfig
from edge.errors import BrokerError
from tests.demo.test_broker_facility import FacilityBroker
from tests.fixtures_broker import wait_for

pytestmark = pytest.mark.broker
ACCOUNTS = {"gate": "gate-secret", "air-1": "one", "bin-7": "two", "zigbee2mqtt": "three", "hall-air": "four"}
AIR = {"name": "ward-air", "kind": "esphome", "topic": "air-1", "place": "Ward", "quantities": ["co2_ppm", "air_c"]}
DOOR = {"name": "ward-door", "kind": "zigbee2mqtt", "topic": "ward/door", "quantities": ["contact", "battery_pct"]}
HALL = {"name": "hall", "kind": "tasmota", "topic": "hall-air", "place": "Hall", "quantities": ["co2_ppm"]}
DEVICES: list[dict[str, Any]] = [AIR | {"every_s": 1.0}, DOOR | {"place": "病区门"}, HALL]


class Node:
    """A facility device with a last will, as MQTT 3.1.1 clients of its kind are."""

    def __init__(self, broker: Broker, user: str, will: tuple[str, bytes] | None = None) -> None:
        taken = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2, f"{user}-node", protocol=paho.MQTTv311)
        self._client.username_pw_set(user, ACCOUNTS[user])
        if will is not None:
            self._client.will_set(will[0], will[1], qos=1, retain=True)
        self._client.on_connect = lambda *_: taken.set()
        self._client.connect(HOST, broker.port)
        self._client.loop_start()
        assert taken.wait(10)

    def say(self, topic: str, body: object, *, retain: bool = False) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._client.publish(topic, raw, qos=1, retain=retain).wait_for_publish(10)

    def die(self) -> None:
        """Without a word, so that the broker says its will."""
        self._client.loop_stop()
        sock = self._client.socket()
        assert sock is not None
        sock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Broker]:
    with FacilityBroker(tmp_path / "broker", ACCOUNTS, "unused") as broker:
        yield broker


def settings(folder: Path, broker: Broker, password: str = "gate-secret") -> GateConfig:
    (folder / "password").write_text(password, encoding="utf-8")
    mqtt = {"port": broker.port, "password_file": folder / "password", "devices": DEVICES}
    return GateConfig.model_validate(
        {
            "gate": "hall-1",
            "colour": {"source": "simulated"},
            "thermal": {"source": "none"},
            "screening": {"temperature": False},
            "uplink": {"database": folder / "gate.db"},
            "sensors": {"batch_s": 0.5, "mqtt": mqtt},
        }
    )


class Running:
    """The process's own function, in a thread, with its ring and board."""

    def __init__(self, folder: Path, config: GateConfig) -> None:
        self.rundir, self.stop = RunDir(folder), threading.Event()
        self.rundir._fill(config)
        self.records, self.board = self.rundir.sensor_records(), self.rundir.board("sensors")
        self._thread = threading.Thread(target=read_sensors, args=(config, self.rundir, SystemClock(), self.stop))
        self._thread.start()
        self._source = f"{config.sensors.mqtt.host}:{config.sensors.mqtt.port}"
        self.until(lambda: self.source.get("trouble") == "", "a connection")

    @property
    def note(self) -> dict[str, Any]:
        return self.board.read() or {}

    @property
    def source(self) -> dict[str, Any]:
        """What the board says of the local broker."""
        found: dict[str, Any] = self.note.get("sources", {}).get(self._source, {})
        return found

    @property
    def told(self) -> list[SensorReading]:
        """Every reading handed over to the writer; beside them it is told whether all sensors are heard."""
        waiting = self.records.waiting(1000)
        assert {record.kind for record in waiting} <= {Kind.SENSOR, Kind.ALERT}
        readings = [record for record in waiting if record.kind is Kind.SENSOR]
        return [one for record in readings for one in SensorData.model_validate_json(record.data).readings]

    def of(self, sensor: str, quantity: str) -> list[SensorReading]:
        return [one for one in self.told if (one.sensor, one.quantity) == (sensor, quantity)]

    def until(self, fact: Callable[[], object], what: str) -> None:
        wait_for(fact, what)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()
        self.records.close()


def test_three_kinds_of_device_become_readings_of_one_kind(tmp_path: Path, local: Broker) -> None:
    with Running(tmp_path, settings(tmp_path, local)) as running:
        with Node(local, "air-1") as air, Node(local, "zigbee2mqtt") as bridge, Node(local, "hall-air") as hall:
            air.say("air-1/status", b"online", retain=True)
            air.say("air-1/sensor/co2/state", b"812", retain=True)
            air.say("air-1/sensor/temperature/state", b"21.5", retain=True)
            bridge.say("zigbee2mqtt/ward/door", {"contact": False, "battery": 97, "linkquality": 120})
            hall.say("tele/hall-air/SENSOR", {"SCD40": {"CarbonDioxide": 1204, "eCO2": 1235}, "TempUnit": "C"})
            running.until(lambda: len(running.told) >= 5, "five readings")
        told = {(one.sensor, one.quantity): one for one in running.told}
        assert {key: (one.value, one.unit) for key, one in told.items()} == {
            ("ward-air", "co2_ppm"): (812.0, "ppm"),
            ("ward-air", "air_c"): (21.5, "°C"),
            ("ward-door", "contact"): (1.0, ""),
            ("ward-door", "battery_pct"): (97.0, "%"),
            ("hall", "co2_ppm"): (1204.0, "ppm"),
        }
        assert (told["ward-door", "contact"].place, told["hall", "co2_ppm"].fresh_s) == ("病区门", 900.0)
        assert {(one["sensor"], one["quantity"], one["value"]) for one in running.note["readings"]} == {
            (one.sensor, one.quantity, one.value) for one in told.values()
        }


def test_a_node_whose_power_goes_is_offline_and_what_it_left_behind_is_no_reading(tmp_path: Path, local: Broker) -> None:
    config = settings(tmp_path, local)
    with Node(local, "air-1") as earlier:
        earlier.say("air-1/sensor/co2/state", b"800", retain=True)
    with Running(tmp_path, config) as running:
        node = Node(local, "air-1", ("air-1/status", b"offline"))
        node.say("air-1/status", b"online", retain=True)
        node.say("air-1/sensor/co2/state", b"700", retain=True)
        running.until(lambda: running.of("ward-air", "co2_ppm"), "a reading")
        assert [one.value for one in running.of("ward-air", "co2_ppm")] == [700.0], "800 was said before the gate listened"
        node.die()
        running.until(lambda: len(running.of("ward-air", "co2_ppm")) > 1, "the last will")
        (last,) = running.of("ward-air", "co2_ppm")[1:]
        assert (last.value, last.trouble) == (None, "offline")


def test_a_device_nobody_wrote_down_is_not_heard_and_wrong_bytes_end_nothing(tmp_path: Path, local: Broker) -> None:
    with Running(tmp_path, settings(tmp_path, local)) as running:
        with Node(local, "bin-7") as stranger, Node(local, "air-1") as air:
            stranger.say("bin-7/sensor/level/state", b"40")
            for body in (b"", b"\xff\xfe\x00", b"warm", b"1e999", b"x" * 60_000):
                air.say("air-1/sensor/co2/state", body)
            air.say("air-1/sensor/co2/state", b"640")
            running.until(lambda: running.told, "a reading")
        assert [(one.sensor, one.value) for one in running.told] == [("ward-air", 640.0)]
        assert running.source["devices"] == {"ward-air": {"wrong": 5, "unnamed": [], "misplaced": ""}}


def test_a_broker_that_comes_back_is_listened_to_again(tmp_path: Path, local: Broker) -> None:
    with Running(tmp_path, settings(tmp_path, local)) as running:
        local.kill()
        running.until(lambda: running.source["trouble"] != "", "the broker's end")
        local.start()
        running.until(lambda: running.source["trouble"] == "", "its return")
        with Node(local, "air-1") as air:

            def said_and_heard() -> object:
                air.say("air-1/sensor/co2/state", b"640")
                return running.of("ward-air", "co2_ppm")

            running.until(said_and_heard, "a reading")


def test_check_tries_the_broker(tmp_path: Path, local: Broker) -> None:
    probe = PROBES["sensors' broker"]
    assert probe(settings(tmp_path, local)) == f"3 devices at 127.0.0.1:{local.port}"
    with pytest.raises(BrokerError, match=r"sensors\.mqtt"):
        probe(settings(tmp_path, local, "wrong"))


def test_the_process_runs_only_where_there_is_a_sensor(tmp_path: Path, local: Broker) -> None:
    config = settings(tmp_path, local)
    rundir = RunDir(tmp_path)
    rundir._fill(config)
    assert "sensors" in [part.name for part in parts_of(config, rundir)]
    bare = config.model_copy(update={"sensors": GateConfig.model_fields["sensors"].default})
    assert "sensors" not in [part.name for part in parts_of(bare, rundir)]
    assert PROBES["sensors' broker"](bare) is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"quantities": ["co2"]}, "no such quantity"),
        ({"keys": {"air_c": "x"}, "quantities": ["co2_ppm"]}, "none of its quantities"),
        ({"quantities": ["co2_ppm", "co2_ppm"]}, "stands there twice"),
        ({"topic": "air/#"}, "topic"),
        ({"kind": "shelly"}, "kind"),
    ],
)
def test_a_device_that_cannot_be_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        LocalMqttConfig.model_validate({"devices": [DEVICES[0] | wrong]})


def test_two_sensors_of_one_device_are_refused() -> None:
    with pytest.raises(ValidationError, match="same device"):
        LocalMqttConfig.model_validate({"devices": [DEVICES[0], DEVICES[0] | {"name": "other"}]})


def test_a_thousand_values_a_second_are_told_as_few(tmp_path: Path, local: Broker) -> None:
    with Running(tmp_path, settings(tmp_path, local)) as running:
        begun_s = time.monotonic()
        with Node(local, "air-1") as air:
            for number in range(1000):
                air.say("air-1/sensor/co2/state", str(600 + number % 10).encode())
            running.until(lambda: len(running.of("ward-air", "co2_ppm")) > 1, "readings")
        assert len(running.of("ward-air", "co2_ppm")) <= 3 + (time.monotonic() - begun_s), "every_s = 1"

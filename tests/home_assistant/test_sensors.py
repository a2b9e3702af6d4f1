"""Facility sensors as Home Assistant is told of them: as it documents, and unavailable rather than old."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from demo.broker import Broker
from edge.config.quantities import QUANTITIES
from edge.config.sensors import SensorsConfig
from edge.home_assistant.discovery import Device
from edge.home_assistant.sensors import ENTITIES, SILENT_S, Sensor, by_sensor, discovery, sensors_in, state
from tests.home_assistant.documented import faults
from tests.home_assistant.test_told import GATE, HomeAssistant, Running, local, settings

pytestmark = pytest.mark.broker
__all__ = ["local"]

GATE_DEVICE = Device("south-1", "homeassistant", "South gate", "0.1.0")
EVERYTHING = Sensor("hall-air", "大厅", tuple(QUANTITIES))
READINGS: list[dict[str, Any]] = [
    {"sensor": "hall-air", "place": "Hall", "quantity": "co2_ppm", "value": 812.0, "trouble": None},
    {"sensor": "hall-air", "place": "Hall", "quantity": "air_c", "value": None, "trouble": "stale"},
    {"sensor": "door:1", "place": "", "quantity": "contact", "value": 1.0, "trouble": None},
]
ON_SENSORS = {"mqtt": {"devices": [{"name": "hall-air", "kind": "esphome", "topic": "air-1", "quantities": ["co2_ppm"]}]}}


def test_every_quantity_is_told_as_home_assistant_documents_it() -> None:
    assert ENTITIES.keys() == QUANTITIES.keys()
    made = discovery(EVERYTHING, GATE_DEVICE)
    assert faults(made) == []
    assert (made["device"]["via_device"], made["device"]["suggested_area"]) == ("menshen_south-1", "大厅")
    uniques = [one["unique_id"] for one in made["components"].values()]
    assert len(set(uniques)) == len(uniques)
    for quantity, component in made["components"].items():
        assert component["availability_mode"] == "all"
        assert f"value_json.{quantity} is number" in component["availability"][1]["value_template"]


def test_a_wrong_unit_of_a_class_would_be_found() -> None:
    made = discovery(EVERYTHING, GATE_DEVICE)
    made["components"]["air_c"]["unit_of_measurement"] = "ppm"
    assert faults(made) == ["air_c: ppm is no unit of temperature"]


def test_a_name_that_no_topic_of_discovery_may_hold_is_written_otherwise() -> None:
    sensor = Sensor("door:1", "", ("contact",))
    assert sensor.config_topic(GATE_DEVICE) == "homeassistant/device/menshen_south-1_door_1/config"
    assert discovery(sensor, GATE_DEVICE)["device"]["name"] == "door:1"
    assert faults(discovery(sensor, GATE_DEVICE)) == []


def test_what_is_not_known_is_none_and_so_is_all_when_nobody_reads() -> None:
    air, door = sensors_in(READINGS)
    said = by_sensor(READINGS)
    assert state(air, said["hall-air"], 0.1) == {"co2_ppm": 812.0, "air_c": None}
    assert state(door, said["door:1"], 0.1) == {"contact": 1.0}
    assert state(air, said["hall-air"], SILENT_S + 0.1) == {"co2_ppm": None, "air_c": None}
    assert state(air, {}, 0.1) == {"co2_ppm": None, "air_c": None}


CONFIG = f"homeassistant/device/menshen_{GATE}_hall-air/config"
GONE = f"homeassistant/device/menshen_{GATE}_bin-9/config"
OTHERS = "homeassistant/device/menshen_other_bin-9/config"
STATE = f"menshen/local/{GATE}/sensor/hall-air"


def test_home_assistant_learns_of_a_sensor_of_its_silence_and_of_its_end(tmp_path: Path, local: Broker) -> None:
    config = settings(tmp_path, local).model_copy(update={"sensors": SensorsConfig.model_validate(ON_SENSORS)})
    with HomeAssistant(local) as home:
        for topic in (GONE, OTHERS):
            home._client.publish(topic, json.dumps({"device": {"identifiers": ["x"]}}), qos=1, retain=True).wait_for_publish(10)
        with Running(tmp_path, config) as running:
            board = running.rundir.board("sensors")

            def until(fact: Any, what: str) -> None:
                def looked() -> object:
                    board.beat(monotonic())
                    return fact()

                running.until(looked, what)

            board.post({"readings": READINGS[:2]}, monotonic())
            until(lambda: home.of(STATE), "the sensor's state")
            assert faults(home.of(CONFIG)[-1]) == []
            assert home.of(STATE)[-1] == {"co2_ppm": 812.0, "air_c": None}
            until(lambda: home.of(GONE)[-1] == "", "the former sensor is taken away")
            assert home.of(OTHERS)[-1] != "", "another gate's stays"
            board.post({"readings": [READINGS[0] | {"value": None, "trouble": "offline"}, READINGS[1]]}, monotonic())
            until(lambda: home.of(STATE)[-1] == {"co2_ppm": None, "air_c": None}, "unavailable")
            board.post({"readings": READINGS[:2]}, monotonic())
            until(lambda: home.of(STATE)[-1] == {"co2_ppm": 812.0, "air_c": None}, "there again")
            board.post({"readings": [], "crowded": True}, monotonic())
            until(lambda: home.of(STATE)[-1] == {"co2_ppm": None, "air_c": None}, "nothing is said of it any more")
            home.begin()
            until(lambda: len(home.of(CONFIG)) > 1, "introduced again")

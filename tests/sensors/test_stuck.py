"""A CO2 sensor that says 612.0 for six hours: it has no value then, and is told of; a window that stays shut is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract.errors import SettingsError
from contract.messages.alert import AlertData, AlertKind
from contract.settings_file import check
from contract.topics import Kind
from edge.app.sensors_part import newest_of
from edge.config.quantities import QUANTITIES
from edge.config.sensors import MqttSensor, SensorsConfig, Told
from edge.records import RecordRing
from edge.sensors.alarms import Alarms
from edge.sensors.reading import Reading, Trouble
from tests.clocks import FakeClock

HOUR_S = 3600.0
EVERY_S = 30.0
HALL = {"name": "hall", "place": "Hall", "kind": "esphome", "topic": "hall", "quantities": [*QUANTITIES]}
COARSE = {"name": "lobby", "map": "senseair_s8", "host": "192.0.2.1"}


class Named:
    """A sensor as a source names it."""

    def __init__(self, told: Told) -> None:
        self.told, self.quantities = told, tuple(QUANTITIES)


class Hall:
    """`say` lets time pass while a sensor says one value again and again, or what a function of the time gives."""

    def __init__(self, folder: Path, **sensors: Any) -> None:
        values = {"mqtt": {"devices": [HALL | {"every_s": EVERY_S} | sensors.pop("hall", {})]}} | sensors
        told = check(values, SensorsConfig, where="sensors")
        self.clock, self.ring = FakeClock(), RecordRing.create(folder / "records")
        self.newest = newest_of(told, [Named(one) for one in told.every], self.clock.monotonic_s())
        self.alarms = Alarms(told.limits, self.newest.told, self.ring, self.clock)

    def say(self, hours: float, quantity: str, value: float, sensor: str = "hall") -> Reading:
        last: list[Reading] = []
        for _ in range(round(hours * HOUR_S / EVERY_S)):
            self.clock.advance(EVERY_S)
            now_s = self.clock.monotonic_s()
            last = self.newest.take([Reading(sensor, quantity, value, None, now_s)])
            now = [one for one in self.newest.readings() if (one.sensor, one.quantity) == (sensor, quantity)]
            self.alarms.round(now, now_s)
        return last[0]

    @property
    def said(self) -> list[tuple[str, str]]:
        told = [AlertData.model_validate_json(one.data) for one in self.ring.waiting() if one.kind is Kind.ALERT]
        return [(one.state, one.detail) for one in told if one.kind is AlertKind.FACILITY_SENSOR]


def test_a_co2_sensor_that_says_the_same_for_six_hours_is_no_more_believed_and_is_an_alarm(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.say(0.5, "co2_ppm", 640.0)
    assert hall.say(6.0, "co2_ppm", 612.0).value == 612.0
    stuck = hall.say(0.1, "co2_ppm", 612.0)
    assert (stuck.value, stuck.trouble) == (None, Trouble.STUCK)
    assert hall.newest.board()[0]["value"] is None
    hall.say(12.0, "co2_ppm", 612.0)
    assert hall.said == [("returned", "every sensor is heard again"), ("raised", "Hall: stuck")]
    assert hall.say(0.1, "co2_ppm", 613.0).value == 613.0
    assert hall.said[2:] == [("returned", "every sensor is heard again")]


@pytest.mark.parametrize("quantity", ["contact", "motion", "count", "level_pct", "lamp_h", "uvc_uw_cm2", "ozone_ppm"])
def test_what_may_stand_still_stands_still(tmp_path: Path, quantity: str) -> None:
    assert Hall(tmp_path).say(100.0, quantity, 0.0).value == 0.0


def test_a_thermometer_of_whole_degrees_is_left_alone_and_one_of_tenths_is_not(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    assert hall.say(30.0, "air_c", 21.0).value == 21.0
    assert hall.say(30.0, "air_c", 21.5).value is None


def test_the_step_of_a_modbus_device_is_that_of_its_map(tmp_path: Path) -> None:
    """21.0 of a register of tenths is a device of tenths; a map of hundreds of ppm cannot show what moves."""
    file = tmp_path / "coarse.toml"
    said = 'device = "Coarse"\nsource = "a test of coarse steps"\n'
    row = '[[registers]]\nquantity = "{}"\nkind = "input"\naddress = {}\ntype = "uint16"\nscale = {}\nunit = "{}"\n'
    file.write_text(said + row.format("air_c", 0, 0.1, "K") + row.format("co2_ppm", 1, 100.0, "ppm"), encoding="utf-8")
    hall = Hall(tmp_path, modbus=[COARSE | {"map": str(file), "every_s": EVERY_S}])
    assert hall.say(25.0, "air_c", 21.0, "lobby").trouble is Trouble.STUCK
    assert hall.say(25.0, "co2_ppm", 600.0, "lobby").value == 600.0


def test_hours_of_one_sensor_go_before_those_of_all_and_nought_is_never(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    own = Hall(tmp_path / "a", hall={"stuck_h": {"co2_ppm": 1.0, "ozone_ppm": 2.0}})
    assert own.say(1.1, "co2_ppm", 612.0).value is None
    assert own.say(2.1, "ozone_ppm", 0.03).value is None
    never = Hall(tmp_path / "b", stuck={"co2_h": 0.0})
    assert never.say(50.0, "co2_ppm", 612.0).value == 612.0


def test_whoever_would_judge_a_window_by_its_standing_still_is_told_why_not() -> None:
    with pytest.raises(SettingsError, match="contact may stand still"):
        check({**HALL, "stuck_h": {"contact": 5.0}}, MqttSensor, where="sensor")

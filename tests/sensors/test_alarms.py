"""A hall whose air grows bad: one alarm a condition, none that comes and goes, and none silenced by a sensor that is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract.errors import SettingsError
from contract.messages import AlertData, AlertKind
from contract.settings_file import check
from contract.topics import Kind
from edge.config.air import AirLimits
from edge.config.sensors import MqttSensor
from edge.records import RecordRing
from edge.sensors.alarms import Alarms
from edge.sensors.reading import Reading, Trouble
from tests.clocks import FakeClock

EVERY_S = 10.0
PLACES = {"east": "Hall east", "west": "Hall west", "store": ""}


class Hall:
    """`air` lets time pass with these values, each `None` a sensor that says nothing."""

    def __init__(self, folder: Path, **limits: Any) -> None:
        self.clock, self.ring = FakeClock(), RecordRing.create(folder / "records")
        told = {name: self._sensor(name, place) for name, place in PLACES.items()}
        self.alarms = Alarms(check(limits, AirLimits, where="limits"), told, self.ring, self.clock)

    @staticmethod
    def _sensor(name: str, place: str) -> MqttSensor:
        return MqttSensor(name=name, place=place, kind="esphome", topic=name, quantities=["co2_ppm"])

    def air(self, seconds: float, quantity: str = "co2_ppm", **values: float | None) -> None:
        for _ in range(round(seconds / EVERY_S)):
            self.clock.advance(EVERY_S)
            now_s = self.clock.monotonic_s()
            self.alarms.round([self._reading(name, quantity, value, now_s) for name, value in values.items()], now_s)

    @staticmethod
    def _reading(name: str, quantity: str, value: float | None, now_s: float) -> Reading:
        return Reading(name, quantity, value, Trouble.STALE if value is None else None, now_s)

    @property
    def said(self) -> list[tuple[AlertKind, str]]:
        """What was told, but for a sensor that is heard."""
        told = [AlertData.model_validate_json(one.data) for one in self.ring.waiting() if one.kind is Kind.ALERT]
        return [(one.kind, one.state) for one in told if (one.kind, one.state) != (AlertKind.FACILITY_SENSOR, "returned")]

    def words(self, kind: AlertKind) -> str:
        told = [AlertData.model_validate_json(one.data) for one in self.ring.waiting()]
        return [one.detail for one in told if one.kind is kind][-1]


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


def test_a_full_hall_is_one_alarm_until_the_windows_were_open_for_a_while(hall: Hall) -> None:
    """F4: CO2 above its limit for long enough is one alarm."""
    hall.air(600, east=600.0, west=650.0)
    assert hall.said == [(AlertKind.CO2, "returned")], "what an earlier process may have told of is over"
    hall.air(290, east=1320.0, west=1100.0)
    assert len(hall.said) == 1
    hall.air(3600, east=1320.0, west=1100.0)
    assert hall.said[1:] == [(AlertKind.CO2, "raised")]
    assert hall.words(AlertKind.CO2) == "Hall east 1320 ppm, Hall west 1100 ppm; the limit is 1000 ppm"
    for _ in range(10):
        hall.air(60, east=1010.0, west=940.0)
        hall.air(60, east=930.0, west=940.0)
    assert len(hall.said) == 2
    hall.air(400, east=700.0, west=940.0)
    assert len(hall.said) == 2, "one of the two is not good again"
    hall.air(400, east=700.0, west=720.0)
    assert hall.said[2:] == [(AlertKind.CO2, "returned")]


def test_a_sensor_that_falls_silent_in_bad_air_ends_no_alarm_and_is_one_itself(hall: Hall) -> None:
    hall.air(600, east=1500.0)
    hall.air(3600, east=None)
    assert hall.said == [(AlertKind.CO2, "raised"), (AlertKind.FACILITY_SENSOR, "raised")]
    assert hall.words(AlertKind.FACILITY_SENSOR) == "Hall east: stale"
    hall.air(600, east=500.0)
    assert hall.said[2:] == [(AlertKind.CO2, "returned")]
    assert hall.words(AlertKind.FACILITY_SENSOR) == "every sensor is heard again"


def test_a_sensor_that_was_never_heard_is_told_by_its_name_where_it_has_no_place(hall: Hall) -> None:
    hall.air(290, store=None, west=500.0)
    assert hall.said == []
    hall.air(100, store=None, west=500.0)
    assert hall.said == [(AlertKind.CO2, "returned"), (AlertKind.FACILITY_SENSOR, "raised")]
    assert hall.words(AlertKind.FACILITY_SENSOR) == "store: stale"


@pytest.mark.parametrize(
    ("quantity", "kind", "value"), [("ozone_ppm", AlertKind.OZONE, 0.12), ("chlorine_mg_m3", AlertKind.CHLORINE, 2.0)]
)
def test_a_gas_is_told_of_within_a_minute(hall: Hall, quantity: str, kind: AlertKind, value: float) -> None:
    hall.air(80, quantity, east=value)
    assert hall.said == [(kind, "raised")]


def test_whoever_has_other_limits_sets_them_and_one_without_a_deadband_is_refused(tmp_path: Path) -> None:
    hall = Hall(tmp_path, co2_ppm={"raise_at": 800.0, "clear_at": 700.0, "for_s": 0.0}, ozone_ppm=OFF)
    hall.air(20, east=810.0)
    hall.air(200, "ozone_ppm", west=3.0)
    assert hall.said == [(AlertKind.CO2, "raised")]
    with pytest.raises(SettingsError, match="clear_at must lie below raise_at"):
        check({"co2_ppm": {"raise_at": 800.0, "clear_at": 800.0}}, AirLimits, where="limits")


OFF = {"raise_at": 0.1, "clear_at": 0.05, "watched": False}


def test_what_the_ring_has_no_room_for_is_told_later(hall: Hall) -> None:
    while hall.ring.put(Kind.ALERT, b"{}", 0.0, 0.0) is not None:
        pass
    hall.air(600, east=1500.0)
    hall.ring.commit(hall.ring.written)
    hall.air(10, east=1500.0)
    assert hall.said == [(AlertKind.CO2, "raised")]

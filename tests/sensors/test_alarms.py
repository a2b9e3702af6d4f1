"""A hall whose air grows bad: one alarm a condition, none that comes and goes, and none silenced by a sensor that is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cloud.ledger.chinese.said import in_chinese
from contract.errors import SettingsError
from contract.messages.alert import AlertData, AlertKind
from contract.settings_file import check
from contract.topics import Kind
from edge.config.air import AirLimits
from edge.config.sensors import MqttSensor
from edge.records import RecordRing
from edge.sensors.alarms import Alarms
from edge.sensors.reading import Reading, Trouble
from tests.clocks import FakeClock

EVERY_S = 10.0
PLACES = {"east": "Hall east", "west": "Hall west", "store": "", "window-1": "Hall east", "window-2": "Hall east"}


class Hall:
    """`air` lets time pass with these values, each `None` a sensor that says nothing."""

    def __init__(self, folder: Path, places: Mapping[str, str] = PLACES, **limits: Any) -> None:
        self.clock, self.ring = FakeClock(), RecordRing.create(folder / "records")
        told = {name: self._sensor(name, place) for name, place in places.items()}
        windows = {"window-1": "Hall east", "window-2": "Hall east"}
        self.alarms = Alarms(check(limits, AirLimits, where="limits"), told, self.ring, self.clock, windows)
        self.windows: dict[str, float | None] = {}

    @staticmethod
    def _sensor(name: str, place: str) -> MqttSensor:
        return MqttSensor(name=name, place=place, kind="esphome", topic=name, quantities=["co2_ppm"])

    def air(self, seconds: float, quantity: str = "co2_ppm", **values: float | None) -> None:
        for _ in range(round(seconds / EVERY_S)):
            self.clock.advance(EVERY_S)
            now_s = self.clock.monotonic_s()
            air = [self._reading(name, quantity, value, now_s) for name, value in values.items()]
            contacts = [self._reading(name, "contact", value, now_s) for name, value in self.windows.items()]
            self.alarms.round([*air, *contacts], now_s)

    @staticmethod
    def _reading(name: str, quantity: str, value: float | None, now_s: float) -> Reading:
        return Reading(name, quantity, value, Trouble.STALE if value is None else None, now_s)

    @property
    def said(self) -> list[tuple[AlertKind, str]]:
        """What was told, but for a sensor that is heard."""
        told = [AlertData.model_validate_json(one.data) for one in self.ring.waiting() if one.kind is Kind.ALERT]
        assert all(in_chinese(one.detail) for one in told)
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
    assert hall.words(AlertKind.CO2) == (
        "Hall east 1320 ppm (nobody knows whether windows are open: look), Hall west 1100 ppm; the limit is 1000 ppm"
    )
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


def test_a_bus_that_hangs_with_twenty_sensors_is_told_with_how_many_more_there_are(tmp_path: Path) -> None:
    places = {f"s-{number}": f"Hall on the east side {number}" for number in range(20)}
    hall = Hall(tmp_path, places)
    hall.air(600, "co2_ppm", **dict.fromkeys(places))
    words = hall.words(AlertKind.FACILITY_SENSOR)
    assert words.startswith("Hall on the east side 0: stale, ")
    assert words.endswith(", and 15 more")
    assert hall.said == [(AlertKind.FACILITY_SENSOR, "raised")]


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


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        ({"window-1": 0.0, "window-2": 0.0}, "windows shut: open them"),
        ({"window-1": 0.0, "window-2": 1.0}, "a window is open: fewer people or more windows"),
        ({"window-1": 0.0, "window-2": None}, "nobody knows whether windows are open: look"),
        ({"window-1": 0.0}, "nobody knows whether windows are open: look"),
    ],
)
def test_an_alarm_of_co2_says_how_the_windows_stand(hall: Hall, windows: dict[str, float | None], words: str) -> None:
    hall.windows = windows
    hall.air(600, east=1500.0)
    assert hall.words(AlertKind.CO2) == f"Hall east 1500 ppm ({words}); the limit is 1000 ppm"


def test_too_cold_and_too_warm_are_one_alarm_and_nobody_is_told_unless_it_is_watched(hall: Hall, tmp_path: Path) -> None:
    hall.air(3600, "air_c", east=10.0)
    hall.air(3600, "humidity_pct", east=95.0)
    hall.air(3600, "air_changes", east=0.5)
    assert hall.said == []
    (tmp_path / "watched").mkdir()
    watched = Hall(
        tmp_path / "watched",
        air_c_most={"raise_at": 28.0, "clear_at": 27.0},
        air_c_least={"raise_at": 16.0, "clear_at": 17.0},
    )
    watched.air(400, "air_c", east=14.5, west=29.0)
    assert watched.said == [(AlertKind.TEMPERATURE, "raised")]
    assert watched.words(AlertKind.TEMPERATURE) == "Hall west 29 °C; the limit is 28 °C; Hall east 14.5 °C; the least is 16 °C"
    watched.air(400, "air_c", east=20.0, west=29.0)
    assert len(watched.said) == 1, "the other is not good again"
    watched.air(400, "air_c", east=20.0, west=20.0)
    assert watched.said[1:] == [(AlertKind.TEMPERATURE, "returned")]
    assert watched.words(AlertKind.TEMPERATURE) == "below 27 °C and above 17 °C again"


def test_air_changes_that_cannot_be_measured_are_no_lost_sensor_and_too_few_are_told_where_watched(tmp_path: Path) -> None:
    hall = Hall(tmp_path, air_changes_least={"raise_at": 5.0, "clear_at": 5.5, "for_s": 0.0})
    hall.air(3600, "air_changes", east=None)
    assert hall.said == []
    hall.air(20, "air_changes", east=2.4)
    assert hall.words(AlertKind.AIR_CHANGES) == "Hall east 2.4 /h; the least is 5 /h"
    with pytest.raises(SettingsError, match="clear_at must lie above raise_at"):
        check({"air_changes_least": {"raise_at": 5.0, "clear_at": 5.0}}, AirLimits, where="limits")


def test_what_the_ring_has_no_room_for_is_told_later(hall: Hall) -> None:
    while hall.ring.put(Kind.ALERT, b"{}", 0.0, 0.0) is not None:
        pass
    hall.air(600, east=1500.0)
    hall.ring.commit(hall.ring.written)
    hall.air(10, east=1500.0)
    assert hall.said == [(AlertKind.CO2, "raised")]

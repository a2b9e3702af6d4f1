"""A hall that people leave: its air changes as readings of a sensor of its own, and why there are none."""

from __future__ import annotations

import math
from typing import Any

import pytest

from contract.errors import SettingsError
from contract.settings_file import check
from edge.config.sensors import AirChangeSensor, SensorsConfig
from edge.sensors.air_changes import AirChangesOf
from edge.sensors.newest import Newest
from edge.sensors.reading import Reading, Trouble

AIR = {"name": "hall-air", "kind": "esphome", "topic": "air", "place": "Hall", "quantities": ["co2_ppm"]}
ROOF = {"name": "roof", "kind": "esphome", "topic": "roof", "quantities": ["co2_ppm"]}
CHANGES = {"name": "hall-changes", "place": "Hall", "of": "hall-air"}


class Hall:
    """CO2 every 10 s; `said` is all that was told, as the cloud would get it."""

    def __init__(self, **told: Any) -> None:
        self.computed = AirChangesOf(check(CHANGES | told, AirChangeSensor, where="air_changes"))
        self.newest = Newest(self.computed.sensors, 0.0)
        self.now_s, self.said = 0.0, list[Reading]()

    def empties(self, minutes: float, changes_h: float, began_ppm: float = 1500.0) -> None:
        began_s = self.now_s
        for _ in range(round(minutes * 6)):
            self.hear(420.0 + (began_ppm - 420.0) * math.exp(-changes_h * (self.now_s - began_s) / 3600.0))

    def stays(self, minutes: float, ppm: float | None) -> None:
        for _ in range(round(minutes * 6)):
            self.hear(ppm)

    def hear(self, ppm: float | None, sensor: str = "hall-air") -> None:
        self.now_s += 10.0
        said: float | Trouble = Trouble.SILENT if ppm is None else ppm
        heard = [Reading.of(sensor, "co2_ppm", said, self.now_s)]
        stale = self.newest.stale(self.now_s, {})
        self.said += [*self.newest.take(self.computed.take(heard, self.now_s)), *stale]

    @property
    def values(self) -> list[float]:
        return [one.value for one in self.said if one.quantity == "air_changes" and one.value is not None]

    @property
    def troubles(self) -> list[Trouble | None]:
        return [one.trouble for one in self.said if one.quantity == "air_changes" and one.value is None]


def test_a_hall_that_empties_is_measured_with_what_it_can_be_off() -> None:
    hall = Hall()
    hall.stays(30, 1500.0)
    assert hall.values == []
    assert set(hall.troubles) == {Trouble.NO_DECAY}
    hall.empties(30, changes_h=4.0)
    assert hall.values[-1] == pytest.approx(4.0, rel=0.05)
    off = [one.value for one in hall.said if one.quantity == "air_changes_off" and one.value is not None]
    assert len(off) == len(hall.values)
    assert 0.0 < off[-1] < 1.0


def test_a_value_counts_for_its_time_and_is_followed_by_why_there_is_none() -> None:
    hall = Hall(stale_s=3600)
    hall.empties(30, changes_h=4.0)
    hall.stays(5, 430.0)
    last_s, so_far = max(one.taken_s for one in hall.said if one.value is not None), len(hall.said)
    hall.stays(20, 430.0)
    assert len(hall.said) == so_far
    hall.stays(60, 430.0)
    later = hall.said[so_far:]
    assert {one.trouble for one in later} == {Trouble.AT_OUTDOOR}
    assert later[0].taken_s - last_s == pytest.approx(3600, abs=90)


def test_a_lost_sensor_of_the_room_or_outdoors_is_the_reason() -> None:
    hall = Hall()
    hall.stays(10, None)
    assert hall.troubles[-1] is Trouble.SILENT
    other = Hall(outdoor="roof")
    other.empties(20, changes_h=4.0)
    assert set(other.troubles) <= {Trouble.NO_OUTDOOR, Trouble.NOT_MEASURED}
    assert other.values == []
    for _ in range(2):
        other.hear(420.0, "roof")
    other.empties(20, changes_h=4.0)
    assert other.values[-1] == pytest.approx(4.0, rel=0.05)


def test_nothing_is_repeated_every_round() -> None:
    hall = Hall()
    hall.stays(60, 1500.0)
    assert len(hall.troubles) <= 13


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"air_changes": [CHANGES | {"of": "hall-airs"}]}, "no sensor is called 'hall-airs'"),
        ({"air_changes": [CHANGES | {"outdoor": "attic"}]}, "no sensor is called 'attic'"),
        ({"air_changes": [CHANGES | {"outdoor": "hall-air"}]}, "outdoor is the sensor of the room itself"),
        ({"air_changes": [CHANGES | {"name": "hall-air"}]}, "two sensors are called 'hall-air'"),
        ({"windows": ["window-9"]}, "no sensor is called 'window-9'"),
        ({"windows": ["roof"]}, "the window 'roof' has no place"),
    ],
)
def test_settings_that_name_nobody_are_refused(settings: dict[str, Any], why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        check({"mqtt": {"devices": [AIR, ROOF]}} | settings, SensorsConfig, where="sensors")

"""A room under ozone with a meter: nobody goes in by the time alone, nor by one low reading, nor by a meter that is silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.sensors.reading import Trouble
from tests.sim.room_rig import RoomRig, open_room

METER = {"sensor": "meter", "low_ppm": 0.05, "apart_s": 30.0, "fresh_s": 20.0}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[RoomRig]:
    with open_room(tmp_path, agent="ozone", clear_s=8.0, run_s=10.0, ozone_meter=METER) as one:
        yield one


def gassed(rig: RoomRig) -> None:
    """A run that has just ended by itself."""
    rig.reset()
    rig.air(45.0, 0.01)
    assert rig.state == "idle"
    rig.walk_out()
    rig.do(key=True)
    rig.run(5.0)
    assert rig.state == "running"
    rig.run(10.5)
    rig.do(key=False)
    assert (rig.state, rig.sign) == ("airing", True)


def test_the_time_alone_ends_nothing_two_low_readings_do(rig: RoomRig) -> None:
    gassed(rig)
    rig.air(60.0, 0.3)
    assert (rig.state, rig.sign) == ("airing", True)
    rig.air(25.0, 0.04)
    assert (rig.state, rig.sign) == ("airing", True)
    rig.air(15.0, 0.04)
    assert (rig.state, rig.sign) == ("idle", False)


def test_one_high_reading_between_begins_anew(rig: RoomRig) -> None:
    gassed(rig)
    rig.air(25.0, 0.02)
    rig.air(5.0, 0.2)
    rig.air(25.0, 0.02)
    assert rig.state == "airing"
    rig.air(15.0, 0.02)
    assert rig.state == "idle"


def test_a_meter_that_is_lost_needs_a_person_and_its_silence_is_never_low(rig: RoomRig) -> None:
    gassed(rig)
    rig.air(25.0, 0.02)
    rig.run(100.0)
    assert (rig.state, rig.sign, rig.note["why"]) == ("faulty", True, "the ozone meter is lost: nobody knows how much is left")
    assert ("room_sensor", "raised") in rig.said
    rig.reset()
    assert (rig.state, rig.sign) == ("faulty", True), "reset, and still nobody knows"
    rig.air(60.0, Trouble.SILENT)
    assert rig.sign
    rig.air(20.0, 0.02)
    rig.reset()
    rig.air(40.0, 0.02)
    assert (rig.state, rig.sign) == ("idle", False)


def test_who_goes_in_before_the_meter_has_said_so_is_told_of(rig: RoomRig) -> None:
    gassed(rig)
    rig.air(60.0, 0.3)
    rig.do(inside=True)
    rig.run(1.0)
    assert rig.state == "tripped"
    assert ("room_person", "raised") in rig.said


def test_a_process_that_dies_leaves_the_next_one_what_it_knew_of_the_gas(rig: RoomRig) -> None:
    gassed(rig)
    rig.die()
    rig.close()
    rig.start()
    rig.reset()
    rig.air(30.0, 0.3)
    assert (rig.state, rig.sign) == ("airing", True)
    rig.air(40.0, 0.0)
    assert rig.state == "idle"
    rig.die()
    rig.close()
    rig.start()
    rig.run(1.0)
    assert not rig.sign, "the gas was seen gone before"

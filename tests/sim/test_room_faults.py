"""What breaks in a room under UV-C or ozone, on a simulated circuit: a lost sensor is a person, a lamp must obey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.sim.circuit.room import CONTACTOR_S
from tests.sim.room_rig import RoomRig, open_room

QUICK_S = CONTACTOR_S + 0.02
TOLD_S = 1.0


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[RoomRig]:
    with open_room(tmp_path) as one:
        yield one


@pytest.mark.parametrize("wire", ["door", "motion", "presence"])
def test_a_cut_sensor_wire_counts_as_a_person(rig: RoomRig, wire: str) -> None:
    rig.burn()
    cut_s = rig.clock.now_s
    rig.do(cut=(wire,))
    assert rig.out_after_s(cut_s) < 0.8
    assert rig.told_after_s("room_person", cut_s) < TOLD_S


def test_a_sensor_that_contradicts_itself_is_lost_and_told(rig: RoomRig) -> None:
    rig.burn()
    cut_s = rig.clock.now_s
    rig.do(cut=("door",))  # both contacts of the door are open now
    rig.run(1.0)
    assert rig.told_after_s("room_sensor", cut_s) < TOLD_S
    assert rig.note["sensors"]["door"] == "lost"
    rig.do(cut=())
    rig.run(3.0)
    assert rig.said[-1] == ("room_sensor", "returned")


def test_a_people_detection_that_hangs_is_lost(rig: RoomRig) -> None:
    rig.burn()
    rig.do(stuck=("presence",), inside=True)
    rig.run(0.1)
    rig.do(inside=False)
    rig.run(1.0)
    assert not rig.lit


def test_a_fault_of_the_lamp_outlives_its_process_too(rig: RoomRig) -> None:
    rig.reset()
    rig.do(cut=("feedback",))
    rig.run(1.0)
    rig.die()
    rig.do(cut=())
    rig.start()
    rig.run(5.0)
    assert rig.said[-1] == ("room_lamp", "raised")
    rig.reset()
    rig.run(3.0)
    assert rig.said[-1] == ("room_lamp", "returned")


def test_no_pulse_follows_the_look_that_saw_somebody(rig: RoomRig) -> None:
    rig.burn()
    rig.do(cut=("motion",))  # the hard wire knows of nobody
    seen = rig.lines.count
    rig.run(1.0)
    assert [edge for edge in rig.lines.edges(seen) if edge.line == rig.told.enable_line and edge.high] == []


def test_a_second_run_needs_somebody_to_have_been_inside_again(rig: RoomRig) -> None:
    rig.burn()
    rig.do(key=False)
    rig.run(3.0)
    assert rig.state == "idle"
    rig.do(key=True)
    rig.run(5.0)
    assert (rig.state, rig.lit) == ("faulty", False)


def test_a_lamp_that_is_on_without_being_asked_is_told(rig: RoomRig) -> None:
    rig.reset()
    rig.run(2.0)
    on_s = rig.clock.now_s
    rig.do(welded=True)
    rig.run(1.0)
    assert rig.told_after_s("room_lamp", on_s) < TOLD_S
    came_s = rig.clock.now_s
    rig.do(door_open=True)
    rig.run(0.1)
    assert rig.told_after_s("room_person", came_s) < TOLD_S
    rig.reset()
    assert rig.state == "faulty", "not while the lamp is on"


def test_a_lamp_that_does_not_go_out_is_told(rig: RoomRig) -> None:
    rig.burn()
    stop_s = rig.clock.now_s
    rig.do(key=False, welded=True)
    rig.run(1.5)
    assert rig.state == "faulty"
    assert rig.told_after_s("room_lamp", stop_s) < TOLD_S


def test_a_cut_feedback_wire_is_a_lamp_that_is_on(rig: RoomRig) -> None:
    rig.reset()
    rig.do(cut=("feedback",))
    rig.run(1.0)
    assert rig.state == "faulty"
    assert rig.said[-1] == ("room_lamp", "raised")


def test_a_lamp_that_the_hard_wire_put_out_is_not_asked_for_again(rig: RoomRig) -> None:
    rig.burn()
    rig.do(stuck=("motion", "presence"), inside=True)  # only the hard wire sees the person
    rig.run(0.5)
    assert (rig.state, rig.lit) == ("faulty", False)
    rig.do(inside=False)
    rig.run(5.0)
    assert not rig.lit
    assert ("room_lamp", "raised") in rig.said


def test_a_sensor_that_did_not_see_who_went_out_starts_nothing_and_is_told(rig: RoomRig) -> None:
    rig.reset()
    rig.do(stuck=("motion",))
    rig.walk_out()
    rig.run(2.0)
    rig.do(key=True)
    rig.run(6.0)
    assert (rig.state, rig.lit) == ("faulty", False)
    assert rig.said[-1] == ("room_sensor", "raised")
    rig.do(stuck=())
    rig.reset()
    rig.walk_out()
    rig.run(2.0)
    rig.do(key=True)
    rig.run(5.0)
    assert rig.lit


@pytest.mark.parametrize("meanwhile", [{}, {"door_open": True}])
def test_a_process_that_stood_still_lights_nothing_when_it_goes_on(rig: RoomRig, meanwhile: dict[str, bool]) -> None:
    rig.burn()
    rig.die()
    rig.do(**meanwhile)
    rig.run(1.0)
    rig.do(door_open=False)
    rig.run(0.1)
    rig.go_on()
    rig.run(3.0)
    assert rig.state in {"faulty", "tripped"}
    assert [lit for _, lit in rig.circuit.history] == [True, False]

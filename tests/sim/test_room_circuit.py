"""A room under UV-C or ozone, the drivers on a simulated circuit: nobody is under the lamp for longer than a contactor takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge.sim.circuit.room import CONTACTOR_S
from tests.sim.room_rig import RoomRig, open_room

QUICK_S = CONTACTOR_S + 0.02
TOLD_S = 1.0


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[RoomRig]:
    with open_room(tmp_path) as one:
        yield one


def test_a_run_is_warned_of_and_ends_by_itself(rig: RoomRig) -> None:
    rig.reset()
    rig.walk_out()
    rig.run(2.0)
    rig.do(key=True)
    rig.run(1.0)
    assert (rig.state, rig.lit) == ("arming", False)
    rig.run(2.5)
    assert (rig.state, rig.lit, rig.sign) == ("running", True, True)
    rig.run(12.0)
    assert (rig.state, rig.lit, rig.sign) == ("idle", False, False)
    assert rig.said == [("room_lamp", "returned"), ("room_person", "returned"), ("room_sensor", "returned")]


def test_the_key_turned_back_puts_the_lamp_out(rig: RoomRig) -> None:
    rig.burn()
    rig.do(key=False)
    assert rig.out_after_s(rig.clock.now_s) < 0.5
    rig.run(1.0)
    assert rig.state == "idle"


@pytest.mark.parametrize("what", [{"door_open": True}, {"inside": True}])
def test_a_person_in_the_room_puts_the_lamp_out_and_is_told(rig: RoomRig, what: dict[str, bool]) -> None:
    rig.burn()
    came_s = rig.clock.now_s
    rig.do(**what)
    assert rig.out_after_s(came_s) < 0.1
    assert rig.told_after_s("room_person", came_s) < TOLD_S
    assert (rig.state, rig.sign) == ("tripped", True)
    assert rig.under_it_s < QUICK_S


def test_a_trip_is_ended_by_a_reset_with_the_key_back_and_by_nothing_else(rig: RoomRig) -> None:
    rig.burn()
    rig.do(door_open=True)
    rig.run(1.0)
    rig.do(door_open=False)
    rig.run(5.0)
    rig.do(button=True)
    rig.run(0.2)
    rig.do(button=False)
    rig.run(1.0)
    assert (rig.state, rig.lit) == ("tripped", False), "the key is still turned"
    assert ("room_person", "returned") not in rig.said[3:]
    rig.reset()
    rig.run(3.0)
    assert (rig.state, rig.said[-1]) == ("idle", ("room_person", "returned"))
    rig.walk_out()
    rig.do(key=True)
    rig.run(5.0)
    assert rig.lit


@pytest.mark.parametrize("what", [{"door_open": True}, {"inside": True}])
def test_the_hard_wire_puts_the_lamp_out_with_the_process_dead(rig: RoomRig, what: dict[str, bool]) -> None:
    rig.burn()
    rig.die()
    came_s = rig.clock.now_s
    rig.do(**what)
    rig.run(0.1)
    assert not rig.lit
    assert rig.circuit.history[-1][0] - came_s < QUICK_S


def test_a_door_that_is_opened_and_shut_at_once_lights_nothing_again(rig: RoomRig) -> None:
    rig.burn()
    rig.do(door_open=True)
    rig.run(0.06)
    rig.do(door_open=False)
    rig.run(1.0)
    assert rig.state == "tripped"
    assert [lit for _, lit in rig.circuit.history] == [True, False]


def test_the_death_of_the_process_puts_the_lamp_out_and_the_next_one_waits_for_a_person(rig: RoomRig) -> None:
    rig.burn()
    rig.die()
    assert rig.out_after_s(rig.clock.now_s) < 0.5
    rig.start()
    rig.run(10.0)
    assert (rig.state, rig.lit) == ("locked", False)
    rig.do(key=False)
    rig.run(1.0)
    rig.do(key=True)
    rig.run(10.0)
    assert (rig.state, rig.lit) == ("locked", False)


def test_an_alarm_outlives_its_process_until_a_person_has_looked(rig: RoomRig) -> None:
    rig.burn()
    rig.do(door_open=True)
    rig.run(0.5)
    rig.die()
    rig.do(door_open=False)
    rig.run(1.0)
    rig.start()
    rig.run(10.0)
    assert rig.said[3:] == [("room_person", "raised")]
    rig.reset()
    rig.run(3.0)
    assert rig.said[3:] == [("room_person", "raised"), ("room_person", "returned")]


def test_a_process_that_dies_with_nobody_inside_leaves_the_next_one_no_person_to_tell_of(tmp_path: Path) -> None:
    with open_room(tmp_path, agent="ozone", clear_s=8.0) as rig:
        rig.run(9.0)
        rig.burn()
        rig.die()
        rig.run(0.5)
        rig.start()
        rig.run(3.0)
        assert (rig.sign, rig.said[3:]) == (True, [])
        came_s = rig.clock.now_s
        rig.do(door_open=True)
        rig.run(0.1)
        assert rig.told_after_s("room_person", came_s) < TOLD_S


def test_nothing_starts_with_the_door_open_nor_when_it_shuts_then(rig: RoomRig) -> None:
    rig.reset()
    rig.walk_out()
    rig.do(door_open=True)
    rig.run(1.0)
    rig.do(key=True)
    rig.run(1.0)
    rig.do(door_open=False)
    rig.run(6.0)
    assert (rig.state, rig.lit, rig.said[3:]) == ("idle", False, [])


def test_who_comes_in_during_the_warning_ends_it_without_an_alarm(rig: RoomRig) -> None:
    rig.reset()
    rig.walk_out()
    rig.run(2.0)
    rig.do(key=True)
    rig.run(1.0)
    assert rig.state == "arming"
    rig.do(door_open=True)
    rig.run(0.2)
    assert rig.state == "idle"
    assert rig.said[3:] == []


def test_ozone_stays_dangerous_after_its_generator(tmp_path: Path) -> None:
    with open_room(tmp_path, agent="ozone", clear_s=8.0) as rig:
        rig.reset()
        rig.run(9.0)
        rig.walk_out()
        rig.do(key=True)
        rig.run(5.0)
        assert rig.lit
        rig.do(key=False)
        rig.run(5.0)
        assert (rig.state, rig.lit, rig.sign) == ("airing", False, True)
        came_s = rig.clock.now_s
        rig.do(door_open=True)
        rig.run(0.1)
        assert rig.told_after_s("room_person", came_s) < TOLD_S


DEEDS = st.one_of(
    st.tuples(st.sampled_from(["door_open", "inside", "key", "button"]), st.booleans()),
    st.tuples(st.just("cut"), st.sampled_from([(), ("door",), ("motion",), ("feedback",), ("key",)])),
    st.tuples(st.sampled_from(["reset", "walk_out", "die", "start"]), st.none()),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(play=st.lists(st.tuples(DEEDS, st.floats(0.05, 4.0)), max_size=6))
def test_whatever_happens_nobody_is_under_the_lamp_for_longer_than_a_contactor_takes(
    tmp_path: Path, play: list[tuple[tuple[str, Any], float]]
) -> None:
    with open_room(tmp_path) as rig:
        rig.burn()
        entries = 0
        for (deed, value), seconds in play:
            match deed:
                case "reset":
                    rig.reset()
                case "walk_out":
                    entries += 1
                    rig.walk_out()
                case "die":
                    rig.die()
                case "start":
                    if not rig.alive:
                        rig.start()
                case _:
                    entries += deed == "inside"
                    rig.do(**{deed: value})
            rig.run(seconds)
        assert rig.under_it_s <= entries * QUICK_S
        rig.die()
        rig.run(1.0)
        assert not rig.lit

"""The drivers on a simulated circuit: whatever happens to the gate's process, the arm does the safe thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from gpiozero import Device
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sim.circuit_rig import LINES, Rig

KINDS = sorted(LINES)


@pytest.fixture(autouse=True)
def pins() -> Iterator[None]:
    before = Device.pin_factory
    yield
    Device.pin_factory = before


@pytest.fixture(params=KINDS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with closing(Rig(request.param, tmp_path)) as one:
        yield one


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Rig]:
    with closing(Rig("pulse", tmp_path)) as one:
        yield one


def test_a_pass_opens_and_the_arm_comes_down_by_itself(rig: Rig) -> None:
    rig.pass_()
    rig.run(1.0)
    assert rig.arm == "open"
    rig.run(4.0)
    assert rig.arm == "shut"
    assert rig.said == []


def test_the_arm_stays_up_without_a_tremble_while_it_is_held(rig: Rig) -> None:
    rig.pass_()
    rig.run(2.9)
    assert [doing for _, doing in rig.circuit.arm.history] == ["opening", "open"]


def test_a_pass_that_ends_lets_the_arm_down(rig: Rig) -> None:
    rig.pass_()
    rig.run(1.0)
    rig.visit = None
    assert rig.shut_after_s() < 1.0


@pytest.mark.parametrize("after_s", [0.04, 0.2, 0.48, 1.0, 2.0])
def test_the_held_arm_is_shut_within_a_second_of_the_gate_s_death(held: Rig, after_s: float) -> None:
    held.pass_()
    held.run(after_s)
    held.die()
    assert held.shut_after_s() < 1.0


def test_a_drive_that_times_itself_is_shut_in_its_own_time_after_the_gate_s_death(tmp_path: Path) -> None:
    with closing(Rig("self_timing", tmp_path)) as rig:
        rig.pass_()
        rig.run(0.2)
        rig.die()
        assert rig.shut_after_s() < 3.0 + 1.0


def test_a_new_process_that_finds_a_line_left_high_moves_nothing(rig: Rig) -> None:
    rig.pass_()
    while not rig.lines.output(17):
        rig.run(0.04)
    rig.die()
    rig.run(5.0)
    assert rig.lines.output(17), "a killed process leaves its line as it was"
    moves = len(rig.circuit.arm.history)
    rig.visit = None
    rig.start()
    rig.run(1.0)
    assert len(rig.circuit.arm.history) == moves
    rig.pass_("v2")
    rig.run(1.0)
    assert rig.arm == "open"


def test_nobody_is_struck_when_the_gate_dies_while_somebody_stands_there(held: Rig) -> None:
    held.pass_()
    held.run(1.0)
    held.do(person_under=True)
    held.die()
    held.run(10.0)
    assert held.arm == "open"
    held.do(person_under=False)
    assert held.shut_after_s() < 1.0
    assert held.struck == 0


def test_who_steps_under_a_falling_arm_sends_it_up_again(held: Rig) -> None:
    held.pass_()
    held.run(1.0)
    held.die()
    held.run(0.4)
    assert held.arm == "shutting"
    held.do(person_under=True)
    held.run(1.0)
    assert held.arm == "open"
    assert held.struck == 0


def test_fire_opens_and_the_gate_never_tries_to_shut(rig: Rig) -> None:
    rig.do(fire=True)
    rig.run(1.0)
    assert rig.arm == "open"
    rig.opening.close()
    rig.run(15.0)
    assert rig.arm == "open"
    assert rig.said == [("fire", "raised")]
    rig.do(fire=False)
    assert rig.shut_after_s() < 3.5
    assert rig.said == [("fire", "raised"), ("fire", "returned")]


def test_a_gate_that_reads_fire_keeps_the_arm_up_against_everything(rig: Rig) -> None:
    rig.pass_()
    rig.run(0.8)
    rig.do(sense_cut=True)  # the hardware knows of no fire: only the gate holds the arm
    rig.run(0.4)
    rig.visit = None
    rig.walk_in()
    rig.run(1.0)
    rig.opening.close()
    rig.run(5.0)
    assert not {"shut", "shutting"} & {doing for _, doing in rig.circuit.arm.history}


@pytest.mark.parametrize("what", [{"fire": True}, {"loop_cut": True}, {"power": False}])
def test_fire_opens_with_the_gate_s_process_dead(rig: Rig, what: dict[str, Any]) -> None:
    rig.run(0.4)
    rig.die()
    rig.do(**what)
    rig.run(1.0)
    assert rig.arm == "open"
    rig.run(20.0)
    assert rig.arm == "open"


@pytest.mark.parametrize("what", ["loop_cut", "sense_cut"])
def test_a_cut_wire_is_fire(rig: Rig, what: str) -> None:
    rig.do(**{what: True})
    rig.run(2.0)
    assert rig.arm == "open"
    assert rig.said == [("fire", "raised")]


def test_a_contact_that_chatters_does_not_make_the_arm_tremble(rig: Rig) -> None:
    for _ in range(8):
        rig.do(sense_cut=True)
        rig.run(0.2)
        rig.do(sense_cut=False)
        rig.run(0.6)
    assert [doing for _, doing in rig.circuit.arm.history] == ["opening", "open"]
    rig.run(6.0)
    assert rig.arm == "shut"


def test_a_glitch_of_the_contact_opens_nothing(rig: Rig) -> None:
    rig.run(0.2)
    for _ in range(5):
        rig.do(sense_cut=True)
        rig.run(0.04)
        rig.do(sense_cut=False)
        rig.run(0.2)
    assert list(rig.circuit.arm.history) == []


def test_a_broken_wire_of_the_light_barrier_keeps_an_open_arm_up(held: Rig) -> None:
    held.pass_()
    held.run(1.0)
    held.do(clear_cut=True)
    held.run(10.0)
    assert held.arm == "open"


def test_a_turnstile_locks_after_one_passage(tmp_path: Path) -> None:
    with closing(Rig("turnstile", tmp_path)) as rig:
        rig.pass_()
        rig.run(1.0)
        rig.walk_in()
        assert rig.shut_after_s() < 1.0
        assert rig.said == []


def test_who_slips_through_behind_another_is_told(held: Rig) -> None:
    held.pass_()
    held.run(1.0)
    held.walk_in()
    held.run(0.8)
    assert held.said == []
    held.walk_in()
    held.run(1.0)
    assert held.said == [("tailgating", "raised")]
    held.run(15.0)
    assert held.said == [("tailgating", "raised"), ("tailgating", "returned")]


def test_who_crawls_under_a_shut_arm_is_told(held: Rig) -> None:
    held.run(1.0)
    held.walk_in()
    held.run(1.0)
    assert held.said == [("tailgating", "raised")]


def test_who_was_let_in_and_turned_round_lets_nobody_in_later(held: Rig) -> None:
    held.pass_()
    held.run(1.0)
    held.visit = None
    held.run(10.0)
    held.walk_in()
    held.run(1.0)
    assert held.said == [("tailgating", "raised")]


def test_who_flees_from_fire_is_no_tailgater(held: Rig) -> None:
    held.do(fire=True)
    held.run(1.0)
    held.do(passed=5)
    held.run(5.0)
    assert held.said == [("fire", "raised")]


def test_an_alarm_is_over_also_when_its_process_died_before_that(held: Rig) -> None:
    held.do(fire=True, passed=1)
    held.run(1.0)
    held.die()
    held.do(fire=False)
    held.run(1.0)
    held.start()
    held.run(5.0)
    assert held.said == [("fire", "raised"), ("fire", "returned")]


DEEDS = st.one_of(
    st.tuples(st.just("person_under"), st.booleans()),
    st.tuples(st.sampled_from(["pass", "leave", "close", "die", "start"]), st.none()),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["pulse", "self_timing"]), play=st.lists(st.tuples(DEEDS, st.floats(0.05, 1.5)), max_size=8))
def test_nobody_is_ever_struck_and_a_dead_gate_ends_shut(
    tmp_path: Path, kind: str, play: list[tuple[tuple[str, bool | None], float]]
) -> None:
    with closing(Rig(kind, tmp_path)) as rig:
        for (deed, value), seconds in play:
            match deed:
                case "person_under":
                    rig.do(person_under=value)
                case "pass":
                    rig.pass_()
                case "leave":
                    rig.visit = None
                case "close":
                    rig.opening.close()
                case "die":
                    rig.die()
                case _:
                    if not rig.alive:
                        rig.visit = None
                        rig.start()
            rig.run(seconds)
        rig.die()
        rig.do(person_under=False)
        rig.run(5.0)
        assert rig.arm == "shut"
        assert rig.struck == 0

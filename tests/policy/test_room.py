"""The table of a room under UV-C or ozone, walked by hypothesis: whatever is read, and whenever, nobody is lit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.policy.room import MOVES, OFF_WITHIN_S, Happening, Room, State, Times, locked, step
from edge.policy.room_facts import Facts, Lamp, Seen

TIMES = Times(arming_s=3.0, run_s=20.0, clear_s=0.0)
SENSORS = ("door", "motion")
HELD = {State.LOCKED, State.TRIPPED, State.FAULTY}
"""Left by a person alone."""


def read(now_s: float, **changes: object) -> Facts:
    """Nobody there, all well; but for the changes."""
    quiet = Facts(now_s, dict.fromkeys(SENSORS, Seen.NOBODY), Lamp.OFF, key=False, button=False)
    return replace(quiet, **changes)  # type: ignore[arg-type]


def left(now_s: float) -> list[Facts]:
    """Reset, and somebody who was inside has gone out."""
    away = dict.fromkeys(SENSORS, Seen.SOMEBODY)
    return [read(now_s, button=True), read(now_s + 0.1), read(now_s + 2.0), read(now_s + 2.1, sensors=away), read(now_s + 3.0)]


def begun(now_s: float) -> list[Facts]:
    """The same, and the lamp asked for and on."""
    lit = [read(now_s + at_s, key=True) for at_s in (3.1, 6.2)]
    return [*left(now_s), *lit, read(now_s + 6.3, key=True, lamp=Lamp.ON)]


def after(facts: list[Facts], times: Times = TIMES) -> Room:
    room = locked(frozenset(SENSORS), times, 0.0)
    for one in facts:
        room = step(room, one, times)
    return room


FACTS = st.builds(
    lambda door, motion, lamp, key, button: {
        "sensors": {"door": door, "motion": motion},
        "lamp": lamp,
        "key": key,
        "button": button,
    },
    st.sampled_from([Seen.NOBODY, Seen.NOBODY, Seen.NOBODY, Seen.SOMEBODY, Seen.LOST]),
    st.sampled_from([Seen.NOBODY, Seen.NOBODY, Seen.NOBODY, Seen.SOMEBODY, Seen.LOST]),
    st.sampled_from(Lamp),
    st.booleans(),
    st.booleans(),
)
WALKS = st.lists(st.tuples(FACTS, st.sampled_from([0.02, 0.1, 1.0, 3.0, 30.0])), max_size=30)


@settings(max_examples=150, deadline=None)
@given(walk=WALKS, running=st.booleans(), clear_s=st.sampled_from([0.0, 10.0]))
def test_no_reachable_state_asks_for_the_lamp_with_a_possible_person(walk: list, running: bool, clear_s: float) -> None:  # type: ignore[type-arg]
    times = replace(TIMES, clear_s=clear_s)
    room, now_s = locked(frozenset(SENSORS), times, 0.0), 20.0
    opening = begun(now_s) if running else left(now_s)
    facts = list(opening)
    for changes, wait_s in walk:
        now_s = facts[-1].now_s + wait_s
        facts.append(read(now_s, **changes))
    for one in facts:
        before, room = room, step(room, one, times)
        if room.asks:
            assert one.nobody, one
            assert one.key, one
            assert before.state in {State.ARMING, State.RUNNING}
        if before.asks and not one.nobody:
            assert room.exposed
            assert room.state in HELD
        if before.state in HELD and room.state not in HELD:
            assert before.button, "a button that is let go"
            assert not one.button
            assert not one.key
            assert one.nobody
            assert one.lamp is Lamp.OFF
            assert not room.exposed
        if one.lamp is Lamp.ON and not before.asks and not room.asks and one.now_s - (room.on_since_s or 0.0) > OFF_WITHIN_S:
            assert room.lamp_wrong(one.now_s)
            assert room.state is State.FAULTY


def test_every_state_can_be_left_for_idle() -> None:
    reached = {State.IDLE}
    while more := {source for (source, _), target in MOVES.items() if target in reached} - reached:
        reached |= more
    assert reached == set(State)


def test_only_a_reset_leaves_what_is_held() -> None:
    assert {by for (source, by), target in MOVES.items() if source in HELD and target not in HELD} == {Happening.RESET}


def test_the_lamp_is_begun_by_one_way_alone() -> None:
    assert [pair for pair, target in MOVES.items() if target is State.RUNNING] == [(State.ARMING, Happening.TIME_OVER)]


def test_a_run_begins_after_its_warning() -> None:
    assert after([*left(20.0), read(24.0, key=True)]).state is State.ARMING
    assert after([*left(20.0), read(24.0, key=True), read(26.9, key=True)]).state is State.ARMING
    assert after([*left(20.0), read(24.0, key=True), read(27.0, key=True)]).asks


@pytest.mark.parametrize("sensor", SENSORS)
@pytest.mark.parametrize("seen", [Seen.SOMEBODY, Seen.LOST])
def test_a_person_and_a_lost_sensor_are_the_same(sensor: str, seen: Seen) -> None:
    sensors = dict.fromkeys(SENSORS, Seen.NOBODY) | {sensor: seen}
    room = after([*begun(20.0), read(27.0, key=True, lamp=Lamp.ON, sensors=sensors)])
    assert (room.state, room.exposed, room.why) == (State.TRIPPED, True, Happening.UNDER_IT)


def test_a_room_without_sensors_has_somebody_in_it() -> None:
    assert not read(0.0, sensors={}).nobody


def test_who_comes_in_just_after_the_lamp_was_under_it_and_later_was_not() -> None:
    out = [*begun(20.0), read(27.0, lamp=Lamp.ON), read(27.1)]
    somebody = dict.fromkeys(SENSORS, Seen.SOMEBODY)
    assert after([*out, read(27.5, sensors=somebody)]).exposed
    assert not after([*out, read(29.0), read(29.1, sensors=somebody)]).exposed


def test_a_flicker_of_the_feedback_is_no_lamp() -> None:
    flicker = [*left(20.0), read(30.0, lamp=Lamp.ON), read(30.05), read(30.1, sensors=dict.fromkeys(SENSORS, Seen.SOMEBODY))]
    assert (after(flicker).state, after(flicker).exposed) == (State.IDLE, False)


def test_a_lamp_that_never_comes_on_is_given_up() -> None:
    dark = [*left(20.0), read(24.0, key=True), read(27.0, key=True), read(28.9, key=True)]
    assert after(dark).asks
    assert after([*dark, read(29.0, key=True)]).why is Happening.DARK

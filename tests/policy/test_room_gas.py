"""The table of a room with an ozone meter, walked by hypothesis: it is left neither by the time alone nor by the meter alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.policy.room import GAS_SILENT_S, Happening, Room, State, Times, locked, step
from edge.policy.room_facts import Facts, Gas, GasRead, Lamp, Seen

TIMES = Times(arming_s=3.0, run_s=20.0, clear_s=10.0, apart_s=30.0)
SENSORS = ("door", "motion")
HELD = {State.LOCKED, State.TRIPPED, State.FAULTY}


def read(now_s: float, gas: Gas | None = Gas.LOW, **changes: object) -> Facts:
    """Nobody there, all well, and the meter's reading taken just now; but for the changes."""
    said = None if gas is None else GasRead(gas, now_s)
    quiet = Facts(now_s, dict.fromkeys(SENSORS, Seen.NOBODY), Lamp.OFF, key=False, button=False, gas=said)
    return replace(quiet, **changes)  # type: ignore[arg-type]


def run() -> list[Facts]:
    """Reset, aired with two low readings, somebody has gone out, and the generator is on."""
    away = dict.fromkeys(SENSORS, Seen.SOMEBODY)
    return [
        *(read(1.0, button=True), read(1.1), read(20.0), read(55.0), read(56.0, sensors=away), read(60.0)),
        *(read(61.0, key=True), read(64.1, key=True), read(64.2, key=True, lamp=Lamp.ON), read(80.0, key=True, lamp=Lamp.ON)),
    ]


STOPPED = [*run(), read(84.5, Gas.HIGH, lamp=Lamp.ON), read(84.6, Gas.HIGH)]
"""Its time was over, and it is off."""


def after(facts: list[Facts]) -> Room:
    room = locked(frozenset(SENSORS), TIMES, 0.0, gas=True)
    for one in facts:
        room = step(room, one, TIMES)
    return room


def test_a_run_leaves_a_room_that_is_aired() -> None:
    assert after(run()[:6]).state is State.IDLE
    assert after(run()[:8]).asks
    assert (after(STOPPED).state, after(STOPPED).gas) == (State.AIRING, True)
    dark = after([*run(), read(80.1, key=True), read(80.2)])
    assert (dark.state, dark.gas, dark.dangerous(10_000.0)) == (State.FAULTY, True, True), "a fault, and gas"


def test_the_time_alone_is_not_enough_and_neither_are_low_readings_too_close() -> None:
    assert after([*STOPPED, read(500.0, Gas.HIGH)]).state is State.AIRING
    assert after([*STOPPED, read(100.0), read(129.0)]).state is State.AIRING
    assert after([*STOPPED, read(100.0), read(130.0)]).state is State.IDLE
    assert after([*STOPPED, read(100.0), read(110.0, Gas.HIGH), read(130.0)]).state is State.AIRING
    assert after([*STOPPED, read(100.0), read(110.0, Gas.LOST), read(130.0)]).state is State.AIRING


def test_the_same_reading_read_again_is_no_second_one() -> None:
    old = GasRead(Gas.LOW, 100.0)
    assert after([*STOPPED, *(replace(read(float(at_s)), gas=old) for at_s in range(100, 200))]).gas


def test_a_reading_taken_while_the_generator_was_on_says_nothing() -> None:
    early = GasRead(Gas.LOW, 79.0)
    room = after([*STOPPED, replace(read(90.0), gas=early), read(110.0)])
    assert room.low_s == pytest.approx(110.0)


def test_a_meter_that_stays_lost_is_left_to_a_person() -> None:
    lost = [read(100.0, Gas.LOST), read(100.0 + GAS_SILENT_S, Gas.LOST)]
    room = after([*STOPPED, *lost])
    assert (room.state, room.why, room.dangerous(10_000.0)) == (State.FAULTY, Happening.GAS_LOST, True)
    assert after([*STOPPED, lost[0], read(150.0, Gas.HIGH)]).state is State.AIRING


FACTS = st.fixed_dictionaries(
    {
        "sensors": st.sampled_from(
            [
                *[dict.fromkeys(SENSORS, Seen.NOBODY)] * 6,
                {"door": Seen.SOMEBODY, "motion": Seen.NOBODY},
                {"door": Seen.NOBODY, "motion": Seen.LOST},
            ]
        ),
        "lamp": st.sampled_from([Lamp.OFF, Lamp.OFF, Lamp.OFF, Lamp.ON]),
        "key": st.booleans(),
        "button": st.booleans(),
    }
)
WALKS = st.lists(
    st.tuples(
        FACTS,
        st.sampled_from([Gas.LOW, Gas.LOW, Gas.LOW, Gas.HIGH, Gas.LOST]),
        st.sampled_from([0.0, 0.0, 5.0]),
        st.sampled_from([0.02, 0.1, 1.0, 12.0, 31.0]),
    ),
    max_size=30,
)


def proven(seen: list[tuple[float, GasRead]], burnt_s: float) -> bool:
    """By the whole story, not by what the room remembers: an unbroken row of low readings since, the first and last far apart."""
    row = list[float]()
    for at_s, one in seen:
        if at_s <= burnt_s or one.gas is not Gas.LOW or one.taken_s <= burnt_s:
            row = []
        else:
            row.append(one.taken_s)
        if row and max(row) - min(row) >= TIMES.apart_s and at_s >= burnt_s + TIMES.clear_s:
            return True
    return False


@settings(max_examples=300, deadline=None)
@given(walk=WALKS, running=st.booleans())
def test_nobody_is_let_in_before_the_time_and_two_low_readings(walk: list, running: bool) -> None:  # type: ignore[type-arg]
    room, facts = locked(frozenset(SENSORS), TIMES, 0.0, gas=True), list(STOPPED if running else run()[:5])
    for changes, gas, age_s, wait_s in walk:
        now_s = facts[-1].now_s + wait_s
        facts.append(replace(read(now_s, **changes), gas=GasRead(gas, now_s - age_s)))
    seen, burnt_s = list[tuple[float, GasRead]](), 0.0
    for one in facts:
        before, room = room, step(room, one, TIMES)
        assert one.gas is not None
        seen.append((one.now_s, one.gas))
        if before.asks:
            burnt_s = one.now_s
        if room.asks:
            assert one.nobody
        if before.state is State.AIRING and room.state is State.IDLE:
            assert proven(seen, burnt_s)
        if not proven(seen, burnt_s):
            assert room.dangerous(one.now_s)
            if Seen.SOMEBODY in one.sensors.values():
                assert room.exposed
        if before.state in HELD and room.state not in HELD:
            assert before.button, "a button that is let go"


@settings(max_examples=100, deadline=None)
@given(walk=WALKS)
def test_without_a_meter_nothing_is_as_with_one(walk: list) -> None:  # type: ignore[type-arg]
    room, now_s = locked(frozenset(SENSORS), TIMES, 0.0), 0.0
    for changes, _, _, wait_s in walk:
        now_s += wait_s
        room = step(room, read(now_s, None, **changes), TIMES)
        assert not room.gas
        assert room.state is not State.FAULTY or room.why is not Happening.GAS_LOST


@pytest.mark.parametrize("gas", [Gas.HIGH, Gas.LOST])
def test_a_gas_that_was_never_seen_gone_stays_after_a_start(gas: Gas) -> None:
    assert after([read(100.0, gas), read(1000.0, gas)]).dangerous(2000.0)

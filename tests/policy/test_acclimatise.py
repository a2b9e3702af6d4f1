"""People from the cold and from the heat: who passes by a temperature, who does not, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Reason, Verdict
from edge.board import Board
from edge.gate.outdoors import BoardWeather, FixedWeather
from edge.gate.visitors import Visitors
from edge.policy.acclimatise import DOOR_STALE_S, STALE_S, Acclimatisation, Outdoors, Skin
from edge.policy.reading import Unmeasured
from edge.policy.rule import Decision, Limits, decide
from tests.lane.scene import Scene
from tests.policy.test_rule import GOOD, LIMITS, NOW_S, reading

WINTER, SUMMER, SPRING = Outdoors(-3.0, inf), Outdoors(38.0, inf), Outdoors(18.0, inf)
AT_THE_DOOR = Acclimatisation(cold_c=10.0, hot_c=33.0, dwell_s=600.0, walk_in_s=0.0)
BEHIND_A_WAITING_ROOM = replace(AT_THE_DOOR, walk_in_s=600.0)
JUST_SEEN_S = NOW_S - 2.0


@pytest.mark.parametrize(
    ("outdoors", "skin"),
    [(WINTER, Skin.FROM_COLD), (SUMMER, Skin.FROM_HEAT), (SPRING, Skin.SETTLED), (Outdoors(), Skin.UNKNOWN)],
)
def test_who_has_just_come_in_brings_the_weather_along(outdoors: Outdoors, skin: Skin) -> None:
    assert AT_THE_DOOR.skin(outdoors, JUST_SEEN_S, NOW_S) is skin


@pytest.mark.parametrize("outdoors", [WINTER, SUMMER])
def test_rest_is_the_way_in_or_the_time_in_view_or_a_door_that_stayed_shut(outdoors: Outdoors) -> None:
    watched = replace(outdoors, door_s=NOW_S)
    assert BEHIND_A_WAITING_ROOM.skin(outdoors, JUST_SEEN_S, NOW_S) is Skin.SETTLED
    assert AT_THE_DOOR.skin(outdoors, NOW_S - 600.0, NOW_S) is Skin.SETTLED
    assert AT_THE_DOOR.skin(replace(watched, entered_s=NOW_S - 600.0), JUST_SEEN_S, NOW_S) is Skin.SETTLED
    assert AT_THE_DOOR.skin(replace(watched, entered_s=NOW_S - 599.0), JUST_SEEN_S, NOW_S) is not Skin.SETTLED


def test_a_dead_sensor_at_the_door_is_no_quiet_door() -> None:
    dead = replace(WINTER, entered_s=NOW_S - 5000.0, door_s=NOW_S - DOOR_STALE_S - 1.0)
    assert AT_THE_DOOR.skin(dead, JUST_SEEN_S, NOW_S) is Skin.FROM_COLD


def test_weather_that_nobody_has_told_for_half_an_hour_is_unknown() -> None:
    told = Outdoors(-3.0, NOW_S - STALE_S)
    assert AT_THE_DOOR.skin(told, JUST_SEEN_S, NOW_S) is Skin.FROM_COLD
    assert AT_THE_DOOR.skin(told, JUST_SEEN_S, NOW_S + 1.0) is Skin.UNKNOWN
    assert AT_THE_DOOR.skin(replace(told, told_s=nan), JUST_SEEN_S, NOW_S) is Skin.UNKNOWN


@given(first_s=st.floats(), entered_s=st.floats(), door_s=st.floats(), celsius=st.floats())
def test_nothing_that_is_no_number_is_a_rest(first_s: float, entered_s: float, door_s: float, celsius: float) -> None:
    skin = AT_THE_DOOR.skin(Outdoors(celsius, inf, entered_s, door_s), first_s, NOW_S)
    rested = NOW_S - first_s >= 600.0 or (NOW_S - entered_s >= 600.0 and NOW_S - door_s <= DOOR_STALE_S)
    assert skin is not Skin.SETTLED or 10.0 <= celsius <= 33.0 or rested


@pytest.mark.parametrize("skin", [Skin.FROM_COLD, Skin.FROM_HEAT])
def test_skin_from_outside_lets_nobody_pass_and_says_why(skin: Skin) -> None:
    assert decide(replace(GOOD, skin=skin), LIMITS) == Decision(Verdict.CANNOT_MEASURE, Reason.ACCLIMATISE)
    cold = replace(GOOD, skin=skin, reading=Unmeasured(Reason.COLD_SKIN, NOW_S))
    assert decide(cold, LIMITS) == Decision(Verdict.CANNOT_MEASURE, Reason.ACCLIMATISE)


def test_cold_only_takes_away_and_heat_adds() -> None:
    warm = replace(GOOD, reading=reading(38.2))
    assert decide(replace(warm, skin=Skin.FROM_COLD), LIMITS).verdict is Verdict.RECHECK
    assert decide(replace(warm, skin=Skin.FROM_HEAT), LIMITS) == Decision(Verdict.CANNOT_MEASURE, Reason.ACCLIMATISE)


@pytest.mark.parametrize("reason", [Reason.FFC, Reason.NO_WARM_FACE, Reason.UNCERTAIN])
def test_what_else_is_wrong_is_said_first(reason: Reason) -> None:
    facts = replace(GOOD, skin=Skin.FROM_COLD, reading=Unmeasured(reason, NOW_S))
    assert decide(facts, LIMITS).reason is reason


def test_where_nobody_knows_the_weather_skin_too_cold_is_still_refused() -> None:
    assert decide(replace(GOOD, skin=Skin.UNKNOWN), LIMITS).verdict is Verdict.PASS
    assert decide(replace(GOOD, skin=Skin.UNKNOWN, reading=reading(34.0)), LIMITS).reason is Reason.COLD_SKIN


def test_a_gate_for_masks_only_asks_nobody_to_rest() -> None:
    limits = Limits(mask=True, temperature=False, limit_c=37.3)
    assert decide(replace(GOOD, skin=Skin.FROM_COLD), limits).verdict is Verdict.PASS


@pytest.mark.parametrize(("outdoors", "verdict"), [(SPRING, Verdict.PASS), (WINTER, Verdict.CANNOT_MEASURE)])
def test_at_the_lane_a_visitor_from_the_cold_is_told_once_and_is_no_measure_of_the_thermometer(
    outdoors: Outdoors, verdict: Verdict
) -> None:
    scene = Scene(limits=replace(LIMITS, acclimatisation=AT_THE_DOOR))
    steps = []
    for _ in range(40):
        face = scene.face()
        scene.now_s = face.mask.taken_s
        steps.append(scene.lane.step(scene.now_s, (face,), None, outdoors))
    said = [one for step in steps for one in step.announced]
    assert [one.decision.verdict for one in said] == [verdict]
    assert said[0].reading is not None
    visitors = Visitors()
    gone = visitors.left(replace(steps[-1], announced=tuple(said), ended=(said[0].visit,)), scene.now_s)
    assert len(gone) == (1 if outdoors is SPRING else 0)


def test_the_note_of_a_sensor_is_read_once_a_second_and_nonsense_in_it_is_unknown(tmp_path: Path) -> None:
    board = Board.create(tmp_path / "outdoors")
    weather = BoardWeather(board)
    assert weather.now(0.0) is weather.now(0.5)
    board.post({"outside_c": -3, "told_s": 10.0, "entered_s": None, "door_s": "soon"}, 10.0)
    assert weather.now(0.9).at(0.9) != -3.0
    told = weather.now(11.0)
    assert (told.celsius, told.told_s) == (-3.0, 10.0)
    assert AT_THE_DOOR.skin(told, 10.0, 11.0) is Skin.FROM_COLD
    assert FixedWeather(-3.0).now(1e9).at(1e9) == -3.0
    board.close()

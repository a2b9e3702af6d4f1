"""The simulated people: who comes when, and that everybody who looks sees the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Mask
from edge.sim.scenes import world_of
from edge.sim.walk_up import CYCLE_S
from edge.sim.world import SHUT_S, Actor

from .gates import simulated_gate

NEAR_PX = 0.16 * 480  # the default smallest face that is near enough
BODY_PX = 0.6 * NEAR_PX  # a face of that size is a second body
LIMIT_C = 37.3
WORLD = world_of(simulated_gate())


def height(actor: Actor) -> float:
    return actor.box[3] - actor.box[1]


def in_zone(actor: Actor) -> bool:
    return height(actor) >= BODY_PX and 64 <= (actor.box[0] + actor.box[2]) / 2 <= 576


@given(st.floats(min_value=-10, max_value=1e6))
def test_two_cameras_that_share_seed_and_epoch_see_the_same_people(t_s: float) -> None:
    other = world_of(simulated_gate())
    assert WORLD.at(t_s) == other.at(t_s)
    assert WORLD.offset_c(t_s) == other.offset_c(t_s)
    assert WORLD.ffc_age_s(t_s) == other.ffc_age_s(t_s)


def test_another_seed_brings_other_people() -> None:
    other = world_of(simulated_gate(seed=2))
    assert any(WORLD.at(t_s) != other.at(t_s) for t_s in (1.0, 10.0, 20.0, 30.0))


def longest(seen: Callable[[tuple[Actor, ...]], bool], start_s: float) -> float:
    """For how long, at the longest, `seen` held without a break within the minute from `start_s`."""
    best = run = 0
    for t_s in np.arange(start_s, start_s + 60.0, 0.1):
        run = run + 1 if seen(tuple(actor for actor in WORLD.at(t_s).actors if in_zone(actor))) else 0
        best = max(best, run)
    return best * 0.1


def alone(holds: Callable[[Actor], bool]) -> Callable[[tuple[Actor, ...]], bool]:
    return lambda actors: len(actors) == 1 and height(actors[0]) >= 2 * NEAR_PX and holds(actors[0])


CAUSES: dict[str, Callable[[tuple[Actor, ...]], bool]] = {
    "PASS": alone(lambda actor: actor.mask is Mask.WORN and 34.0 < actor.skin_c < 35.0),
    "PUT_ON_MASK": alone(lambda actor: actor.mask is Mask.ABSENT),
    "FIX_MASK": alone(lambda actor: actor.mask is Mask.WORN_WRONG),
    "RECHECK": alone(lambda actor: actor.mask is Mask.WORN and actor.core_c > LIMIT_C and actor.skin_c > 35.5),
    "CANNOT_MEASURE": alone(lambda actor: actor.mask is Mask.WORN and actor.skin_c < 31.0),
    "WAIT": lambda actors: len(actors) >= 2,
}


@pytest.mark.parametrize("cause", list(CAUSES))
@pytest.mark.parametrize("start_s", [0.0, 23.0, 61.0, 137.0])
def test_within_any_minute_every_verdict_has_its_cause_for_long_enough(cause: str, start_s: float) -> None:
    assert longest(CAUSES[cause], start_s) >= 2.4


def test_somebody_puts_a_mask_on_and_stays_the_same_person() -> None:
    seen = [(t_s, actor) for t_s in np.arange(0, CYCLE_S, 0.1) for actor in WORLD.at(t_s).actors]
    bare = {actor.appearance.person for _, actor in seen if actor.mask is Mask.ABSENT and actor.appearance}
    assert len(bare) == 1
    masks = [actor.mask for _, actor in seen if actor.appearance and actor.appearance.person in bare]
    assert Mask.WORN in masks[masks.index(Mask.ABSENT) :]


def test_people_come_from_far_stand_near_and_leave_the_picture() -> None:
    heights = [height(actor) for t_s in np.arange(5.7, 15.5, 0.05) for actor in WORLD.at(t_s).actors]
    assert heights[0] < BODY_PX
    assert 0.40 * 480 < max(heights) < 0.55 * 480
    last = next(actor for t_s in np.arange(15.5, 5.0, -0.01) for actor in WORLD.at(t_s).actors)
    assert last.box[0] > 600


def test_nobody_jumps() -> None:
    before: dict[int, Actor] = {}
    for t_s in np.arange(0, 2 * CYCLE_S, 0.04):
        now = {actor.appearance.person: actor for actor in WORLD.at(t_s).actors if actor.appearance}
        for person, actor in now.items():
            if person in before:
                step_px = np.abs(np.subtract(actor.box, before[person].box)).max()
                assert step_px < 0.3 * height(actor), (t_s, person)
        before = now


def test_the_sensor_reads_wrong_by_a_degree_and_wanders_so_that_the_reference_is_needed() -> None:
    offsets_c = [WORLD.offset_c(t_s) for t_s in np.arange(0, 400, 1.0)]
    assert -2.2 < min(offsets_c) < max(offsets_c) < -0.5
    assert max(offsets_c) - min(offsets_c) > 0.8


def test_now_and_then_the_shutter_closes_and_its_age_counts_from_there() -> None:
    times_s = np.arange(0, 400, 0.1)
    shut = [WORLD.shutting(t_s) for t_s in times_s]
    starts_s = [float(t_s) for t_s, before, now in zip(times_s[1:], shut, shut[1:], strict=False) if now and not before]
    assert len(starts_s) >= 2
    assert np.isclose(sum(shut) * 0.1 / len(starts_s), SHUT_S, atol=0.15)
    assert WORLD.ffc_age_s(starts_s[0] + 1.0) == 0.0
    assert WORLD.ffc_age_s(starts_s[0] + SHUT_S + 4.0) == pytest.approx(4.0, abs=0.1)
    step_c = WORLD.offset_c(starts_s[0] + 0.1) - WORLD.offset_c(starts_s[0] - 0.1)
    assert abs(step_c) == pytest.approx(0.72, abs=0.05)


def test_at_the_epoch_somebody_is_already_on_the_way() -> None:
    assert any(height(actor) > NEAR_PX for actor in WORLD.at(0.0).actors)

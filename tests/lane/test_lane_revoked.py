"""A PASS that was given, and what takes it away; who gets the next one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.verdicts import Mask, Reason, Verdict
from edge.lane.visit import Face
from edge.policy.reading import Reading
from edge.policy.view import Factor
from edge.policy.vote import MaskFrame
from tests.lane.scene import BESIDE, NEAR, Scene


def seen(scene: Scene, worn: float, fps: float, weight: float = 1.0, *, doubted: bool = False) -> Face:
    """The one person, at any rate of pictures."""
    scene.now_s += 1 / fps - 0.04
    base = scene.face(gap_s=1 / fps)
    limit = None if weight > 0.5 else Factor.FRONTALITY
    absent = (1.0 - worn) / 2
    return Face(1, NEAR, MaskFrame(base.mask.taken_s, absent, worn, absent, weight, limit), base.measured, base.gap_s, doubted)


def passed(fps: float = 25.0) -> Scene:
    scene = Scene()
    for _ in range(round(1.2 * fps)):
        scene.frame(seen(scene, 0.97, fps))
    assert scene.passing == "v0"
    return scene


@pytest.mark.parametrize("fps", [10.0, 25.0])
@pytest.mark.parametrize("weight", [1.0, 0.4, 0.02])
def test_a_mask_pulled_down_while_the_pass_is_valid_ends_it_within_half_a_second(fps: float, weight: float) -> None:
    scene = passed(fps)
    down_s = scene.now_s
    while scene.passing is not None and scene.now_s - down_s < 2.0:
        scene.frame(seen(scene, 0.05, fps, weight))
    assert scene.now_s - down_s <= 0.5


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([10.0, 15.0, 25.0]),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.5, 1.0])), max_size=40),
    st.lists(st.tuples(st.floats(0, 0.2), st.sampled_from([0.0, 0.1, 0.5, 1.0])), min_size=13, max_size=13),
)
def test_no_pass_survives_half_a_second_that_is_clearly_not_worn(
    fps: float, before: list[tuple[float, float]], after: list[tuple[float, float]]
) -> None:
    scene = passed(fps)
    for worn, weight in before:
        scene.frame(seen(scene, worn, fps, weight))
    for worn, weight in after[: round(0.5 * fps) + 1]:
        scene.frame(seen(scene, worn, fps, weight))
    assert scene.passing is None


def test_a_mask_put_on_again_gets_a_pass_of_its_own() -> None:
    scene = passed()
    for worn in (*[0.05] * 12, *[0.97] * 40):
        scene.frame(seen(scene, worn, 25.0))
    assert scene.passing == "v0"
    assert scene.verdicts[0] is Verdict.PASS
    assert scene.verdicts[-1] is Verdict.PASS
    assert [said.revision for said in scene.announced] == list(range(len(scene.announced)))


def test_a_face_turned_away_for_a_moment_does_not_end_the_pass() -> None:
    scene = passed()
    for _ in range(8):
        scene.frame(seen(scene, 0.6, 25.0, 0.05))
    assert scene.passing == "v0"


def test_somebody_who_may_be_somebody_else_has_no_pass() -> None:
    scene = passed()
    scene.frame(seen(scene, 0.97, 25.0, doubted=True))
    assert scene.passing is None
    for _ in range(11):
        scene.frame(seen(scene, 0.97, 25.0))
    assert scene.passing is None  # what was known before does not speak for them
    for _ in range(6):
        scene.frame(seen(scene, 0.97, 25.0))
    assert scene.passing == "v0"


def test_a_gap_in_the_track_ends_a_pass_that_was_given() -> None:
    scene = passed()
    scene.now_s += 0.4
    scene.frame(scene.face(gap_s=0.44))
    assert scene.passing is None


def test_who_walks_through_takes_the_pass_along_out_of_view() -> None:
    scene = passed().empty(25)
    assert scene.passing == "v0"


def test_two_together_are_never_passed_and_each_passes_when_the_other_has_gone() -> None:
    scene = Scene()
    for _ in range(40):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE))
    assert scene.verdicts == []
    scene.person(frames=40)
    assert scene.passing == "v0"
    scene.empty(30).person(track=2, box=BESIDE, frames=40)
    assert scene.passing == scene.announced[-1].visit != "v0"


def test_who_was_interrupted_by_somebody_passes_when_alone_again() -> None:
    scene = passed()
    for _ in range(15):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE))
    assert scene.passing is None
    scene.person(frames=20)
    assert scene.passing == "v0"
    assert [said.decision.verdict for said in scene.announced if said.visit == "v0"] == [Verdict.PASS, Verdict.PASS]


def test_a_second_body_still_too_small_to_be_judged_ends_the_pass_too() -> None:
    scene = passed()
    small = (100.0, 150.0, 150.0, 215.0)
    for _ in range(6):
        scene.frame(scene.face(), scene.face(track=2, box=small))
    assert scene.passing is None
    gone = passed().empty(8)
    for _ in range(6):
        gone.frame(gone.face(track=2, box=small))
    assert gone.passing is None  # a follower does not go through on the pass of somebody out of view


@pytest.mark.parametrize(("limit", "reason"), [(Factor.FRONTALITY, Reason.LOOK_HERE), (Factor.SHARPNESS, Reason.HOLD_STILL)])
def test_a_poor_view_is_told_by_its_cause(limit: Factor, reason: Reason) -> None:
    scene = Scene()
    for _ in range(20):
        face = scene.face()
        assert isinstance(face.measured, Reading)
        scene.frame(Face(1, NEAR, MaskFrame(face.mask.taken_s, 0.1, 0.8, 0.1, 0.05, limit), face.measured, face.gap_s))
    decision = scene.steps[-1].screen.decision
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.WAIT, reason)


def test_something_before_the_mouth_that_is_no_mask_is_asked_away() -> None:
    scene = Scene().person(Mask.UNSURE, frames=20)
    decision = scene.steps[-1].screen.decision
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.WAIT, Reason.FACE_COVERED)

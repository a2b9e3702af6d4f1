"""People before the gate, one sentence each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.verdicts import Mask, Reason, Verdict
from tests.lane.scene import BESIDE, FAR, Scene


def test_a_masked_visitor_passes_within_a_second() -> None:
    scene = Scene().person(frames=25)
    assert scene.verdicts == [Verdict.PASS]
    assert scene.announced[0].decided_s - scene.announced[0].first_s <= 1.0


def test_a_person_who_lingers_is_counted_once() -> None:
    assert Scene().person(frames=90).verdicts == [Verdict.PASS]


def test_a_person_still_there_when_the_pass_is_over_is_judged_anew() -> None:
    scene = Scene().person(frames=110)
    assert scene.verdicts == [Verdict.PASS, Verdict.PASS]
    assert [(said.visit, said.revision) for said in scene.announced] == [("v0", 0), ("v0", 1)]


@pytest.mark.parametrize(
    ("mask", "core_c", "verdict"),
    [
        (Mask.ABSENT, 36.5, Verdict.PUT_ON_MASK),
        (Mask.WORN_WRONG, 36.5, Verdict.FIX_MASK),
        (Mask.WORN, 38.0, Verdict.RECHECK),
        (Mask.ABSENT, 38.0, Verdict.RECHECK),
    ],
)
def test_each_is_told_what_to_do(mask: Mask, core_c: float, verdict: Verdict) -> None:
    scene = Scene().person(mask, core_c)
    assert scene.verdicts == [verdict]
    assert scene.passing is None


def test_a_visitor_who_puts_the_mask_on_passes_with_the_next_revision() -> None:
    """G5: no mask, then the mask in the same visit: the next revision, judged again, PASS."""
    scene = Scene().person(Mask.ABSENT).person(Mask.WORN)
    assert [(said.visit, said.revision, said.decision.verdict) for said in scene.announced] == [
        ("v0", 0, Verdict.PUT_ON_MASK),
        ("v0", 1, Verdict.PASS),
    ]


def test_a_mask_pulled_down_after_the_verdict_ends_the_pass() -> None:
    scene = Scene().person(frames=20)
    assert scene.passing == "v0"
    scene.person(Mask.WORN_WRONG, frames=30)
    assert scene.passing is None
    assert scene.verdicts == [Verdict.PASS, Verdict.FIX_MASK]


def test_a_warm_visitor_stays_in_recheck_whatever_comes_after() -> None:
    scene = Scene().person(core_c=38.0).person(core_c=36.4, frames=120)
    assert scene.verdicts == [Verdict.RECHECK]
    assert scene.passing is None


def test_a_second_body_ends_the_pass_at_once() -> None:
    scene = Scene().person(frames=20)
    for _ in range(6):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE))
    assert scene.passing is None
    assert scene.steps[-1].screen.decision is not None
    assert scene.steps[-1].screen.decision.reason is Reason.ONE_AT_A_TIME


def test_the_next_visitor_does_not_pass_on_the_pass_of_the_one_before() -> None:
    scene = Scene().person(frames=20)
    assert scene.passing == "v0"
    scene.person(Mask.ABSENT, track=2, frames=5)
    assert scene.passing is None


def test_two_together_wait_and_nobody_passes() -> None:
    scene = Scene()
    for _ in range(60):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE))
    assert scene.verdicts == []
    assert scene.passing is None


def test_somebody_far_away_is_asked_to_come_closer_and_is_no_visit() -> None:
    scene = Scene().person(box=FAR, frames=30)
    assert scene.steps[-1].screen.decision is not None
    assert scene.steps[-1].screen.decision.reason is Reason.APPROACH
    assert scene.empty().verdicts == []


def test_somebody_who_leaves_undecided_is_in_the_ledger_once() -> None:
    scene = Scene().person(Mask.UNSURE, frames=20).empty()
    assert scene.verdicts == [Verdict.WAIT]
    assert scene.announced[0].revision == 0


def test_a_poster_on_the_wall_cannot_be_measured() -> None:
    scene = Scene().person(why=Reason.NO_WARM_FACE)
    assert scene.verdicts == [Verdict.CANNOT_MEASURE]


def test_a_poster_beside_a_visitor_does_not_keep_the_visitor_waiting() -> None:
    scene = Scene()
    for _ in range(40):
        scene.frame(scene.face(), scene.face(Mask.ABSENT, track=2, box=BESIDE, why=Reason.NO_WARM_FACE))
    assert scene.passing is not None
    assert scene.empty().verdicts == [Verdict.PASS]  # and the poster is nobody's visit


def test_a_second_person_who_was_measured_once_stays_a_person() -> None:
    scene = Scene()
    scene.frame(scene.face(), scene.face(track=2, box=BESIDE))
    for _ in range(40):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE, why=Reason.NO_WARM_FACE))
    assert scene.passing is None
    assert Verdict.PASS not in scene.verdicts


def test_a_person_from_the_cold_is_no_picture_whatever_was_said_before() -> None:
    scene = Scene().person(Mask.UNSURE, frames=4, why=Reason.NO_WARM_FACE).person(Mask.UNSURE, frames=10, why=Reason.COLD_SKIN)
    assert scene.empty().verdicts == [Verdict.WAIT]


def test_a_second_person_who_cannot_be_measured_is_still_a_second_person() -> None:
    scene = Scene()
    for _ in range(40):
        scene.frame(scene.face(), scene.face(track=2, box=BESIDE, why=Reason.COLD_SKIN))
    assert scene.passing is None


def test_the_shutter_event_makes_everybody_wait_and_no_reading_survives_it() -> None:
    scene = Scene().person(frames=10).person(why=Reason.FFC, frames=50)
    assert Verdict.PASS not in scene.verdicts
    scene.person(frames=30)
    assert scene.verdicts == [Verdict.PASS]


def test_a_lost_camera_sends_everybody_to_the_staffed_lane() -> None:
    scene = Scene().person(frames=20)
    scene.frame(fault=Reason.COLOUR_LOST)
    assert scene.passing is None
    assert scene.steps[-1].screen.decision is not None
    assert scene.steps[-1].screen.decision.verdict is Verdict.CANNOT_MEASURE


def test_a_gap_in_the_track_starts_the_evidence_anew() -> None:
    scene = Scene().person(frames=12)
    scene.frame(scene.face(gap_s=0.4))
    assert scene.passing is None
    scene.person(frames=10)
    assert scene.passing is None
    scene.person(frames=10)
    assert scene.passing == "v0"


def test_the_last_verdict_lingers_for_a_moment_and_the_screen_goes_idle() -> None:
    scene = Scene().person(core_c=38.0, frames=30).empty(100)
    assert scene.screens == [None, Verdict.WAIT, Verdict.RECHECK, None]


def test_an_instruction_does_not_flicker_while_frames_are_few() -> None:
    scene = Scene().person(Mask.ABSENT, frames=30)
    scene.now_s += 0.55
    scene.frame(scene.face(Mask.ABSENT, gap_s=0.55))
    scene.person(Mask.ABSENT, frames=10)
    assert scene.screens == [None, Verdict.WAIT, Verdict.PUT_ON_MASK]


MOMENTS = st.lists(
    st.tuples(
        st.sampled_from(Mask),
        st.sampled_from([36.5, 37.3, 38.5, float("nan")]),
        st.sampled_from([None, *Reason]),
        st.integers(1, 20),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(MOMENTS)
def test_nobody_passes_without_frames_that_speak_for_a_mask_and_three_good_readings(
    moments: list[tuple[Mask, float, Reason | None, int]],
) -> None:
    """Frames in doubt lean the vote neither way: three that show a mask decide it, and what it said holds through doubt."""
    scene = Scene()
    recent: list[tuple[Mask, float, Reason | None]] = []
    for mask, core_c, why, frames in moments:
        for _ in range(frames):
            recent.append((mask, core_c, why))
            step = scene.frame(scene.face(mask, core_c, why=why))
            if any(said.decision.verdict is Verdict.PASS for said in step.announced):
                against = sum(1 for seen in recent[-30:] if seen[0] in {Mask.ABSENT, Mask.WORN_WRONG})
                assert sum(1 for seen in recent if seen[0] is Mask.WORN) >= 3
                assert len(recent[-30:]) - against >= max(5, against // 2)
                assert sum(1 for seen in recent[-60:] if seen[2] is None and seen[1] < 37.3) >= 3


@settings(max_examples=60, deadline=None)
@given(MOMENTS)
def test_revisions_of_a_visit_count_up_from_zero_without_a_hole(moments: list[tuple[Mask, float, Reason | None, int]]) -> None:
    scene = Scene()
    for mask, core_c, why, frames in moments:
        scene.person(mask, core_c, frames, why=why)
    scene.empty(40)
    assert [said.revision for said in scene.announced] == list(range(len(scene.announced)))
    picture = any(why is Reason.NO_WARM_FACE for *_, why, _ in moments)
    assert scene.announced or picture or not any(frames >= 5 for *_, frames in moments)

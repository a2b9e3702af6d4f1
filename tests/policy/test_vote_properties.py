"""What holds of every vote, whatever was seen: order, flicker, and that nothing keeps `worn` alive but seeing it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Mask
from edge.policy.view import Factor
from edge.policy.vote import COUNTED, MaskFrame, vote

LIMIT = 0.6
SHARE = st.floats(0, 1)
WEIGHT = st.sampled_from([0.0, 0.05, 0.2, 0.6, 1.0])


def frame(
    taken_s: float, worn: float, weight: float = 1.0, absent: float | None = None, limit: Factor | None = None
) -> MaskFrame:
    absent = (1.0 - worn) if absent is None else absent
    return MaskFrame(taken_s, absent, worn, 1.0 - worn - absent, weight, limit)


FRAMES = st.lists(st.builds(frame, st.integers(0, 30).map(lambda tick: tick / 25), SHARE, WEIGHT), max_size=30)


@given(FRAMES, st.sampled_from(Mask), st.randoms())
def test_the_order_of_the_frames_never_matters(frames: list[MaskFrame], held: Mask, random: object) -> None:
    shuffled = list(frames)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert vote(shuffled, LIMIT, 1.2, held) == vote(frames, LIMIT, 1.2, held)


@given(FRAMES, st.sampled_from(Mask), st.sampled_from([10.0, 25.0]), SHARE.map(lambda share: 0.25 * share), WEIGHT)
def test_half_a_second_without_a_mask_is_never_worn(
    before: list[MaskFrame], held: Mask, fps: float, worn: float, weight: float
) -> None:
    after = [frame(1.24 + tick / fps, worn, weight) for tick in range(round(0.5 * fps))]
    assert vote([*before, *after], LIMIT, after[-1].taken_s, held).mask is not Mask.WORN


@given(FRAMES, st.sampled_from(Mask))
def test_without_a_countable_frame_nothing_is_worn_whatever_was_said_before(frames: list[MaskFrame], held: Mask) -> None:
    poor = [one for one in frames if one.weight < COUNTED]
    assert vote(poor, LIMIT, 1.2, held).mask is Mask.UNSURE
    assert vote(poor, LIMIT, 1.2, held).frames == 0


@given(FRAMES)
def test_worn_that_was_not_said_before_needs_the_whole_limit(frames: list[MaskFrame]) -> None:
    good = [one for one in frames if one.weight >= COUNTED]
    if vote(frames, LIMIT, 1.2).mask is Mask.WORN:
        assert sum(one.weight * one.worn for one in good) / sum(one.weight for one in good) >= LIMIT - 1e-9


@pytest.mark.parametrize("fps", [10.0, 25.0])
@pytest.mark.parametrize("held", [Mask.WORN, Mask.ABSENT])
def test_an_answer_near_the_limit_does_not_flicker(fps: float, held: Mask) -> None:
    sure = 0.95 if held is Mask.WORN else 0.05
    frames = [frame(tick / fps, sure) for tick in range(round(fps))]
    frames += [frame(1.0 + tick / fps, 0.52 + 0.06 * (tick % 2) if held is Mask.WORN else 0.45) for tick in range(round(3 * fps))]
    said, answers = Mask.UNSURE, []
    for count in range(round(0.5 * fps), len(frames)):
        said = vote(frames[: count + 1], LIMIT, frames[count].taken_s, said).mask
        answers.append(said)
    assert sum(one is not other for one, other in pairwise(answers)) == 0


@pytest.mark.parametrize("fps", [10.0, 15.0, 25.0])
@pytest.mark.parametrize("weight", [1.0, 0.3, 0.05])
def test_a_mask_pulled_down_is_seen_within_half_a_second_also_in_a_poor_view(fps: float, weight: float) -> None:
    frames = [frame(tick / fps, 0.97) for tick in range(round(2 * fps))]
    said, down_s = Mask.WORN, len(frames) / fps
    for tick in range(round(fps)):
        frames.append(frame(down_s + tick / fps, 0.1, weight, absent=0.1))
        said = vote(frames, LIMIT, frames[-1].taken_s, said).mask
        if said is not Mask.WORN:
            break
    assert frames[-1].taken_s - down_s <= 0.45


def test_one_odd_frame_does_not_end_what_holds() -> None:
    frames = [frame(tick / 10, 0.95) for tick in range(12)]
    frames.append(frame(1.2, 0.05))
    assert vote(frames, LIMIT, 1.2, Mask.WORN).mask is Mask.WORN


def test_absent_and_worn_wrong_do_not_take_turns() -> None:
    frames = [MaskFrame(tick / 25, 0.47, 0.02, 0.51, 1.0) for tick in range(20)]
    assert vote(frames, LIMIT, 0.8, Mask.ABSENT).mask is Mask.ABSENT
    assert vote(frames, LIMIT, 0.8, Mask.UNSURE).mask is Mask.WORN_WRONG


def test_what_limits_most_of_the_frames_is_known() -> None:
    aside = [frame(tick / 25, 0.5, 0.05, limit=Factor.FRONTALITY) for tick in range(12)]
    good = [frame(tick / 25, 0.5) for tick in range(5)]
    answer = vote([*aside, *good], LIMIT, 0.5)
    assert (answer.limit, answer.poor, answer.frames) == (Factor.FRONTALITY, 12, 5)
    assert vote(good, LIMIT, 0.5).limit is None

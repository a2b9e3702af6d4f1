"""Many frames, one answer about the mask."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Mask
from edge.policy.vote import NO_VOTE, MaskFrame, vote


def frame(taken_s: float, absent: float, worn: float, weight: float = 1.0) -> MaskFrame:
    return MaskFrame(taken_s, absent, worn, 1.0 - absent - worn, weight)


def test_without_a_frame_nothing_is_known() -> None:
    assert vote([], 0.6, 10.0) == NO_VOTE


def test_one_frame_of_doubt_does_not_undo_a_mask() -> None:
    frames = [frame(10 + i * 0.04, 0.02, 0.95) for i in range(12)]
    frames[5] = frame(10.2, 0.9, 0.05)
    assert vote(frames, 0.6, 10.5).mask is Mask.WORN


def test_a_mask_pulled_down_is_seen_within_a_second() -> None:
    worn = [frame(i * 0.04, 0.01, 0.98) for i in range(25)]
    down = [frame(1.0 + i * 0.04, 0.05, 0.02) for i in range(25)]
    assert vote([*worn, *down], 0.6, 2.0).mask is not Mask.WORN


def test_a_blurred_frame_counts_less() -> None:
    frames = [frame(1.0, 0.0, 0.9, 1.0), frame(1.1, 0.95, 0.05, 0.1)]
    assert vote(frames, 0.6, 1.2).mask is Mask.WORN


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_worn_is_said_only_above_the_site_s_share(raw: list[tuple[float, float, float]]) -> None:
    frames = [MaskFrame(1.0, a, w, x, 1.0) for a, w, x in raw]
    worn = sum(f.worn for f in frames) / len(frames)
    assert (vote(frames, 0.6, 1.0).mask is Mask.WORN) == (worn >= 0.6)


@given(st.floats(allow_nan=True))
def test_frames_without_weight_say_nothing(worn: float) -> None:
    assert vote([MaskFrame(1.0, 0.0, worn, 0.0, 0.0)], 0.6, 1.0).mask is Mask.UNSURE

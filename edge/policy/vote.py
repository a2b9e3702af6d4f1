"""Many frames, one answer about the mask. A single frame is never believed; doubt is an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contract.verdicts import Mask

WINDOW_S: Final = 1.2
"""Older frames no longer count."""


@dataclass(frozen=True, slots=True)
class MaskFrame:
    """What the network said of one face in one picture.

    Attributes:
        taken_s: monotonic time of the picture.
        absent, worn, worn_wrong: probabilities, summing to one.
        weight: quality of the view, 0 to 1.
    """

    taken_s: float
    absent: float
    worn: float
    worn_wrong: float
    weight: float


@dataclass(frozen=True, slots=True)
class MaskVote:
    """The answer of the frames of the last WINDOW_S seconds.

    Attributes:
        mask: UNSURE while the frames do not agree clearly enough.
        frames: how many counted.
        span_s: from the first to the newest of them.
        newest_s: monotonic time of the newest; minus infinity where there is none.
    """

    mask: Mask
    frames: int
    span_s: float
    newest_s: float


NO_VOTE: Final = MaskVote(Mask.UNSURE, 0, 0.0, float("-inf"))


def vote(frames: Sequence[MaskFrame], worn_probability: float, now_s: float) -> MaskVote:
    """Weigh the frames. `worn` needs at least `worn_probability` of the mean; the others need a plain majority over it.

    The limit stands on the side of `worn` because calling an unmasked person masked is the worst mistake, while absent
    taken for worn_wrong only changes the words on the screen.
    """
    counted = [frame for frame in frames if now_s - frame.taken_s <= WINDOW_S]
    total = sum(frame.weight for frame in counted)
    if not counted or not total > 0:
        return NO_VOTE
    worn = sum(frame.weight * frame.worn for frame in counted) / total
    absent = sum(frame.weight * frame.absent for frame in counted) / total
    wrong = sum(frame.weight * frame.worn_wrong for frame in counted) / total
    newest_s = max(frame.taken_s for frame in counted)
    span_s = newest_s - min(frame.taken_s for frame in counted)
    return MaskVote(answer(absent, worn, wrong, worn_probability), len(counted), span_s, newest_s)


def answer(absent: float, worn: float, wrong: float, worn_probability: float) -> Mask:
    """The state three probabilities stand for; UNSURE where neither `worn` nor its two opposites together reach the limit."""
    if worn >= worn_probability:
        return Mask.WORN
    if absent + wrong > worn_probability:
        return Mask.ABSENT if absent >= wrong else Mask.WORN_WRONG
    return Mask.UNSURE

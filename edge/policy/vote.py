"""Many frames, one answer about the mask. A single frame is never believed; doubt is an answer of its own.

Two windows look at the same frames. The long one weighs each by the quality of its view and gives the answer; what was answered
before holds until the evidence against it passes a second limit (KEEP), so that nothing flickers around a threshold. The short
one can only take `worn` away: a mask pulled down is seen within half a second at 10 pictures a second. It is not fair on
purpose: to speak for `worn` a frame needs a good view, to speak against it a poor one is enough. Without frames there is no
answer, and no answer is ever `worn`.

The mean is one of probabilities, weighted. Of 239 faces on photographs the network had not learnt, each seen six times with
shifts, turns, blur and other light, with the limit set so that 95 % of the worn are called worn, this called none of the 101
others worn; the unweighted mean and the mean of log-odds, weighted or not, each 1.4 % of the absent and 3.4 % of the worn
wrong; a single frame 2.8 % and 3.4 %. At 90 % all of them but the single frame called none. That is one or two faces: it says
that log-odds bring nothing, not how often somebody passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from operator import mul
from typing import Final

from contract.verdicts import Mask
from edge.policy.view import Factor

WINDOW_S: Final = 1.2
"""Older frames no longer count."""

NEWEST_S: Final = 0.3
"""The short window, and at least NEWEST frames."""

NEWEST: Final = 3
COUNTED: Final = 0.15
"""A frame of less weight is no frame of the vote."""

AGAINST: Final = 0.5
"""What a frame that does not show `worn` weighs at least in the short window."""

KEEP: Final = 0.15
"""So far below its limit an answer holds that was given before."""

_CERTAIN: Final = 1.0 + 1e-6
"""No mean of probabilities is larger (they are single precision); one that is says nothing."""


@dataclass(frozen=True, slots=True)
class MaskFrame:
    """What the network said of one face in one picture.

    Attributes:
        taken_s: monotonic time of the picture.
        absent, worn, worn_wrong: probabilities, summing to one.
        weight: quality of the view, 0 to 1.
        limit: what made the view poor; None where nothing did.
    """

    taken_s: float
    absent: float
    worn: float
    worn_wrong: float
    weight: float
    limit: Factor | None = None


@dataclass(frozen=True, slots=True)
class MaskVote:
    """The answer of the frames of the last WINDOW_S seconds.

    Attributes:
        mask: UNSURE while the frames do not agree clearly enough.
        frames: how many counted.
        span_s: from the first to the newest of them.
        newest_s: monotonic time of the newest; minus infinity where there is none.
        poor: how many were there but did not count.
        limit: what limited the view in most of all these frames; None where the view was good.
    """

    mask: Mask
    frames: int
    span_s: float
    newest_s: float
    poor: int = 0
    limit: Factor | None = None


NO_VOTE: Final = MaskVote(Mask.UNSURE, 0, 0.0, float("-inf"))


def vote(frames: Sequence[MaskFrame], worn_probability: float, now_s: float, held: Mask = Mask.UNSURE) -> MaskVote:
    """Weigh the frames. `worn` needs at least `worn_probability` of the mean; the others need a plain majority over it.

    The limit stands on the side of `worn` because calling an unmasked person masked is the worst mistake, while absent
    taken for worn_wrong only changes the words on the screen. `held` is what was answered of the same person before. The order
    of the frames does not matter.
    """
    recent = [frame for frame in frames if now_s - frame.taken_s <= WINDOW_S]
    if not recent:
        return NO_VOTE
    counted = [frame for frame in recent if frame.weight >= COUNTED]
    limit = _limit(recent)
    if not counted:
        return MaskVote(Mask.UNSURE, 0, 0.0, float("-inf"), len(recent), limit)
    times_s = [frame.taken_s for frame in counted]
    newest_s = max(times_s)
    needed = worn_probability - (KEEP if held is Mask.WORN else 0.0)
    weights = [frame.weight for frame in counted]
    if needed <= _worn(counted, weights) <= _CERTAIN:
        mask = _still_worn(recent, worn_probability, needed)
    else:
        mask = _kept(*_shares(counted, weights), worn_probability, held)
    return MaskVote(mask, len(counted), newest_s - min(times_s), newest_s, len(recent) - len(counted), limit)


def _worn(frames: Sequence[MaskFrame], weights: list[float]) -> float:
    """The weighted mean of worn; exactly rounded sums, so that order does not matter."""
    return fsum(map(mul, weights, [frame.worn for frame in frames])) / fsum(weights)


def _shares(frames: Sequence[MaskFrame], weights: list[float]) -> tuple[float, float, float]:
    """The weighted means of absent, worn, worn_wrong."""
    total = fsum(weights)
    return (
        fsum(map(mul, weights, [frame.absent for frame in frames])) / total,
        _worn(frames, weights),
        fsum(map(mul, weights, [frame.worn_wrong for frame in frames])) / total,
    )


def _kept(absent: float, worn: float, wrong: float, worn_probability: float, held: Mask) -> Mask:
    """The answer, or the one given before where the evidence against it is not clear. Never WORN: that was looked at before."""
    plain = answer(absent, worn, wrong, worn_probability)
    match held:
        case Mask.ABSENT | Mask.WORN_WRONG if absent + wrong > worn_probability - KEEP:
            this, other = (absent, wrong) if held is Mask.ABSENT else (wrong, absent)
            return held if this >= other - KEEP else plain
        case Mask.ABSENT | Mask.WORN_WRONG | Mask.WORN | Mask.UNSURE:
            return plain


def _still_worn(recent: Sequence[MaskFrame], worn_probability: float, needed: float) -> Mask:
    """WORN if the newest frames, good or poor, say so too; else what they say."""
    times_s = sorted([frame.taken_s for frame in recent])
    since_s = min(times_s[-1] - NEWEST_S, times_s[-min(NEWEST, len(times_s))])
    newest = [frame for frame in recent if frame.taken_s >= since_s]
    weights = [frame.weight if frame.worn >= worn_probability else max(frame.weight, AGAINST) for frame in newest]
    if not fsum(weights) > 0.0:
        return Mask.UNSURE
    if needed <= _worn(newest, weights) <= _CERTAIN:
        return Mask.WORN
    now = answer(*_shares(newest, weights), worn_probability)
    return Mask.UNSURE if now is Mask.WORN else now


def _limit(frames: Sequence[MaskFrame]) -> Factor | None:
    """What limits most of the frames; nothing where most are good."""
    limits = [frame.limit for frame in frames if frame.limit is not None]
    if 2 * len(limits) <= len(frames):
        return None
    return max(Factor, key=limits.count)


def answer(absent: float, worn: float, wrong: float, worn_probability: float) -> Mask:
    """The state three probabilities stand for; UNSURE where neither `worn` nor its two opposites together reach the limit."""
    if worn_probability <= worn <= _CERTAIN:
        return Mask.WORN
    if absent + wrong > worn_probability:
        return Mask.ABSENT if absent >= wrong else Mask.WORN_WRONG
    return Mask.UNSURE

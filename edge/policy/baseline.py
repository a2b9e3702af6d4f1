"""The guarded adaptive baseline: how far this site's usual visitor lies from what is usual, learnt slowly and within limits.

Screening stations that compare a visitor with the last few are easily poisoned: the first person is always well, a feverish
crowd becomes the norm, a cold morning makes noon feverish. The guards, each with a test:

| guard | against |
| --- | --- |
| it starts from the site's prior (`SkinToCore`) and moves once `fewest` unflagged visitors are known | the first person |
| people flagged high are not learnt from | one fever |
| in a flagged crowd it does not move up; what was learnt downwards goes back to the prior | a feverish crowd |
| at most `drift_c_per_h`, and no time is saved up in an empty hall | a sudden change |
| at most `reach_c` from the prior, ever | many small steps |
| after FORGET_S without a visitor it starts from the prior again | yesterday |

One of these belongs to one camera and one region.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf, isfinite
from statistics import median
from typing import Final

FORGET_S: Final = 4 * 3600.0
LONGEST_STEP_S: Final = 600.0
"""The time between two visitors counts up to so long."""

CROWD: Final = 10
CROWD_FLAGGED: Final = 2
"""More than so many flagged among the last CROWD visitors make a flagged crowd."""


@dataclass(frozen=True, slots=True)
class BaselineLimits:
    """What the site allows.

    Attributes:
        usual_core_c: core-equivalent of the usual visitor. 36.9 is the mean of 909 people without fever, mouth.
        fewest: unflagged visitors needed before anything is learnt.
        window: visitors the median is taken of.
        drift_c_per_h: fastest the baseline moves.
        reach_c: farthest it goes from the site's prior.
    """

    usual_core_c: float = 36.9
    fewest: int = 10
    window: int = 40
    drift_c_per_h: float = 0.3
    reach_c: float = 0.5


@dataclass(frozen=True, slots=True)
class Baseline:
    """What has been learnt.

    Attributes:
        shift_c: the usual visitor reads so much above `usual_core_c`; taken off core_c.
        seen_s: monotonic time of the newest visitor.
        visitors: (how far above `usual_core_c` by the prior alone, flagged), oldest first.
    """

    shift_c: float = 0.0
    seen_s: float = -inf
    visitors: tuple[tuple[float, bool], ...] = ()


def learn(known: Baseline, prior_core_c: float, flagged: bool, now_s: float, limits: BaselineLimits) -> Baseline:
    """Take one visitor in.

    Args:
        known: what was learnt before.
        prior_core_c: the visitor's core-equivalent by the site's prior alone, without any shift. Not a number: nothing is learnt.
        flagged: whether the visitor was sent to the recheck area.
        now_s: monotonic time.
        limits: of this site.
    """
    if not (isfinite(prior_core_c) and isfinite(now_s)):
        return known
    if now_s - known.seen_s > FORGET_S:
        return Baseline(0.0, now_s, ((prior_core_c - limits.usual_core_c, flagged),))
    visitors = (*known.visitors, (prior_core_c - limits.usual_core_c, flagged))[-limits.window :]
    passed_s = min(max(0.0, now_s - known.seen_s), LONGEST_STEP_S)
    most_c = limits.drift_c_per_h * passed_s / 3600.0
    wanted_c = _wanted(visitors, known.shift_c, limits)
    shift_c = known.shift_c + _within(wanted_c - known.shift_c, most_c)
    return replace(known, shift_c=_within(shift_c, limits.reach_c), seen_s=max(now_s, known.seen_s), visitors=visitors)


def _wanted(visitors: tuple[tuple[float, bool], ...], shift_c: float, limits: BaselineLimits) -> float:
    """Where the baseline would go if nothing held it."""
    if sum(flagged for _, flagged in visitors[-CROWD:]) > CROWD_FLAGGED:
        return 0.0 if shift_c < 0.0 else min(shift_c, max(0.0, _usual(visitors, limits)))
    return _usual(visitors, limits)


def _usual(visitors: tuple[tuple[float, bool], ...], limits: BaselineLimits) -> float:
    """The median of the unflagged; the prior where they are too few."""
    unflagged = [above_c for above_c, flagged in visitors if not flagged]
    return median(unflagged) if len(unflagged) >= limits.fewest else 0.0


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))

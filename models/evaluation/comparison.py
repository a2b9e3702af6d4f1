"""Ours beside a peer at an equal share of worn faces called worn: who lets fewer people through wrongly?

At its own score a peer may let almost nobody pass wrongly because it lets few pass at all. So our threshold is moved until as
many worn faces pass as with the peer, and then the wrong passes are counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.evaluation.answers import Faces, answers, confusion, rate, unsure_share


@dataclass(frozen=True, slots=True)
class Passes:
    """Shares of the faces of a state that are called worn, and of all faces that are left unsure."""

    worn_called_worn: float
    absent_called_worn: float
    worn_wrong_called_worn: float
    unsure_share: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One peer.

    Attributes:
        peer: its name.
        theirs: by its likeliest state.
        ours: at `worn_probability`; None where ours never calls as many worn faces worn.
        worn_probability: our threshold that gives at least their share.
    """

    peer: str
    theirs: Passes
    ours: Passes | None
    worn_probability: float | None

    @property
    def fewer_wrong_passes(self) -> bool:
        """Whether ours makes fewer of each mistake that opens a barrier."""
        return (
            self.ours is not None
            and self.ours.absent_called_worn < self.theirs.absent_called_worn
            and self.ours.worn_wrong_called_worn < self.theirs.worn_wrong_called_worn
        )


def passes(faces: Faces, worn_probability: float | None) -> Passes:
    """What was called worn; None takes the likeliest state."""
    table = confusion(faces, answers(faces, worn_probability))
    worn, absent, wrong = (rate(table, truth, "worn") for truth in ("worn", "absent", "worn_wrong"))
    return Passes(worn, absent, wrong, unsure_share(table))


def compare(name: str, peer: Faces, ours: Faces) -> Comparison:
    """Both over the same pictures."""
    theirs = passes(peer, None)
    threshold = threshold_for(ours, theirs.worn_called_worn)
    return Comparison(name, theirs, None if threshold is None else passes(ours, threshold), threshold)


def threshold_for(faces: Faces, worn_called_worn: float) -> float | None:
    """The largest `worn_probability` at which at least this share of the worn faces is called worn; None if there is none."""
    worn = faces.of("worn")
    reached = np.sort(faces.mask[worn & faces.found, 1])[::-1]
    if math.isnan(worn_called_worn):
        return None
    needed = math.ceil(round(worn_called_worn * worn.sum(), 6))
    if needed == 0:
        return 1.0
    return float(reached[needed - 1]) if needed <= len(reached) else None

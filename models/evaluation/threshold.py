"""Which `worn_probability` to ship: the cheapest mistakes, within what people will put up with.

Chosen on pictures set aside for it, never on those the network is judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.evaluation.answers import Faces, answers, confusion, rate, unsure_share
from models.evaluation.errors import ChoiceError
from models.evaluation.labels import STATES, Labels

GRID: Final = tuple(round(0.34 + 0.01 * step, 2) for step in range(65))
"""0.34 to 0.98: below a third the likeliest state would lose, at 1 nobody passes."""
KEPT_FOR_JUDGING: Final = "eval"


@dataclass(frozen=True, slots=True)
class Costs:
    """What one answer for one face costs. Labelled defaults, in units of a masked person sent to put on a mask.

    Attributes:
        absent_as_worn: an unmasked person let through as masked: the worst.
        worn_wrong_as_worn: a mask under the nose let through.
        worn_refused: a well worn mask called absent or worn_wrong.
        unsure: one more second in front of the camera.
    """

    absent_as_worn: float = 20.0
    worn_wrong_as_worn: float = 5.0
    worn_refused: float = 1.0
    unsure: float = 0.3

    def table(self) -> NDArray[np.float64]:
        """By true state (rows) and answer (columns, CALLED): (3, 5). Absent for worn_wrong costs nothing: both refuse."""
        return np.array(
            [
                [0.0, self.absent_as_worn, 0.0, self.unsure, 0.0],
                [self.worn_refused, 0.0, self.worn_refused, self.unsure, 0.0],
                [0.0, self.worn_wrong_as_worn, 0.0, self.unsure, 0.0],
            ]
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What a threshold may not go beyond, however cheap: labelled defaults."""

    most_unsure: float = 0.10
    least_worn_called_worn: float = 0.85


@dataclass(frozen=True, slots=True)
class Point:
    """All rates at one threshold.

    Attributes:
        worn_probability: the threshold.
        cost: mean cost of a face, the three states counted alike, whatever the set holds of each.
        allowed: whether it keeps the limits.
    """

    worn_probability: float
    absent_called_worn: float
    worn_wrong_called_worn: float
    worn_called_worn: float
    unsure_share: float
    cost: float
    allowed: bool


DEFAULT_COSTS: Final = Costs()
DEFAULT_LIMITS: Final = Limits()


def point(faces: Faces, worn_probability: float, costs: Costs = DEFAULT_COSTS, limits: Limits = DEFAULT_LIMITS) -> Point:
    """The rates of the gate's own rule at one threshold."""
    table = confusion(faces, answers(faces, worn_probability))
    passed, unsure = rate(table, "worn", "worn"), unsure_share(table)
    present = table.sum(1) > 0
    each = (table * costs.table()).sum(1)[present] / table.sum(1)[present]
    return Point(
        worn_probability,
        rate(table, "absent", "worn"),
        rate(table, "worn_wrong", "worn"),
        passed,
        unsure,
        float(each.mean()) if present.any() else float("nan"),
        bool(unsure <= limits.most_unsure and passed >= limits.least_worn_called_worn),
    )


def curve(faces: Faces, costs: Costs = DEFAULT_COSTS, limits: Limits = DEFAULT_LIMITS) -> list[Point]:
    """The rates over GRID."""
    return [point(faces, worn_probability, costs, limits) for worn_probability in GRID]


def choose(points: Sequence[Point]) -> Point:
    """The cheapest of the allowed; of equally cheap ones the strictest.

    Raises:
        ChoiceError: none is allowed.
    """
    allowed = [one for one in points if one.allowed]
    if not allowed:
        best = max(points, key=lambda one: one.worn_called_worn)
        what = (
            f"no threshold keeps the limits: at {best.worn_probability} {best.worn_called_worn:.1%} of the worn faces "
            f"are called worn and {best.unsure_share:.1%} of the faces are unsure"
        )
        raise ChoiceError(what, remedy="Train a better network, or accept other limits (--least-worn, --most-unsure)")
    return min(allowed, key=lambda one: (round(one.cost, 9), -one.worn_probability))


def refuse_judged_pictures(labels: Sequence[Labels]) -> None:
    """Raises ChoiceError where a picture is kept for judging (`use` is eval), or a state is not there to choose by."""
    kept = [one for one in labels if one.kept_for == KEPT_FOR_JUDGING]
    if kept:
        what = f"{len(kept)} of the pictures are kept for judging (use = {KEPT_FOR_JUDGING})"
        raise ChoiceError(
            what, where=str(kept[0].file), remedy="Choose on pictures set aside: another manifest, --use or --under"
        )
    there = {int(state) for one in labels for state in one.states}
    lacking = [state for index, state in enumerate(STATES) if index not in there]
    if lacking:
        raise ChoiceError(f"the pictures hold no face that is {' or '.join(lacking)}", remedy="Choose on all three states")

"""What is true of a face, which answers are right, and which must never be given."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask

Answer = Mask | None
"""What was said of a face; None: it was not found."""


@dataclass(frozen=True, slots=True)
class Truth:
    """How one kind of face is to be judged.

    Attributes:
        state: the true state.
        right: answers that are right.
        worn_is_wrong: whether `worn` must never be said: it would let an unmasked person in.
    """

    state: Mask
    right: frozenset[Answer]
    worn_is_wrong: bool


BARE: Final = Truth(Mask.ABSENT, frozenset({Mask.ABSENT}), worn_is_wrong=True)
MASKED: Final = Truth(Mask.WORN, frozenset({Mask.WORN}), worn_is_wrong=False)
WRONG: Final = Truth(Mask.WORN_WRONG, frozenset({Mask.WORN_WRONG}), worn_is_wrong=True)
COVERED: Final = Truth(Mask.ABSENT, frozenset({Mask.ABSENT, Mask.UNSURE, None}), worn_is_wrong=True)
"""Nobody can see whether a mask is under there: doubt and silence are right answers too."""
ASIDE_BARE: Final = Truth(Mask.ABSENT, frozenset({Mask.ABSENT, Mask.UNSURE, None}), worn_is_wrong=True)
ASIDE_MASKED: Final = Truth(Mask.WORN, frozenset({Mask.WORN, Mask.UNSURE, None}), worn_is_wrong=False)
HANGING: Final = Truth(Mask.WORN_WRONG, frozenset({Mask.WORN_WRONG, Mask.ABSENT}), worn_is_wrong=True)
"""A mask on the forehead or dangling from an ear: `absent` sends the person away with as good a reason."""
SLIPPED: Final = Truth(Mask.WORN_WRONG, frozenset({Mask.WORN_WRONG, Mask.WORN, Mask.UNSURE}), worn_is_wrong=False)
"""The bridge of the nose is out, its tip still covered: where worn ends is a matter of taste."""


@dataclass(frozen=True, slots=True)
class Person:
    """One face of a scene.

    Attributes:
        box: (4,) float32 x1, y1, x2, y2 of the face, pixels.
        truth: how to judge it.
    """

    box: NDArray[np.float32]
    truth: Truth


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture of a group.

    Attributes:
        group, kind: the group it belongs to, and what is special about it within the group.
        name: of the file on a contact sheet: unique within the group.
        picture: (h, w, 3) uint8 BGR.
        people: whose answers count.
        drawn: False for a photograph.
    """

    group: str
    kind: str
    name: str
    picture: NDArray[np.uint8]
    people: tuple[Person, ...]
    drawn: bool = True

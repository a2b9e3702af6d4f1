"""How well a face is seen, in parts that have names, so that the visitor can be told what to change."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from contract.verdicts import Reason


class Factor(StrEnum):
    """One part of the quality of a view, 0 to 1; their product is the weight of a frame in the vote."""

    SIZE = "size"  # pixels on the face
    SHARPNESS = "sharpness"  # blur of motion or focus
    FRONTALITY = "frontality"  # turned aside, up or down
    WHOLENESS = "wholeness"  # cut off by the picture's edge, or behind another face
    SURENESS = "sureness"  # the detector's score


ADVICE: Final[dict[Factor, Reason]] = {
    Factor.SIZE: Reason.APPROACH,
    Factor.SHARPNESS: Reason.HOLD_STILL,
    Factor.FRONTALITY: Reason.LOOK_HERE,
    Factor.WHOLENESS: Reason.LOOK_HERE,  # "place your face in the oval" stands below it
    Factor.SURENESS: Reason.LOOK_HERE,
}
"""What the visitor does about each."""

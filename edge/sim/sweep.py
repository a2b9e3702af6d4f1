"""One person who stands at the gate while the true temperature of the skin goes up step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from contract.verdicts import Mask
from edge.sim.drawing import Placement, draw_person
from edge.sim.world import Actor, Appearance, Moment, Shutter

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PERSON: Final = 2  # no fringe, no glasses
_BOX: Final = (231.0, 111.0, 409.0, 325.0)  # at the gate, face 214 stage pixels high
_LONG_AGO_S: Final = -3600.0


@dataclass(frozen=True, slots=True)
class Sweep:
    """The scene.

    Attributes:
        skin_c: true temperatures of the forehead, one after the other; the last one stays.
        step_s: each stays for so long.
    """

    skin_c: tuple[float, ...]
    step_s: float

    def at(self, t_s: float) -> Moment:
        number = min(max(0, int(t_s / self.step_s + 1e-9)), len(self.skin_c) - 1)
        skin_c = self.skin_c[number]
        return Moment((Actor(_BOX, Mask.WORN, skin_c, skin_c, Appearance(_PERSON, Placement.WORN)),))

    def shutter(self, t_s: float) -> Shutter:  # noqa: ARG002 it never shuts
        return Shutter(0, _LONG_AGO_S)


def face() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where the person's face is, as a detector without error would say: boxes (1, 4) and landmarks (1, 5, 2), stage pixels."""
    sprite = draw_person(_PERSON, _BOX[3] - _BOX[1], Placement.WORN)
    middle = np.array([_BOX[0] + _BOX[2], _BOX[1] + _BOX[3]]) / 2
    landmarks = sprite.landmarks - (sprite.box[:2] + sprite.box[2:]) / 2 + middle
    return np.array([_BOX], np.float32), landmarks[None].astype(np.float32)

"""One person walks about before the gate for as long as it takes: nearer and farther, to both sides, now and then stooping."""

from __future__ import annotations

from math import pi, sin
from typing import TYPE_CHECKING, Final

from contract.verdicts import Mask
from edge.sim.apart import FOCAL_PX, UNIT_M
from edge.sim.drawing.face import BOX_HALF_WIDTH, BOX_TOP
from edge.sim.drawing.look import Look
from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX
from edge.sim.walk_up import CAST
from edge.sim.world import Actor, Appearance, Moment, Shutter

if TYPE_CHECKING:
    from edge.sim.drawing import Placement

_CORE_C: Final = 36.6
_NEAR_M, _FAR_M = 0.6, 1.6
_UNMASKED: Final[Placement | None] = None


class WalkAround:
    """The scene; who it is follows from the seed."""

    def __init__(self, seed: int, skin_to_core_c: float) -> None:
        self._person = CAST[seed % len(CAST)]
        self._skin_c = _CORE_C - skin_to_core_c

    def at(self, t_s: float) -> Moment:
        depth_m = _NEAR_M + (_FAR_M - _NEAR_M) * (0.5 - 0.5 * sin(2 * pi * t_s / 17.0))
        side_m = 0.26 * depth_m * sin(2 * pi * t_s / 7.3)
        down_m = depth_m * (0.03 + 0.1 * sin(2 * pi * t_s / 11.0))
        unit_px = FOCAL_PX * UNIT_M / depth_m
        x = (STAGE_WIDTH_PX - 1) / 2.0 + FOCAL_PX * side_m / depth_m
        eyes_y = (STAGE_HEIGHT_PX - 1) / 2.0 + FOCAL_PX * down_m / depth_m - 0.4 * unit_px
        look = Look.of_seed(self._person)
        half = BOX_HALF_WIDTH * look.width * unit_px
        box = (x - half, eyes_y + BOX_TOP * unit_px, x + half, eyes_y + look.chin * unit_px)
        return Moment((Actor(box, Mask.ABSENT, _CORE_C, self._skin_c, Appearance(self._person, _UNMASKED)),))

    def shutter(self, t_s: float) -> Shutter:  # noqa: ARG002 none for as long as it takes
        return Shutter(0, -1e6)

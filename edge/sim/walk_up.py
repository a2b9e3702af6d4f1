"""People walk up to the gate, one after the other, for ever: every verdict has its cause within each minute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sin
from typing import Final

import numpy as np

from contract.verdicts import Mask
from edge.sim.drawing import STATE_OF, Placement
from edge.sim.drawing.face import BOX_HALF_WIDTH, BOX_TOP
from edge.sim.stage import USUAL_CHIN
from edge.sim.world import Actor, Appearance, Moment, Shutter

CYCLE_S: Final = 55.0
_BEGUN_S: Final = 1.4  # the first person is already on the way at the epoch, so that a fresh gate has something to say
CAST: Final = (2, 4, 5, 7, 9, 10, 13, 17, 18, 21, 22, 23, 25, 29, 32, 34)
CARELESS: Final = (8, 15, 20, 24, 31, 37)
"""Seeds of the drawn people: no fringe over the forehead, and masks that the shipped network tells apart (a test looks). The
careless wear it under the nose, which that network tells best of the wrong ways."""

_APPROACH_S, _LEAVE_S = 2.2, 1.3
_FAR_PX, _NEAR_PX = 32.0, 214.0  # face height at the door and at the gate
_DOOR: Final = (318.0, 206.0)
_GATE_Y: Final = 218.0
_WIDTH: Final = 2 * BOX_HALF_WIDTH / (USUAL_CHIN - BOX_TOP)  # of the face's height
_SHUTTER_EVERY: Final = 3  # cycles
_SHUTTER_AT_S: Final = 33.0  # while two people are there and wait anyway


@dataclass(frozen=True, slots=True)
class Passage:
    """One person's way to the gate and off.

    Attributes:
        start_s: leaves the door, seconds into the cycle.
        stand_s: stands at the gate for so long.
        x_px: where.
        way: +1 goes through the gate, to the right; -1 turns aside, to the left.
        worn: (seconds since start, placement): how the mask sits from then on.
        core_c, skin_c: temperatures.
        person: seed of the face.
    """

    start_s: float
    stand_s: float
    x_px: float
    way: int
    worn: tuple[tuple[float, Placement | None], ...]
    core_c: float
    skin_c: float
    person: int

    def actor(self, t_s: float) -> Actor | None:
        """The person `t_s` into the cycle; None when not there."""
        since_s = t_s - self.start_s
        if not 0.0 <= since_s < _APPROACH_S + self.stand_s + _LEAVE_S:
            return None
        placement = [placement for from_s, placement in self.worn if from_s <= since_s][-1]
        mask = Mask.ABSENT if placement is None else STATE_OF[placement]
        return Actor(self._box(since_s), mask, self.core_c, self.skin_c, Appearance(self.person, placement))

    def _box(self, since_s: float) -> tuple[float, float, float, float]:
        come = min(1.0, since_s / _APPROACH_S)
        gone = max(0.0, (since_s - _APPROACH_S - self.stand_s) / _LEAVE_S)
        near = come * (2.0 - come)  # slows down before the gate
        depth = _NEAR_PX / _FAR_PX * (1.0 - near) + near  # 1 at the gate
        height = _NEAR_PX / depth * (1.0 + 0.1 * self.way * gone)
        steps = sin(2 * pi * 1.9 * since_s) * (1.0 - near if come < 1.0 else gone)
        shift = (height / _NEAR_PX - _FAR_PX / _NEAR_PX) / (1.0 - _FAR_PX / _NEAR_PX) if come < 1.0 else 1.0
        x = (
            _DOOR[0]
            + (self.x_px - _DOOR[0]) * shift
            + self.way * 560.0 * gone**1.6
            + 2.0 * sin(2 * pi * 0.31 * since_s + self.person)
        )
        y = _DOOR[1] + (_GATE_Y - _DOOR[1]) * shift + 0.02 * height * steps + 1.2 * sin(2 * pi * 0.23 * since_s)
        return x - 0.5 * _WIDTH * height, y - 0.5 * height, x + 0.5 * _WIDTH * height, y + 0.5 * height


class WalkUp:
    """The scene. The order of causes is always the same; faces and temperatures follow from the seed."""

    def __init__(self, seed: int, skin_to_core_c: float) -> None:
        self._seed = seed
        self._skin_to_core_c = skin_to_core_c

    def at(self, t_s: float) -> Moment:
        cycle, into_s = divmod(t_s + _BEGUN_S, CYCLE_S)
        passages = _passages(self._seed, int(cycle), self._skin_to_core_c)
        actors = [actor for passage in passages if (actor := passage.actor(into_s)) is not None]
        return Moment(tuple(sorted(actors, key=lambda actor: actor.box[3] - actor.box[1])))

    def shutter(self, t_s: float) -> Shutter:
        every_s = _SHUTTER_EVERY * CYCLE_S
        first_s = CYCLE_S + _SHUTTER_AT_S - _BEGUN_S
        number = int((t_s - first_s) // every_s)
        return Shutter(number, first_s + number * every_s)


@lru_cache(maxsize=4)
def _passages(seed: int, cycle: int, skin_to_core_c: float) -> tuple[Passage, ...]:
    rng = np.random.default_rng([seed, cycle % (1 << 31), 23])
    people = [int(person) for person in rng.permutation(CAST)[:7]]
    people[2] = CARELESS[int(rng.integers(len(CARELESS)))]
    cores_c = [round(float(core_c), 2) for core_c in rng.uniform(36.3, 36.8, 7)]
    worn = ((0.0, Placement.WORN),)
    wrong = ((0.0, Placement.UNDER_NOSE),)
    puts_on = ((0.0, None), (_APPROACH_S + 2.8, Placement.WORN))
    plan: tuple[tuple[float, float, float, int, tuple[tuple[float, Placement | None], ...], float, float | None], ...] = (
        (0.0, 3.0, 320.0, 1, worn, cores_c[0], None),  # PASS
        (7.0, 6.0, 316.0, 1, puts_on, cores_c[1], None),  # PUT_ON_MASK, then PASS
        (17.0, 3.5, 325.0, -1, wrong, cores_c[2], None),  # FIX_MASK
        (24.5, 3.5, 318.0, -1, worn, 38.1, None),  # RECHECK
        (32.0, 8.2, 208.0, 1, worn, cores_c[4], None),  # WAIT, two at once; PASS when the other one has gone
        (32.4, 3.4, 440.0, 1, worn, cores_c[5], None),
        (44.2, 3.5, 322.0, -1, worn, cores_c[6], 27.0),  # CANNOT_MEASURE: straight from the cold
    )
    return tuple(
        Passage(start_s, stand_s, x_px, way, masks, core_c, core_c - skin_to_core_c if skin_c is None else skin_c, person)
        for (start_s, stand_s, x_px, way, masks, core_c, skin_c), person in zip(plan, people, strict=True)
    )

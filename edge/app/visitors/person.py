"""Who comes: what is true of a visitor, and what a visitor does about what the screen says. All of it assumed, and named here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from contract.verdicts import Mask
from edge.config.thermometry import ScreeningConfig

FEVER_C: Final = float(ScreeningConfig.model_fields["limit_c"].default)
"""From here on a true core temperature should be stopped, whatever the gate's limit is set to."""


@dataclass(frozen=True, slots=True)
class Population:
    """Shares of the visitors, and their temperatures in degrees Celsius.

    Attributes:
        absent, worn_wrong: come without a mask, with one under the nose or on the chin; the others wear it well.
        warm: have `warm_c` (from, to); the others are spread by `spread_c` around `usual_c`, below FEVER_C.
        together: step up at the side of the one before and go back when the screen asks for one at a time.
        impatient: step up as soon as the one before turns to go, not when that one is out of view.
        obey: do what the screen says about mask or forehead; the others stand a while and leave.
    """

    absent: float = 0.08
    worn_wrong: float = 0.07
    warm: float = 0.03
    usual_c: float = 36.6
    spread_c: float = 0.25
    warm_c: tuple[float, float] = (FEVER_C, 39.5)
    together: float = 0.04
    impatient: float = 0.1
    obey: float = 0.9


USUAL: Final = Population()
HARD: Final = Population(absent=0.25, worn_wrong=0.25, warm=0.3, warm_c=(FEVER_C, 38.5))
"""For comparing settings: many on whom something can go wrong."""


@dataclass(slots=True)
class Person:
    """What is true now.

    Attributes:
        number: of all visitors.
        mask: how it is worn.
        core_c: degrees Celsius.
        reach_m: how much higher the face is than the camera.
        pace_m_s: of walking.
        reaction_s: from the screen to the first step.
        fumble_s: until a mask is put right, or hair pushed aside.
        obeys, together, impatient: see Population.
    """

    number: int
    mask: Mask
    core_c: float
    reach_m: float
    pace_m_s: float
    reaction_s: float
    fumble_s: float
    obeys: bool
    together: bool
    impatient: bool

    @property
    def masked(self) -> bool:
        return self.mask is Mask.WORN

    @property
    def warm(self) -> bool:
        return self.core_c >= FEVER_C

    @property
    def admissible(self) -> bool:
        return self.masked and not self.warm


def person(number: int, of: Population, rng: np.random.Generator) -> Person:
    """The next visitor."""
    return Person(
        number=number,
        mask=_mask(of, float(rng.uniform())),
        core_c=_core_c(of, rng),
        reach_m=float(rng.normal(0.0, 0.07)),
        pace_m_s=float(rng.uniform(0.8, 1.5)),
        reaction_s=float(rng.uniform(0.3, 0.8)),
        fumble_s=float(rng.uniform(2.0, 5.0)),
        obeys=bool(rng.uniform() < of.obey),
        together=bool(rng.uniform() < of.together),
        impatient=bool(rng.uniform() < of.impatient),
    )


def _mask(of: Population, drawn: float) -> Mask:
    if drawn < of.absent:
        return Mask.ABSENT
    return Mask.WORN_WRONG if drawn < of.absent + of.worn_wrong else Mask.WORN


def _core_c(of: Population, rng: np.random.Generator) -> float:
    if rng.uniform() < of.warm:
        return float(rng.uniform(*of.warm_c))
    while True:
        core_c = float(rng.normal(of.usual_c, of.spread_c))
        if core_c < FEVER_C:
            return core_c

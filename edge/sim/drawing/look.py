"""What a drawn person looks like: every number follows from the seed."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from edge.sim.drawing.canvas import Colour


class Hair(StrEnum):
    """Hair styles the painter knows."""

    BALD = "bald"
    SHORT = "short"
    PARTED = "parted"
    FRINGE = "fringe"
    LONG = "long"
    BUN = "bun"


_SKINS: tuple[Colour, ...] = (
    (190, 206, 240), (170, 194, 234), (150, 178, 226), (128, 162, 214), (106, 142, 196), (84, 116, 170),
    (62, 90, 140), (48, 68, 108),
)  # fmt: skip
_HAIR_COLOURS: tuple[Colour, ...] = (
    (22, 20, 24), (30, 34, 46), (38, 54, 82), (56, 84, 124), (96, 142, 184), (48, 62, 132), (150, 150, 152), (200, 202, 204),
)  # fmt: skip
_CLOTHES: tuple[Colour, ...] = (
    (96, 62, 40), (52, 48, 46), (150, 120, 84), (60, 60, 150), (90, 120, 70), (180, 176, 170), (120, 70, 110),
    (70, 130, 180), (40, 40, 90),
)  # fmt: skip
_IRISES: tuple[Colour, ...] = ((28, 40, 66), (38, 62, 98), (132, 110, 80), (92, 120, 92), (24, 28, 40))


@dataclass(frozen=True, slots=True)
class Look:
    """One person's appearance. Lengths in face units (1 = eyes to mouth), colours BGR, angles in radians."""

    seed: int
    skin: Colour
    hair_colour: Colour
    hair: Hair
    cloth: Colour
    iris: Colour
    jaw: float
    width: float
    chin: float
    eye_size: float
    eye_gap: float
    brow: float
    nose_width: float
    lip: float
    smile: float
    age: float
    child: bool
    beard: float
    glasses: bool
    yaw: float
    roll_rad: float
    light: tuple[float, float]
    lipstick: bool

    @classmethod
    def of_seed(cls, seed: int) -> "Look":
        """The person with this seed, the same for ever."""
        rng = np.random.default_rng([seed, 7])
        tone = int(rng.integers(len(_SKINS)))
        child = bool(rng.random() < 0.12)
        male = bool(rng.random() < 0.5)
        age = 0.0 if child else float(rng.random() ** 1.3)
        return cls(
            seed=seed,
            skin=_jitter(rng, _SKINS[tone], 6.0),
            hair_colour=_jitter(rng, _HAIR_COLOURS[_hair_index(rng, tone, age)], 6.0),
            hair=_hair_style(rng, male, age, child),
            cloth=_jitter(rng, _CLOTHES[int(rng.integers(len(_CLOTHES)))], 14.0),
            iris=_IRISES[int(rng.integers(2 if tone > 3 else len(_IRISES)))],
            jaw=float(rng.uniform(0.94, 1.12) if male else rng.uniform(0.86, 1.0)),
            width=float(rng.uniform(0.95, 1.07) + (0.05 if child else 0.0)),
            chin=float(rng.uniform(1.6, 1.74) - (0.08 if child else 0.0)),
            eye_size=float(rng.uniform(0.9, 1.1) * (1.18 if child else 1.0)),
            eye_gap=float(rng.uniform(0.43, 0.49)),
            brow=float(rng.uniform(0.5, 1.0) + (0.4 if male else 0.0)),
            nose_width=float(rng.uniform(0.85, 1.15) * (1.1 if tone > 4 else 1.0) * (0.88 if child else 1.0)),
            lip=float(rng.uniform(0.8, 1.2) * (1.2 if tone > 4 else 1.0)),
            smile=float(rng.uniform(-0.15, 0.7)),
            age=age,
            child=child,
            beard=float(rng.uniform(0.25, 1.0)) if male and not child and rng.random() < 0.3 else 0.0,
            glasses=bool(rng.random() < 0.25),
            yaw=float(np.clip(rng.normal(0.0, 0.10), -0.22, 0.22)),
            roll_rad=float(rng.normal(0.0, 0.04)),
            light=(float(rng.uniform(-0.55, 0.55)), float(rng.uniform(-0.7, -0.2))),
            lipstick=not male and not child and bool(rng.random() < 0.4),
        )


def _jitter(rng: np.random.Generator, colour: Colour, spread: float) -> Colour:
    b, g, r = np.clip(np.asarray(colour) + rng.normal(0.0, spread, 3) * 0.5 + rng.normal(0.0, spread), 8, 250)
    return float(b), float(g), float(r)


def _hair_index(rng: np.random.Generator, tone: int, age: float) -> int:
    if age > 0.65:
        return int(rng.integers(6, 8))
    return int(rng.integers(0, 3 if tone > 3 else 6))


def _hair_style(rng: np.random.Generator, male: bool, age: float, child: bool) -> Hair:
    if male:
        styles = [Hair.SHORT, Hair.PARTED, Hair.SHORT, Hair.FRINGE]
        return Hair.BALD if not child and rng.random() < 0.1 + 0.2 * age else styles[int(rng.integers(4))]
    return [Hair.LONG, Hair.PARTED, Hair.BUN, Hair.FRINGE, Hair.LONG][int(rng.integers(5))]

"""How warm a person looks: layers of a head and a body in face units, blended by temperature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sin
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from contract.verdicts import Mask
from edge.sim.drawing.face import BOX_TOP
from edge.sim.drawing.head import HAIRLINES
from edge.sim.drawing.look import Hair, Look
from edge.sim.stage import USUAL_CHIN
from edge.vision.band_radiance import SKIN_EMISSIVITY, apparent_c

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.sim.world import Actor

PER_UNIT_PX: Final = 18  # map pixels of one face unit, which is the distance from the eyes to the mouth
LEFT, TOP = -3.4, -2.0  # of the map, in face units from the point between the eyes
_WIDTH_PX, _HEIGHT_PX = round(6.8 * PER_UNIT_PX), round(11.0 * PER_UNIT_PX)
_BREATH_HZ: Final = 0.25
_MASK_TOP: Final = {Mask.WORN: 0.3, Mask.WORN_WRONG: 0.75}
# Warmth between the air (0) and the forehead's skin (1).
_CLOTH, _HAIR, _NOSE, _CHEEK, _MASK, _BREATH, _GLASSES = 0.45, 0.52, 0.88, 0.95, 0.62, 0.06, 0.12
_BROWS, _EYES, _LIPS = 0.95, 0.94, 0.9
_LEAK: Final = 0.06  # either way: breath of 34 to 35 degC that comes out beside the nose over a mask's edge, and air drawn in
CANTHUS_C: Final = 0.77
"""Above the forehead: what lies between 2.0 and 1.23, the offsets from skin to core of the two."""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """One person seen by heat.

    Attributes:
        celsius: apparent temperature, (rows, cols) float32.
        cover: 0..1, how much of the pixel the person is.
    """

    celsius: NDArray[np.float32]
    cover: NDArray[np.float32]


def heat_of(actor: Actor, ambient_c: float, t_s: float) -> HeatMap:
    """The map of one person; column (x - LEFT) * PER_UNIT_PX and row (y - TOP) * PER_UNIT_PX, x and y in face units."""
    layers = _layers(actor.mask, None if actor.appearance is None else actor.appearance.person)
    warmth = np.full((_HEIGHT_PX, _WIDTH_PX), _CLOTH, np.float32)
    breathed_out = sin(2 * pi * _BREATH_HZ * t_s)
    mask, leak = _MASK + _BREATH * breathed_out, 1.0 + _LEAK * breathed_out
    levels = (1.0, _CHEEK, _NOSE, _BROWS, _EYES, _LIPS, _HAIR, mask, leak, _GLASSES)
    for stencil, level in zip(layers.parts, levels, strict=True):
        warmth += stencil * (np.float32(level) - warmth)
    skin_c = float(apparent_c(actor.skin_c, SKIN_EMISSIVITY, ambient_c))
    celsius = ambient_c + (skin_c - ambient_c) * warmth + CANTHUS_C * layers.canthus
    return HeatMap(celsius.astype(np.float32), layers.cover)


def place_of(actor: Actor) -> tuple[float, float, float]:
    """Where the map's unit lies on the stage: x and y of the point between the eyes, and stage pixels of one face unit."""
    x1, y1, x2, y2 = actor.box
    chin = USUAL_CHIN if actor.appearance is None else Look.of_seed(actor.appearance.person).chin
    unit_px = (y2 - y1) / (chin - BOX_TOP)
    return (x1 + x2) / 2, y1 - BOX_TOP * unit_px, unit_px


@dataclass(frozen=True, slots=True)
class _Layers:
    """Stencils 0..1: skin, cheeks, nose, brows, eyes, lips, hair, mask, its leak, glasses; then the canthi; then the person."""

    parts: tuple[NDArray[np.float32], ...]
    canthus: NDArray[np.float32]
    cover: NDArray[np.float32]


@lru_cache(maxsize=32)
def _layers(mask: Mask, person: int | None) -> _Layers:
    """`person` is the seed of a drawn one; of somebody on a photograph neither hair nor glasses are known."""
    look = None if person is None else Look.of_seed(person)
    face, neck = _oval(0, 0.32, 1.02, 1.4, 0.05), _block(-0.58, 1.1, 0.58, 2.3, 0.12)
    skull = _oval(0, 0.1, 1.2, 1.55, 0.07)
    skin = np.maximum(face if look else skull, neck)
    body = np.maximum(_oval(0, 3.1, 2.3, 1.0, 0.12), _block(-2.3, 3.0, 2.3, 30.0, 0.12))
    cheeks = np.maximum(_oval(-0.53, 0.82, 0.34, 0.37, 0.12), _oval(0.53, 0.82, 0.34, 0.37, 0.12))
    hair = _nothing() if look is None else _hair(look.hair, skull)
    cloth = _nothing() if mask not in _MASK_TOP else face * _block(-1.6, _MASK_TOP[mask], 1.6, 2.0, 0.07)
    edge = _MASK_TOP.get(mask, 0.0)
    leak = np.maximum(_block(-0.45, edge - 0.16, -0.12, edge, 0.05), _block(0.12, edge - 0.16, 0.45, edge, 0.05))
    glasses = np.maximum(_oval(-0.46, 0, 0.34, 0.22, 0.05), _oval(0.46, 0, 0.34, 0.22, 0.05))
    brows = np.maximum(_oval(-0.47, -0.3, 0.3, 0.06, 0.04), _oval(0.47, -0.3, 0.3, 0.06, 0.04))
    eyes = np.maximum(_oval(-0.5, 0.0, 0.17, 0.1, 0.04), _oval(0.5, 0.0, 0.17, 0.1, 0.04))
    parts = (
        skin,
        cheeks,
        _oval(0, 0.55, 0.17, 0.3, 0.08),
        brows,
        eyes,
        _oval(0, 1.0, 0.34, 0.08, 0.04),
        hair,
        cloth,
        leak if mask is Mask.WORN else _nothing(),
        glasses if look and look.glasses else _nothing(),
    )
    canthus = np.maximum(_oval(-0.19, 0.05, 0.08, 0.07, 0.05), _oval(0.19, 0.05, 0.08, 0.07, 0.05))
    shown = canthus / canthus.max() * (1 - parts[-1])
    return _Layers(parts, shown, np.maximum.reduce([skull, neck, body]))


def _hair(style: Hair, skull: NDArray[np.float32]) -> NDArray[np.float32]:
    """Around the forehead, and over it as it is drawn where somebody has a fringe."""
    if style is Hair.BALD:
        return _nothing()
    around = np.asarray(np.clip(skull - _oval(0, 0.5, 1.1, 1.46, 0.07), 0, 1), np.float32)
    if style is not Hair.FRINGE:
        return around
    corners = np.array([*HAIRLINES[style], (1.4, TOP), (-1.4, TOP)])
    stencil = np.zeros((_HEIGHT_PX, _WIDTH_PX), np.uint8)
    cv2.fillPoly(stencil, [np.rint((corners - (LEFT, TOP)) * PER_UNIT_PX).astype(np.int32)], 255)
    return np.asarray(np.maximum(around, skull * _softened(stencil, 0.05)), np.float32)


def _nothing() -> NDArray[np.float32]:
    return np.zeros((_HEIGHT_PX, _WIDTH_PX), np.float32)


def _oval(x: float, y: float, half_width: float, half_height: float, soft: float) -> NDArray[np.float32]:
    """A soft filled ellipse; lengths in face units."""
    stencil = np.zeros((_HEIGHT_PX, _WIDTH_PX), np.uint8)
    middle = (round((x - LEFT) * PER_UNIT_PX * 16), round((y - TOP) * PER_UNIT_PX * 16))
    axes = (round(half_width * PER_UNIT_PX * 16), round(half_height * PER_UNIT_PX * 16))
    cv2.ellipse(stencil, middle, axes, 0, 0, 360, 255, -1, cv2.LINE_AA, 4)
    return _softened(stencil, soft)


def _block(x1: float, y1: float, x2: float, y2: float, soft: float) -> NDArray[np.float32]:
    stencil = np.zeros((_HEIGHT_PX, _WIDTH_PX), np.uint8)
    low = (round((x1 - LEFT) * PER_UNIT_PX), round((y1 - TOP) * PER_UNIT_PX))
    high = (round((x2 - LEFT) * PER_UNIT_PX), round((y2 - TOP) * PER_UNIT_PX))
    cv2.rectangle(stencil, low, high, 255, -1)
    return _softened(stencil, soft)


def _softened(stencil: NDArray[np.uint8], soft: float) -> NDArray[np.float32]:
    blurred = cv2.GaussianBlur(stencil, (0, 0), max(0.3, soft * PER_UNIT_PX))
    return blurred.astype(np.float32) / 255.0

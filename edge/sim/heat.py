"""How warm a person looks: layers of a head and a body in face heights, blended by temperature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sin
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from contract.verdicts import Mask
from edge.sim.drawing.look import Hair, Look
from edge.vision.band_radiance import SKIN_EMISSIVITY, apparent_c

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.sim.world import Actor

PER_FACE_PX: Final = 48  # map pixels of one face height
LEFT, TOP = -1.3, -0.95  # of the map, in face heights from the face's middle
_WIDTH_PX, _HEIGHT_PX = round(2.6 * PER_FACE_PX), round(4.6 * PER_FACE_PX)
_EYES: Final = -0.13
_BREATH_HZ: Final = 0.25
_MASK_TOP: Final = {Mask.WORN: -0.02, Mask.WORN_WRONG: 0.16}
# Warmth between the air (0) and the forehead's skin (1).
_CLOTH, _HAIR, _NOSE, _CHEEK, _MASK, _BREATH, _GLASSES = 0.45, 0.52, 0.9, 0.955, 0.62, 0.06, 0.12
_CANTHUS_C: Final = 0.35


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
    """The map of one person; column (x - LEFT) * PER_FACE_PX and row (y - TOP) * PER_FACE_PX, x and y in face heights."""
    layers = _layers(actor.mask, None if actor.appearance is None else actor.appearance.person)
    warmth = np.full((_HEIGHT_PX, _WIDTH_PX), _CLOTH, np.float32)
    breath = _MASK + _BREATH * sin(2 * pi * _BREATH_HZ * t_s)
    for stencil, level in zip(layers.parts, (1.0, _CHEEK, _NOSE, _HAIR, breath, _GLASSES), strict=True):
        warmth += stencil * (np.float32(level) - warmth)
    skin_c = float(apparent_c(actor.skin_c, SKIN_EMISSIVITY, ambient_c))
    celsius = ambient_c + (skin_c - ambient_c) * warmth + _CANTHUS_C * layers.canthus
    return HeatMap(celsius.astype(np.float32), layers.cover)


@dataclass(frozen=True, slots=True)
class _Layers:
    """Stencils 0..1 over the whole map: skin, cheeks, nose, hair, mask, glasses; then the inner eyes, and the whole person."""

    parts: tuple[NDArray[np.float32], ...]
    canthus: NDArray[np.float32]
    cover: NDArray[np.float32]


@lru_cache(maxsize=32)
def _layers(mask: Mask, person: int | None) -> _Layers:
    """`person` is the seed of a drawn one; of somebody on a photograph neither hair nor glasses are known."""
    look = None if person is None else Look.of_seed(person)
    face, neck = _oval(0, 0, 0.4, 0.53, 0.02), _block(-0.22, 0.3, 0.22, 0.75, 0.05)
    skull = _oval(0, -0.1, 0.46, 0.56, 0.03)
    skin = np.maximum(face if look else skull, neck)
    body = np.maximum(_oval(0, 1.05, 0.88, 0.38, 0.05), _block(-0.88, 1.0, 0.88, 9.0, 0.05))
    cheeks = np.maximum(_oval(-0.2, 0.18, 0.13, 0.14, 0.05), _oval(0.2, 0.18, 0.13, 0.14, 0.05))
    hair = _nothing() if look is None or look.hair is Hair.BALD else np.clip(skull - _oval(0, 0.06, 0.41, 0.55, 0.03), 0, 1)
    cloth = _nothing() if mask not in _MASK_TOP else face * _block(-0.6, _MASK_TOP[mask], 0.6, 0.6, 0.03)
    glasses = np.maximum(_oval(-0.17, _EYES, 0.13, 0.09, 0.02), _oval(0.17, _EYES, 0.13, 0.09, 0.02))
    parts = (skin, cheeks, _oval(0, 0.1, 0.07, 0.12, 0.04), hair, cloth, glasses if look and look.glasses else _nothing())
    canthus = np.maximum(_oval(-0.07, _EYES + 0.02, 0.03, 0.025, 0.02), _oval(0.07, _EYES + 0.02, 0.03, 0.025, 0.02))
    shown = canthus * (1 - parts[-1])
    return _Layers(parts, shown, np.maximum.reduce([skull, neck, body]))


def _nothing() -> NDArray[np.float32]:
    return np.zeros((_HEIGHT_PX, _WIDTH_PX), np.float32)


def _oval(x: float, y: float, half_width: float, half_height: float, soft: float) -> NDArray[np.float32]:
    """A soft filled ellipse; lengths in face heights."""
    stencil = np.zeros((_HEIGHT_PX, _WIDTH_PX), np.uint8)
    middle = (round((x - LEFT) * PER_FACE_PX * 16), round((y - TOP) * PER_FACE_PX * 16))
    axes = (round(half_width * PER_FACE_PX * 16), round(half_height * PER_FACE_PX * 16))
    cv2.ellipse(stencil, middle, axes, 0, 0, 360, 255, -1, cv2.LINE_AA, 4)
    return _softened(stencil, soft)


def _block(x1: float, y1: float, x2: float, y2: float, soft: float) -> NDArray[np.float32]:
    stencil = np.zeros((_HEIGHT_PX, _WIDTH_PX), np.uint8)
    low = (round((x1 - LEFT) * PER_FACE_PX), round((y1 - TOP) * PER_FACE_PX))
    high = (round((x2 - LEFT) * PER_FACE_PX), round((y2 - TOP) * PER_FACE_PX))
    cv2.rectangle(stencil, low, high, 255, -1)
    return _softened(stencil, soft)


def _softened(stencil: NDArray[np.uint8], soft: float) -> NDArray[np.float32]:
    blurred = cv2.GaussianBlur(stencil, (0, 0), max(0.3, soft * PER_FACE_PX))
    return blurred.astype(np.float32) / 255.0

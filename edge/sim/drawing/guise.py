"""Draws a person in a guise: bearded, scarfed, turned away, a child, a hand before the mouth, with a mask or without."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing import face as front
from edge.sim.drawing.canvas import Canvas, Colour, Points
from edge.sim.drawing.child import SKULL, as_child, child_proportions
from edge.sim.drawing.cloth import SIDE_PX, Cloth
from edge.sim.drawing.face import Sprite
from edge.sim.drawing.look import Hair, Look
from edge.sim.drawing.mask import MaskLayer, mask_layer
from edge.sim.drawing.placement import STATE_OF, FaceFrame, Placement
from edge.sim.drawing.turned import draw_turned, flat_face, turned_points
from edge.sim.drawing.wear.wearer import Painter, Wearer

Cut = Callable[[MaskLayer, FaceFrame, np.random.Generator], MaskLayer]
_TRIES: Final = 60
_TURNED_MASK: Final = 0.9
"""A mask on a head that is turned far ends before the ears, so that its straps are seen."""


@dataclass(frozen=True, slots=True)
class Guise:
    """What one draws over the person of a seed.

    Attributes:
        placement, cloth: of the mask; None for none, or for any cloth.
        dye: colour of the mask's cloth, from the look of the person.
        cut: changes the mask's layer: a clear pane.
        nose_shown: the mask's upper edge in v (0 eyes, 0.6 tip of the nose, 1 mouth) lies between these.
        looks: changes the person.
        under, over: painted below and above the mask.
        child: with a child's proportions.
        yaw_deg: how far the head is turned to the right of the picture; beyond 20 degrees it is wrapped round a solid head.
    """

    placement: Placement | None = None
    cloth: Cloth | None = None
    dye: Callable[[Look], Colour] | None = None
    cut: Cut | None = None
    nose_shown: tuple[float, float] | None = None
    looks: Callable[[Look], Look] | None = None
    under: tuple[Painter, ...] = ()
    over: tuple[Painter, ...] = ()
    child: bool = False
    yaw_deg: float = 0.0

    @property
    def mask(self) -> Mask:
        """The true state."""
        return Mask.ABSENT if self.placement is None else STATE_OF[self.placement]


def draw_guise(seed: int, face_height_px: float, guise: Guise) -> Sprite:
    """The person of this seed in a guise, face `face_height_px` high. The same arguments give the same pixels."""
    look = Look.of_seed(seed)
    look = as_child(look) if guise.child else look
    look = guise.looks(look) if guise.looks else look
    rng = np.random.default_rng([seed, 19])
    if guise.yaw_deg:
        return _turned(look, guise, face_height_px, rng)
    canvas = front.painted(look)
    marks, box = front.points_of(look, canvas)
    wearer = Wearer.of_look(look)
    for painter in guise.under:
        painter(canvas, wearer, rng)
    if guise.placement is not None:
        front.put_layer(canvas, worn_layer(_flat(canvas), marks, box, guise, rng, look))
    for painter in guise.over:
        painter(canvas, wearer, rng)
    if guise.child:
        child_proportions(canvas, look.chin)
        box[1] -= (SKULL - 1.0) * (-front.BOX_TOP - 0.35) * canvas.unit_px
    return front.finished(canvas, marks, box, look, face_height_px, guise.mask)


def worn_layer(
    picture: NDArray[np.uint8], marks: Points, box: Points, guise: Guise, rng: np.random.Generator, look: Look | None = None
) -> MaskLayer:
    """The guise's mask for a face of a BGR picture.

    Raises:
        ValueError: the face carries no mask (a profile), or the guise has none.
    """
    frame = FaceFrame.of_face(marks, box, turned=True)
    if frame is None or guise.placement is None:
        raise ValueError(f"no mask fits here: {guise.placement}, landmarks {np.round(marks).tolist()}")
    texture = _dyed(guise.dye(look), rng) if guise.dye and look else None
    layer = mask_layer(picture, frame, guise.placement, rng, cloth=guise.cloth, texture=texture)
    for _ in range(_TRIES):
        if guise.nose_shown is None or guise.nose_shown[0] <= upper_edge(layer, frame) <= guise.nose_shown[1]:
            break
        layer = mask_layer(picture, frame, guise.placement, rng, cloth=guise.cloth, texture=texture)
    return guise.cut(layer, frame, rng) if guise.cut else layer


def upper_edge(layer: MaskLayer, frame: FaceFrame) -> float:
    """Where the cloth begins in the middle of the face, in v: 0 at the eyes, 1 at the mouth."""
    relative = layer.outline_px - frame.eyes_px
    u, v = relative @ frame.across / frame.unit_px, relative @ frame.down / frame.unit_px
    return float(v[np.abs(u - frame.nose_u) < 0.25].min(initial=np.inf))


def _dyed(colour: Colour, rng: np.random.Generator) -> NDArray[np.float32]:
    """Plain cloth of one colour with soft creases."""
    coarse = rng.normal(1.0, 0.05, (6, 5)).astype(np.float32)
    creases = cv2.resize(coarse, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(np.asarray(colour, np.float32) * creases[..., None], 6, 250), np.float32)


def _turned(look: Look, guise: Guise, face_height_px: float, rng: np.random.Generator) -> Sprite:
    """A head turned far, with short hair; painters paint on the face before it is wrapped round the head."""
    short = Hair.PARTED if look.hair in (Hair.LONG, Hair.BUN) else look.hair
    look = replace(look, yaw=0.0, hair=short)
    face, canvas = front.blank(), front.blank()
    flat_face(face, look, rng)
    for painter in guise.under:
        painter(face, replace(Wearer.of_look(look), lean=0.0), rng)
    cover = None
    if guise.placement is not None:
        cover = _wrapped_mask(face, look, guise, rng)
    yaw_rad = float(np.radians(guise.yaw_deg))
    draw_turned(canvas, look, face, cover, yaw_rad, rng)
    marks, box = turned_points(canvas, look, yaw_rad, front.BOX_TOP)
    return front.finished(canvas, marks, box, look, face_height_px, guise.mask)


def _wrapped_mask(face: Canvas, look: Look, guise: Guise, rng: np.random.Generator) -> NDArray[np.float32]:
    """Put the mask's cloth, without straps, on the flat face; gives its coverage."""
    marks, box = front.points_of(look, face)
    middle, half = (box[0] + box[2]) / 2, _TURNED_MASK * (box[2] - box[0]) / 2
    layer = worn_layer(_flat(face), marks, np.array([middle - half, box[1], middle + half, box[3]]), guise, rng, look)
    own = front.blank()
    front.put_layer(own, layer)
    outline = (layer.outline_px - np.array(face.origin_px)) / face.unit_px
    cover = np.asarray(face.coverage(outline) * np.clip(own.alpha, 0, 1), np.float32)
    face.blend(np.asarray(own.pixels / np.maximum(own.alpha, 1e-3)[..., None], np.float32), cover)
    return cover


def _flat(canvas: Canvas) -> NDArray[np.uint8]:
    return np.clip(canvas.pixels, 0, 255).astype(np.uint8)

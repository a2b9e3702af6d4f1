"""Draws masks on bare faces, and things that are no masks: hands, beards, scarves, cups."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing.cloth import Cloth, weave
from edge.sim.drawing.mask import MaskLayer, mask_layer
from edge.sim.drawing.placement import STATE_OF, FaceFrame, Placement
from edge.sim.drawing.wear.clear import with_pane
from edge.sim.drawing.wear.wearer import put_on
from models.training.dressed import LEAST_ROOM, no_mask_painter, room_below
from models.training.labelled import ABSENT, WORN, WORN_WRONG, Labelled

_PLACEMENTS: Final = {
    Placement.WORN: 0.40,
    Placement.UNDER_NOSE: 0.27,
    Placement.ON_CHIN: 0.19,
    Placement.ONE_EAR: 0.08,
    Placement.FOREHEAD: 0.06,
}
_CLOTHS: Final = {Cloth.SURGICAL: 0.45, Cloth.PLAIN: 0.27, Cloth.N95: 0.16, Cloth.PATTERNED: 0.12}
_REAL_CLOTH, _CLEAR_WINDOW, _UPSIDE_DOWN = 0.45, 0.04, 0.04
_MASKED, _MASK_ON_MASK = 0.42, 0.10
LOOKALIKE = 0.19
"""Share of the bare faces behind a hand, scarf, beard or cup."""
_SMALLEST_UNIT_PX = 4.0
_LEAST_SHOWN = 0.6


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """What may be painted on faces.

    Attributes:
        real: textures cut from real masks, (h, w, 3) float32 each.
        masks, lookalikes: whether masks are drawn at all, and things that are none.
    """

    real: list[NDArray[np.float32]]
    masks: bool = True
    lookalikes: bool = True

    def texture(self, rng: np.random.Generator) -> NDArray[np.float32]:
        """Almost half real, the rest woven by our own code, surgical masks most of all; a few upside down."""
        if self.real and rng.random() < _REAL_CLOTH:
            picked = self.real[int(rng.integers(len(self.real)))]
            picked = picked[:, ::-1] if rng.random() < 0.5 else picked
        else:
            picked = weave(Cloth(rng.choice(list(_CLOTHS), p=list(_CLOTHS.values()))), rng)
        return picked[::-1] if rng.random() < _UPSIDE_DOWN else picked


def cover(
    scene: Labelled,
    wardrobe: Wardrobe,
    rng: np.random.Generator,
    near: NDArray[np.bool_] | None = None,
    lookalike: float = LOOKALIKE,
) -> Labelled:
    """A copy of the scene in which some faces carry a drawn mask or a look-alike; `near` (n,) limits which.

    `lookalike` is the share of the bare faces that get one.
    """
    picture, states = scene.picture.copy(), scene.states.copy()
    lookalike = lookalike if wardrobe.lookalikes else 0.0
    for index in np.flatnonzero(np.isfinite(scene.landmarks).all((1, 2)) if near is None else near):
        frame = _frame(scene, int(index))
        if frame is None or frame.unit_px < _SMALLEST_UNIT_PX:
            continue
        chance = rng.random()
        if states[index] == ABSENT and chance < _MASKED:
            if not wardrobe.masks:
                continue
            placement = rng.choice(list(_PLACEMENTS), p=list(_PLACEMENTS.values()))
            if _wear(picture, frame, Placement(placement), wardrobe, rng):
                states[index] = WORN if STATE_OF[Placement(placement)] is Mask.WORN else WORN_WRONG
        elif states[index] == ABSENT and chance < _MASKED + lookalike:
            _disguise(picture, scene, int(index), rng)
        elif states[index] == WORN and chance < _MASK_ON_MASK and wardrobe.masks:
            _wear(picture, frame, Placement.WORN, wardrobe, rng)
    return Labelled(picture, scene.boxes, scene.landmarks, states)


def _frame(scene: Labelled, index: int) -> FaceFrame | None:
    """Where a mask goes on one face; None where its points are unknown or it is a profile."""
    if not np.isfinite(scene.landmarks[index]).all():
        return None
    return FaceFrame.of_face(scene.landmarks[index], scene.boxes[index], turned=True)


def _wear(
    picture: NDArray[np.uint8], frame: FaceFrame, placement: Placement, wardrobe: Wardrobe, rng: np.random.Generator
) -> bool:
    """Draw one mask; False, and nothing drawn, where too much of it would lie outside the picture to be seen."""
    blur_px = float(rng.uniform(0.3, 1.2))
    layer = mask_layer(picture, frame, placement, rng, texture=wardrobe.texture(rng), edge_blur_px=blur_px)
    if _shown(layer, picture) < _LEAST_SHOWN:
        return False
    if placement is Placement.WORN and rng.random() < _CLEAR_WINDOW:
        layer = with_pane(layer, frame, rng)
    layer.lay_over(picture)
    return True


def _disguise(picture: NDArray[np.uint8], scene: Labelled, index: int, rng: np.random.Generator) -> None:
    """Paint something before a face that is no mask; nothing where it would be cut off at the chin, or on a profile."""
    frame = FaceFrame.of_face(scene.landmarks[index], scene.boxes[index])
    if frame is not None and room_below(scene, index) >= LEAST_ROOM:
        put_on(picture, frame, no_mask_painter(rng), rng)


def _shown(layer: MaskLayer, picture: NDArray[np.uint8]) -> float:
    """Share of the mask that lies inside the picture."""
    top, left = max(0, -layer.top_px), max(0, -layer.left_px)
    bottom, right = picture.shape[0] - layer.top_px, picture.shape[1] - layer.left_px
    return float(layer.alpha[top : max(bottom, 0), left : max(right, 0)].sum() / max(layer.alpha.sum(), 1e-6))

"""Draws masks on bare faces, and things that are no masks: hands, beards, scarves, cups."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing.canvas import Canvas, Points, ellipse, smooth
from edge.sim.drawing.cloth import Cloth, weave
from edge.sim.drawing.mask import MaskLayer, mask_layer
from edge.sim.drawing.placement import STATE_OF, FaceFrame, Placement
from edge.sim.drawing.wear.clear import with_pane
from models.training.labelled import ABSENT, WORN, WORN_WRONG, Labelled

_PLACEMENTS: Final = {
    Placement.WORN: 0.40,
    Placement.UNDER_NOSE: 0.27,
    Placement.ON_CHIN: 0.19,
    Placement.ONE_EAR: 0.08,
    Placement.FOREHEAD: 0.06,
}
_CLOTHS: Final = {Cloth.SURGICAL: 0.45, Cloth.PLAIN: 0.27, Cloth.N95: 0.16, Cloth.PATTERNED: 0.12}
_REAL_CLOTH, _CLEAR_WINDOW = 0.45, 0.04
_MASKED, _LOOKALIKE, _MASK_ON_MASK = 0.42, 0.19, 0.10
_SMALLEST_UNIT_PX = 4.0
_LEAST_SHOWN = 0.6


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """Textures cut from real masks, (h, w, 3) float32 each."""

    real: list[NDArray[np.float32]]

    def texture(self, rng: np.random.Generator) -> NDArray[np.float32]:
        """Almost half real, the rest woven by our own code, surgical masks most of all."""
        if self.real and rng.random() < _REAL_CLOTH:
            picked = self.real[int(rng.integers(len(self.real)))]
            return picked[:, ::-1] if rng.random() < 0.5 else picked
        return weave(Cloth(rng.choice(list(_CLOTHS), p=list(_CLOTHS.values()))), rng)


def cover(scene: Labelled, wardrobe: Wardrobe, rng: np.random.Generator, near: NDArray[np.bool_] | None = None) -> Labelled:
    """A copy of the scene in which some faces carry a drawn mask or a look-alike; `near` (n,) limits which."""
    picture, states = scene.picture.copy(), scene.states.copy()
    for index in np.flatnonzero(np.isfinite(scene.landmarks).all((1, 2)) if near is None else near):
        frame = _frame(scene, int(index))
        if frame is None or frame.unit_px < _SMALLEST_UNIT_PX:
            continue
        chance = rng.random()
        if states[index] == ABSENT and chance < _MASKED:
            placement = rng.choice(list(_PLACEMENTS), p=list(_PLACEMENTS.values()))
            if _wear(picture, frame, Placement(placement), wardrobe, rng):
                states[index] = WORN if STATE_OF[Placement(placement)] is Mask.WORN else WORN_WRONG
        elif states[index] == ABSENT and chance < _MASKED + _LOOKALIKE:
            _LOOKALIKES[int(rng.integers(len(_LOOKALIKES)))](picture, frame, rng).lay_over(picture)
        elif states[index] == WORN and chance < _MASK_ON_MASK:
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


def _shown(layer: MaskLayer, picture: NDArray[np.uint8]) -> float:
    """Share of the mask that lies inside the picture."""
    top, left = max(0, -layer.top_px), max(0, -layer.left_px)
    bottom, right = picture.shape[0] - layer.top_px, picture.shape[1] - layer.left_px
    return float(layer.alpha[top : max(bottom, 0), left : max(right, 0)].sum() / max(layer.alpha.sum(), 1e-6))


def _canvas(outline: Points, margin_px: float) -> tuple[Canvas, int, int]:
    low, high = np.floor(outline.min(0) - margin_px), np.ceil(outline.max(0) + margin_px)
    return Canvas(int(high[0] - low[0]), int(high[1] - low[1]), (-float(low[0]), -float(low[1])), 1.0), int(low[0]), int(low[1])


def _skin(picture: NDArray[np.uint8], frame: FaceFrame) -> NDArray[np.float64]:
    """Colour of the cheek beside the nose."""
    x, y = np.clip(frame.to_px(np.array([(0.4, 0.45)]))[0], 1, (picture.shape[1] - 2, picture.shape[0] - 2)).astype(int)
    return np.asarray(picture[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).mean(0), np.float64)


def _hand(picture: NDArray[np.uint8], frame: FaceFrame, rng: np.random.Generator) -> MaskLayer:
    """Palm or fingers over mouth and perhaps nose."""
    side, v = float(rng.choice((-1, 1))), float(rng.uniform(0.75, 1.25))
    palm = frame.to_px(ellipse(side * rng.uniform(0, 0.5), v + 0.2, 0.45, 0.4))
    fingers = [
        frame.to_px(
            smooth(
                np.array([(side * 0.5, v + 0.25 - 0.16 * i), (-side * rng.uniform(0.2, 0.6), v - 0.2 * i + 0.1)]), closed=False
            )
        )
        for i in range(4)
    ]
    canvas, x, y = _canvas(np.vstack([palm, *fingers]), 0.3 * frame.unit_px + 3)
    b, g, r = np.clip(_skin(picture, frame) * rng.uniform(0.8, 1.15), 5, 250)
    unit = frame.unit_px
    canvas.fill(palm + 0.05 * unit, (b * 0.3, g * 0.3, r * 0.3), 0.4, 0.06 * unit)
    canvas.fill(palm, (b, g, r), 0.98, 0.02 * unit + 0.3)
    for finger in fingers:
        canvas.stroke(finger, (b * 0.55, g * 0.55, r * 0.6), 0.22 * unit, 0.9, 0.02 * unit + 0.2)
        canvas.stroke(finger, (b, g, r), 0.17 * unit, 0.95, 0.02 * unit + 0.2)
    return MaskLayer(x, y, canvas.pixels, canvas.alpha, palm)


def _beard(_picture: NDArray[np.uint8], frame: FaceFrame, rng: np.random.Generator) -> MaskLayer:
    chin, long = frame.chin_v, float(rng.uniform(0, 0.5))
    half = [(0, 0.76), (0.4, 0.84), (0.75, 0.7), (0.97, 0.3), (0.98, 0.9), (0.8, chin - 0.15 + long / 2), (0, chin + 0.08 + long)]
    right = np.array(half)
    outline = frame.to_px(smooth(np.vstack([right, right[-2:0:-1] * (-1, 1)])))
    canvas, x, y = _canvas(outline, 0.2 * frame.unit_px + 3)
    grey = float(rng.choice((20.0, 35.0, 60.0, 150.0, 200.0)))
    hair = np.clip(np.array([grey, grey * 1.1, grey * 1.25]) + rng.normal(0, 8, 3), 5, 240)
    bristle = rng.normal(1.0, 0.3, canvas.alpha.shape).astype(np.float32)
    alpha = canvas.coverage(outline, 0.06 * frame.unit_px + 0.3) * np.clip(bristle, 0.5, 1) * float(rng.uniform(0.5, 0.97))
    mouth = canvas.coverage(frame.to_px(ellipse(0, 1.0, 0.32, 0.1)), 0.03 * frame.unit_px + 0.3)
    canvas.blend(np.clip(hair.astype(np.float32) * bristle[..., None], 0, 255), alpha * (1 - 0.8 * mouth))
    return MaskLayer(x, y, canvas.pixels, canvas.alpha, outline)


def _scarf(_picture: NDArray[np.uint8], frame: FaceFrame, rng: np.random.Generator) -> MaskLayer:
    """Cloth round the neck, below the chin or drawn up over the mouth."""
    top = float(rng.uniform(0.5, 1.0)) if rng.random() < 0.4 else frame.chin_v + float(rng.uniform(-0.12, 0.1))
    low = frame.chin_v
    shape = np.array(
        [
            (-1.0, top),
            (-0.5, top + 0.12),
            (0, top + 0.18),
            (0.5, top + 0.12),
            (1.0, top),
            (1.2, low + 0.75),
            (0, low + 1.0),
            (-1.2, low + 0.75),
        ]
    )
    outline = frame.to_px(smooth(shape))
    canvas, x, y = _canvas(outline, 3)
    cloth = weave(Cloth.PATTERNED if rng.random() < 0.5 else Cloth.PLAIN, rng)
    rows = (np.linspace(0, 63, canvas.height_px)[:, None]).astype(int)
    columns = (np.linspace(0, 63, canvas.width_px)[None]).astype(int)
    canvas.blend(np.clip(cloth[rows, columns] * rng.uniform(0.5, 1.0), 0, 255).astype(np.float32), canvas.coverage(outline, 0.6))
    return MaskLayer(x, y, canvas.pixels, canvas.alpha, outline)


def _object(_picture: NDArray[np.uint8], frame: FaceFrame, rng: np.random.Generator) -> MaskLayer:
    """A cup, telephone or microphone before the mouth."""
    u, v = float(rng.uniform(-0.4, 0.4)), float(rng.uniform(1.05, 1.5))
    w, h = float(rng.uniform(0.15, 0.4)), float(rng.uniform(0.25, 0.6))
    shape = np.array([(u - w, v - h), (u + w, v - h), (u + 0.8 * w, v + h), (u - 0.8 * w, v + h)])
    outline = frame.to_px(shape if rng.random() < 0.6 else ellipse(u, v, w, h))
    canvas, x, y = _canvas(outline, 0.2 * frame.unit_px + 3)
    b, g, r = (float(c) for c in rng.uniform(10, 245, 3))
    canvas.fill(outline, (b, g, r), 1.0, 0.015 * frame.unit_px + 0.3)
    canvas.stroke(
        outline[: len(outline) // 2], (b * 0.6, g * 0.6, r * 0.6), 0.08 * frame.unit_px, 0.6, 0.04 * frame.unit_px + 0.2
    )
    return MaskLayer(x, y, canvas.pixels, canvas.alpha, outline)


_LOOKALIKES = (_hand, _beard, _scarf, _object)

"""Masks to be lip-read through: a clear pane in the cloth, or clear all over with a rim."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, ellipse
from edge.sim.drawing.mask import MaskLayer
from edge.sim.drawing.placement import FaceFrame


def with_pane(layer: MaskLayer, frame: FaceFrame, rng: np.random.Generator) -> MaskLayer:
    """A drawn mask with a clear pane before the mouth."""
    pane = _canvas(layer)
    outline = frame.to_px(ellipse(0, 1.02, float(rng.uniform(0.38, 0.5)), float(rng.uniform(0.2, 0.3))))
    clear = float(rng.uniform(0.7, 0.92)) * pane.coverage(outline, 0.02 * frame.unit_px + 0.3)
    return _cleared(layer, frame, np.asarray(clear, np.float32), rng)


def all_clear(layer: MaskLayer, frame: FaceFrame, rng: np.random.Generator) -> MaskLayer:
    """A drawn mask whose cloth is clear plastic; only its rim and straps stay."""
    whole = _canvas(layer).coverage(layer.outline_px)
    rim_px = max(1, round(0.07 * frame.unit_px))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * rim_px + 1, 2 * rim_px + 1))
    inner = cv2.GaussianBlur(cv2.erode(whole, kernel), (0, 0), 0.6)
    return _cleared(layer, frame, np.asarray(inner * float(rng.uniform(0.78, 0.9)), np.float32), rng)


def _canvas(layer: MaskLayer) -> Canvas:
    height, width = layer.alpha.shape
    return Canvas(width, height, (-float(layer.left_px), -float(layer.top_px)), 1.0)


def _cleared(layer: MaskLayer, frame: FaceFrame, clear: NDArray[np.float32], rng: np.random.Generator) -> MaskLayer:
    """The layer where `clear` (h, w), 0 to 1, lets the face through, with two reflections."""
    shine = _canvas(layer)
    for s in rng.uniform(-0.6, 0.5, 2):
        lean, wide = float(rng.uniform(-0.2, 0.2)), float(rng.uniform(0.05, 0.14))
        streak = frame.to_px(np.array([(s, 0.7), (s + wide, 0.7), (s + wide + lean, 1.4), (s + lean, 1.4)]))
        shine.fill(streak, (250.0, 250.0, 250.0), float(rng.uniform(0.2, 0.5)), 0.04 * frame.unit_px + 0.2)
    kept = np.float32(1.0) - clear
    pixels, alpha = layer.pixels * kept[..., None], layer.alpha * kept
    glare = shine.alpha * clear
    pixels = pixels * (1.0 - glare[..., None]) + 250.0 * glare[..., None]
    whole = np.asarray(alpha + glare * (1.0 - alpha), np.float32)
    return MaskLayer(layer.left_px, layer.top_px, np.asarray(pixels, np.float32), whole, layer.outline_px)

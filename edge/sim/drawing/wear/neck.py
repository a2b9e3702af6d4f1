"""Scarves, collars and balaclavas: cloth round the neck, sometimes over the mouth, never a mask."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, ellipse, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.fabric import cloth_layer, crease, lay_cloth, picked
from edge.sim.drawing.wear.wearer import Wearer

_DARK: tuple[Colour, ...] = ((30, 28, 30), (60, 40, 30), (50, 50, 54), (40, 50, 70), (70, 66, 64), (50, 44, 110))


def scarf_over_mouth(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """Wound round neck and chin and pulled up over the mouth, often over the nose."""
    _scarf(canvas, wearer, rng, top=float(rng.uniform(0.3, 0.82)))


def scarf_round_neck(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """The same scarf where it belongs, up to the chin."""
    _scarf(canvas, wearer, rng, top=wearer.chin + float(rng.uniform(-0.2, 0.05)))


def _scarf(canvas: Canvas, wearer: Wearer, rng: np.random.Generator, top: float) -> None:
    colour = wearer.lit(picked(rng))
    w, low = wearer.width, wearer.chin + float(rng.uniform(0.7, 1.0))
    high = min(top, 1.2)
    if rng.random() < 0.6:
        _hanging_end(canvas, wearer, rng, colour)
    half = [
        (0.5, top - 0.03),
        (0.92, high + 0.02),
        (1.08, high + 0.12),
        (1.3, high + 0.55),
        (1.42, low - 0.35),
        (1.1, low),
        (0.5, low + 0.12),
    ]
    right = [(u * w, v) for u, v in half]
    left = [(-u * w, v + float(rng.normal(0, 0.04))) for u, v in reversed(half)]
    outline = smooth(np.array([(wearer.lean, top + 0.02), *right, (0.0, low + 0.15), *left]))
    inside = lay_cloth(canvas, outline, cloth_layer(canvas, colour, rng, 1.5))
    for index, v in enumerate(np.arange(top + 0.28, low, 0.32)):
        dip = 0.12 + 0.1 * index + float(rng.uniform(-0.06, 0.06))
        line = np.array(
            [(-1.35 * w, v - 0.25), (-0.6, v + 0.3 * dip), (0.1, v + dip), (0.7, v + 0.2 * dip), (1.35 * w, v - 0.28)]
        )
        crease(canvas, line + rng.normal(0, 0.03, line.shape), colour, inside, 0.09, 0.55)
    rim = smooth(np.array([left[-1], (wearer.lean, top + 0.02), right[0]]), closed=False)
    canvas.stroke(shifted(rim, 0.0, 0.05), tint(colour, 1.3), 0.06, 0.5, 0.03, inside)


def _hanging_end(canvas: Canvas, wearer: Wearer, rng: np.random.Generator, colour: Colour) -> None:
    side, v = float(rng.choice((-1.0, 1.0))), wearer.chin + 0.6
    shape = np.array([(side * 0.35, v), (side * 0.95, v), (side * 1.1, v + 1.8), (side * 0.4, v + 1.8)])
    inside = lay_cloth(canvas, shape, cloth_layer(canvas, tint(colour, 0.9), rng, 2.0))
    crease(canvas, np.array([(side * 0.6, v + 0.2), (side * 0.72, v + 1.0), (side * 0.7, v + 1.8)]), colour, inside)


def turtleneck(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A high collar, half of the time pulled up over the mouth."""
    top = float(rng.uniform(0.75, 0.92)) if rng.random() < 0.5 else wearer.chin - float(rng.uniform(0.0, 0.25))
    w, colour = wearer.width, wearer.lit(wearer.cloth)
    low, high = wearer.chin + 0.85, min(top, wearer.chin - 0.5)
    half = [(0.45, top - 0.02), (0.85, high + 0.12), (0.97, high + 0.34), (0.9, wearer.chin), (0.86, low - 0.2), (1.0, low)]
    right, left = [(u * w, v) for u, v in half], [(-u * w, v) for u, v in reversed(half)]
    outline = smooth(np.array([(wearer.lean, top), *right, (0.0, low + 0.2), *left]))
    inside = lay_cloth(canvas, outline, cloth_layer(canvas, colour, rng, 1.1, knitted=True))
    for v in (wearer.chin + 0.12, wearer.chin + 0.45):
        line = np.array([(-0.95 * w, v - 0.12), (0.0, v + 0.12), (0.95 * w, v - 0.12)])
        crease(canvas, line + rng.normal(0, 0.03, line.shape), colour, inside, 0.08)
    rim = smooth(np.array([left[-1], (wearer.lean, top), right[0]]), closed=False)
    canvas.stroke(shifted(rim, 0.0, 0.05), tint(colour, 1.25), 0.07, 0.5, 0.03, inside)


def balaclava(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """Knitted over the whole head: open at the eyes, at eyes and mouth, or all of the face."""
    colour, w = wearer.lit(picked(rng, _DARK)), wearer.width
    half = [(0.0, -1.68), (0.55, -1.58), (0.98, -1.15), (1.16, -0.45), (1.15, 0.25), (1.06, 0.85), (0.92, 1.3),
            (0.78, wearer.chin), (0.82, 2.15), (1.0, 2.5)]  # fmt: skip
    right = [(u * w, v) for u, v in half]
    outline = smooth(np.array([*right, (0.0, 2.75), *[(-u, v) for u, v in reversed(right[1:])]]))
    holes = _openings(canvas, wearer, rng)
    layer = cloth_layer(canvas, colour, rng, 1.25, knitted=True)
    inside = canvas.coverage(outline, 0.012) * (1.0 - holes)
    edge = canvas.coverage(outline) * holes
    canvas.multiply(1.0 - 0.45 * edge * _near(inside, canvas.unit_px))
    canvas.blend(layer, inside)
    for v, depth in ((0.35, 0.1), (0.8, 0.16), (1.5, 0.2), (1.95, 0.25)):
        line = np.array([(-w, v - depth), (wearer.lean, v + 0.4 * depth), (w, v - depth)]) + rng.normal(0, 0.03, (3, 2))
        crease(canvas, line, colour, inside, 0.07, 0.35)
    canvas.fill(ellipse(1.1 * wearer.lean, 0.55, 0.2, 0.22), tint(colour, 1.3), 0.4, 0.12, inside)


def _openings(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> NDArray[np.float32]:
    """Where the face shows through, (height, width)."""
    lean, kind = wearer.lean, int(rng.integers(3))
    slit = smooth(
        np.array(
            [(-0.85, -0.28), (0.0, -0.34), (0.85, -0.28), (0.92, 0.02), (0.55, 0.3), (0.0, 0.24), (-0.55, 0.3), (-0.92, 0.02)]
        )
    )
    slit = slit * (wearer.width, 1.0) + (0.6 * lean, 0.0)
    if kind == 0:
        return canvas.coverage(slit, 0.012)
    if kind == 1:
        mouth = ellipse(0.8 * lean, 1.02, 0.48, 0.22)
        return np.asarray(np.maximum(canvas.coverage(slit, 0.012), canvas.coverage(mouth, 0.012)), np.float32)
    return canvas.coverage(ellipse(0.6 * lean, 0.42, 0.8 * wearer.width, 0.92), 0.012)


def _near(cover: NDArray[np.float32], unit_px: float) -> NDArray[np.float32]:
    """The shadow of an edge: the cover spread by a tenth of a unit."""
    side = 2 * max(1, round(0.1 * unit_px)) + 1
    return np.asarray(cv2.blur(cover, (side, side)), np.float32)

"""Cloth that hangs and is wound: knitted or woven layers with folds."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, Points, shifted, smooth
from edge.sim.drawing.head import tint

SCARVES: tuple[Colour, ...] = (
    (44, 40, 150), (120, 70, 40), (60, 60, 64), (32, 30, 32), (180, 190, 200), (70, 110, 60), (60, 140, 200), (140, 100, 150),
    (200, 190, 170), (90, 120, 160),
)  # fmt: skip


def picked(rng: np.random.Generator, colours: tuple[Colour, ...] = SCARVES) -> Colour:
    """One of the colours, a little changed."""
    b, g, r = np.clip(np.asarray(colours[int(rng.integers(len(colours)))]) + rng.normal(0, 12, 3), 10, 245)
    return float(b), float(g), float(r)


def cloth_layer(
    canvas: Canvas, colour: Colour, rng: np.random.Generator, half_width: float = 1.3, *, knitted: bool = False
) -> NDArray[np.float32]:
    """The colour over the whole canvas, knitted, checked or plain, darker towards the sides: (height, width, 3)."""
    u, v = canvas.grid()
    factor = 1.0 - 0.38 * np.clip(np.abs(u) / half_width, 0, 1) ** 2.5 + 0.0 * v
    pattern = int(rng.integers(2 if knitted else 4))
    if pattern == 0:  # ribs of a knit
        factor = factor * (1.0 + 0.10 * np.sin(2 * np.pi * u / 0.13 + 0.6 * np.sin(2 * np.pi * v / 0.11)))
    elif pattern == 1:  # rows of stitches
        factor = factor * (1.0 + 0.08 * np.sin(2 * np.pi * (v + 0.05 * np.abs(np.sin(2 * np.pi * u / 0.14))) / 0.12))
    noise = rng.normal(0, 1, (canvas.height_px // 8 + 2, canvas.width_px // 8 + 2)).astype(np.float32)
    factor = factor * (1.0 + 0.05 * cv2.resize(noise, (canvas.width_px, canvas.height_px), interpolation=cv2.INTER_CUBIC))
    layer = np.asarray(colour, np.float32) * factor[..., None]
    if pattern == 2:
        layer = _checked(layer, u, v, np.asarray(picked(rng), np.float32), factor)
    return np.asarray(np.clip(layer, 0, 255), np.float32)


def _checked(
    layer: NDArray[np.float32],
    u: NDArray[np.float32],
    v: NDArray[np.float32],
    other: NDArray[np.float32],
    factor: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Two-way stripes of a second colour, as on a tartan scarf."""
    stripes = 0.35 * ((np.sin(2 * np.pi * u / 0.6) > 0.3).astype(np.float32) + (np.sin(2 * np.pi * v / 0.5) > 0.3))
    return np.asarray(layer + stripes[..., None] * (other * factor[..., None] - layer), np.float32)


def painted(canvas: Canvas) -> NDArray[np.float32]:
    """What is painted so far, 0 to 1: where a shadow can fall."""
    return np.asarray(np.clip(canvas.alpha, 0, 1), np.float32).copy()


def lay_cloth(canvas: Canvas, outline: Points, layer: NDArray[np.float32], shadow: float = 0.45) -> NDArray[np.float32]:
    """Blend a layer inside an outline over its own shadow; gives the coverage (height, width)."""
    onto = painted(canvas)
    canvas.fill(shifted(outline, 0.0, -0.05), (10.0, 10.0, 16.0), shadow, 0.07, onto)
    inside = canvas.coverage(outline, 0.012)
    canvas.blend(layer, inside)
    return inside


def crease(
    canvas: Canvas, line: Points, colour: Colour, inside: NDArray[np.float32], width: float = 0.07, depth: float = 0.5
) -> None:
    """A fold: a dark valley and a lit ridge below it."""
    curve = smooth(line, closed=False)
    canvas.stroke(curve, tint(colour, 0.4), width, depth, 0.6 * width, inside)
    canvas.stroke(shifted(curve, 0.0, 1.2 * width), tint(colour, 1.35), 0.8 * width, 0.55 * depth, 0.6 * width, inside)

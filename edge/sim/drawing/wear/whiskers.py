"""Beards hair by hair: stubble, full and long, dark, grey or the colour of the hair."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, ellipse, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.wearer import Painter, Wearer

DARK: Colour = (26.0, 26.0, 30.0)
GREY: Colour = (176.0, 178.0, 180.0)
_STRANDS = 1500


def beard(colour: Colour | None, below_chin: float, density: float) -> Painter:
    """A painter of a beard that hangs `below_chin` face units; without a colour it takes the hair's."""

    def paint(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
        _beard(canvas, wearer, rng, wearer.lit(colour) if colour else tint(wearer.hair, 0.95), below_chin, density)

    return paint


def _beard(canvas: Canvas, wearer: Wearer, rng: np.random.Generator, colour: Colour, below_chin: float, density: float) -> None:
    w, low, lean = wearer.width, wearer.chin + below_chin, wearer.lean
    cheek = float(rng.uniform(0.5, 0.72))
    half = [(0.16, 0.79), (0.42, 0.84), (0.62, cheek + 0.18), (0.86, cheek - 0.05), (0.99, 0.1), (1.0, 0.6), (0.95, 1.05),
            (0.8, wearer.chin - 0.25 + 0.4 * below_chin), (0.5, low - 0.12 - 0.15 * below_chin), (0.2, low - 0.02)]  # fmt: skip
    right = [(u * w + lean * max(0.0, 1 - u * u), v) for u, v in half]
    left = [(-u * w + lean * max(0.0, 1 - u * u), v) for u, v in reversed(half)]
    outline = smooth(np.array([(lean, 0.8), *right, (0.7 * lean, low), *left]), 6)
    lips = np.asarray(
        canvas.coverage(
            smooth(
                shifted(
                    np.array([(-0.33, 1.0), (-0.12, 0.95), (0.12, 0.95), (0.33, 1.0), (0.14, 1.13), (-0.14, 1.13)]), lean, 0.0
                )
            ),
            0.02,
        )
    )
    patch = canvas.coverage(ellipse(lean, 1.3, 0.22, 0.07), 0.05) * float(rng.uniform(0.0, 0.5))
    area = np.asarray(canvas.coverage(outline, 0.035) * (1.0 - 0.92 * lips) * (1.0 - patch), np.float32)
    shadow = np.asarray(np.clip(canvas.alpha, 0, 1), np.float32).copy()
    canvas.fill(shifted(outline, 0.0, 0.1), (10.0, 10.0, 16.0), 0.3 * density, 0.08, shadow)
    _hairs(canvas, rng, colour, area, density, lambda u, v: _combed(u - lean, v, rng), outline)


def _combed(u: float, v: float, rng: np.random.Generator) -> tuple[float, float]:
    """Which way a hair at (u, v) grows: the moustache outwards, the rest down."""
    aside = 1.6 * np.sign(u) if v < 0.98 and abs(u) < 0.5 else 0.35 * u
    direction = np.array((aside, 1.0)) + rng.normal(0, 0.25, 2)
    direction /= np.linalg.norm(direction)
    return float(direction[0]), float(direction[1])


def _hairs(
    canvas: Canvas,
    rng: np.random.Generator,
    colour: Colour,
    area: NDArray[np.float32],
    density: float,
    grows: Callable[[float, float], tuple[float, float]],
    outline: NDArray[np.float64],
) -> None:
    """A base of the colour, then single hairs, lighter and darker, a few of them over the edge."""
    base = np.empty((canvas.height_px, canvas.width_px, 3), np.uint8)
    base[:] = np.clip(np.asarray(colour) * 0.72, 0, 255).astype(np.uint8)
    cover = np.asarray(np.clip(area * 255 * (0.35 + 0.6 * density), 0, 255), np.uint8)
    low, high = outline.min(0), outline.max(0)
    starts = rng.uniform(low, high, (_STRANDS, 2))
    for u, v in starts:
        x, y = canvas.to_px(np.array((u, v)))
        if not (0 <= x < canvas.width_px and 0 <= y < canvas.height_px and area[int(y), int(x)] > 0.35):
            continue
        along = np.array(grows(float(u), float(v))) * float(rng.uniform(0.07, 0.17))
        ends = np.round(canvas.to_px(np.array([(u, v), (u + along[0], v + along[1])])) * 16).astype(np.int32)
        shade = [float(c) for c in np.clip(np.asarray(colour) * rng.uniform(0.55, 1.55), 0, 255)]
        a, b = (int(ends[0][0]), int(ends[0][1])), (int(ends[1][0]), int(ends[1][1]))
        cv2.line(base, a, b, shade, 1, cv2.LINE_AA, 4)
        if density > 0.5:
            cv2.line(cover, a, b, [220.0], 1, cv2.LINE_AA, 4)
    canvas.blend(base.astype(np.float32), cover.astype(np.float32) / 255.0)

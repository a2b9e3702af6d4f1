"""Head, neck, shoulders and hair: the large shapes under the features."""

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, Points, ellipse, mirrored, smooth
from edge.sim.drawing.look import Hair, Look


def tint(colour: Colour, factor: float) -> Colour:
    """The colour made darker (below 1) or lighter (above 1)."""
    b, g, r = (min(255.0, c * factor) for c in colour)
    return b, g, r


def head_outline(look: Look) -> Points:
    """Skull and jaw, closed, in face units."""
    w, j, chin = look.width, look.jaw, look.chin
    half = [(0, -1.5), (0.5, -1.42), (0.88, -1.05), (1.05, -0.45), (1.05, 0.15), (0.98, 0.7), (0.83 * j, 1.12),
            (0.55 * j, chin - 0.2),
            (0.26 * j, chin - 0.03), (0, chin)]  # fmt: skip
    points = np.array(half, float) * (w, 1.0)
    return smooth(mirrored(points))


def draw_body(canvas: Canvas, look: Look) -> None:
    """Shoulders and neck, to the lower edge of the canvas."""
    bottom = canvas.height_px / canvas.unit_px
    spread = 2.35 if not look.child else 1.9
    half = [(0.5, 1.95), (0.85, 2.12), (spread * 0.8, 2.42), (spread, 2.85), (spread * 1.08, bottom), (0, bottom)]
    right = smooth(np.array(half[:-1], float), closed=False)
    canvas.fill(np.vstack([right, right[::-1] * (-1, 1)]), look.cloth)
    for side in (-1, 1):
        canvas.stroke(np.array([(side * 1.5, 2.7), (side * 1.35, 3.6)]), tint(look.cloth, 0.6), 0.06, 0.5, 0.06)
    neck = mirrored(np.array([(0, 0.9), (0.62, 0.9), (0.6, 1.7), (0.78, 2.12), (0.35, 2.38), (0, 2.5)], float))
    neck = neck * (look.width * (0.8 if look.child else 1.0), 1.0)
    canvas.fill(smooth(neck), tint(look.skin, 0.84))
    canvas.fill(ellipse(0, look.chin + 0.12, 0.7, 0.34), tint(look.skin, 0.45), 0.75, 0.12, canvas.coverage(smooth(neck)))
    canvas.stroke(
        smooth(np.array([(-0.8, 2.1), (-0.4, 2.42), (0, 2.55), (0.4, 2.42), (0.8, 2.1)]), closed=False),
        tint(look.cloth, 0.75),
        0.14,
    )


def draw_skull(canvas: Canvas, look: Look) -> NDArray[np.float32]:
    """Ears and the shaded skin of the head; gives the head's coverage, (height, width)."""
    for side in (-1, 1):
        canvas.fill(ellipse(side * 1.05 * look.width, 0.22, 0.15, 0.32, side * 0.12), tint(look.skin, 0.86))
        canvas.fill(ellipse(side * 1.07 * look.width, 0.2, 0.07, 0.18, side * 0.12), tint(look.skin, 0.6), 0.6, 0.03)
    head = canvas.coverage(head_outline(look))
    skin = np.empty((canvas.height_px, canvas.width_px, 3), np.float32)
    skin[:] = look.skin
    skin *= _roundness(canvas, look)[..., None]
    canvas.blend(skin, head)
    return head


def _roundness(canvas: Canvas, look: Look) -> NDArray[np.float32]:
    """Light on an egg: ambient plus a soft directed part, about 1 where the light falls."""
    u, v = canvas.grid()
    nx, ny = u / (1.16 * look.width), (v - 0.12) / 1.75
    nz = np.sqrt(np.clip(1.0 - nx**2 - ny**2, 0.02, 1.0))
    lx, ly = look.light
    lz = float(np.sqrt(max(0.1, 1.0 - lx**2 - ly**2)))
    light = 0.5 + 0.58 * np.clip(nx * lx + ny * ly + nz * lz, 0.0, 1.0) + 0.06 * nz
    return np.asarray(light, np.float32)


def _strands(canvas: Canvas, rng: np.random.Generator) -> NDArray[np.float32]:
    """Streaky brightness, about 1, for hair."""
    small = rng.normal(0.0, 1.0, (canvas.height_px // 6, canvas.width_px // 2)).astype(np.float32)
    streaks = cv2.resize(small, (canvas.width_px, canvas.height_px), interpolation=cv2.INTER_LINEAR)
    streaks = cv2.blur(streaks, (1, 21))
    return 1.0 + 0.3 * streaks


def _paint_hair(canvas: Canvas, look: Look, shape: NDArray[np.float32], rng: np.random.Generator) -> None:
    u, v = canvas.grid()
    gloss = 1.0 + 0.55 * np.exp(-(((v + 1.15) / 0.22) ** 2) - ((u - look.light[0]) / 0.6) ** 2)
    shade = (_strands(canvas, rng) * (0.82 - 0.12 * np.abs(u)) * gloss)[..., None]
    canvas.blend(np.clip(np.asarray(look.hair_colour, np.float32) * shade, 0, 255), shape)


def draw_hair_behind(canvas: Canvas, look: Look, rng: np.random.Generator) -> None:
    """What hangs behind the neck, or a bun."""
    if look.hair is Hair.LONG:
        half = [(0, -1.72), (0.8, -1.5), (1.2, -0.8), (1.28, 0.2), (1.34, 1.2), (1.25, 2.3), (0.9, 2.6), (0, 2.5)]
        _paint_hair(canvas, look, canvas.coverage(smooth(mirrored(np.array(half, float)))), rng)
    elif look.hair is Hair.BUN:
        _paint_hair(canvas, look, canvas.coverage(ellipse(0, -1.72, 0.45, 0.34)), rng)


HAIRLINES: dict[Hair, list[tuple[float, float]]] = {
    Hair.SHORT: [(-1.05, -0.1), (-0.93, -0.5), (-0.72, -0.86), (-0.3, -0.98), (0.25, -0.98), (0.72, -0.86),
        (0.93, -0.5), (1.05, -0.1)],
    Hair.PARTED: [(-1.06, 0.1), (-0.96, -0.45), (-0.7, -0.72), (-0.2, -0.88), (0.42, -1.08), (0.72, -0.84),
        (0.95, -0.5), (1.06, 0.1)],
    Hair.FRINGE: [(-1.06, 0.05), (-0.94, -0.42), (-0.62, -0.52), (-0.2, -0.55), (0.25, -0.52), (0.65, -0.55),
        (0.94, -0.42), (1.06, 0.05)],
    Hair.LONG: [(-1.12, 1.2), (-0.97, 0.3), (-0.88, -0.45), (-0.42, -0.9), (0.1, -1.06), (0.5, -0.86), (0.9, -0.45),
        (0.98, 0.3), (1.12, 1.2)],
    Hair.BUN: [(-1.06, 0.0), (-0.95, -0.5), (-0.72, -0.84), (-0.28, -1.0), (0.28, -1.0), (0.72, -0.84),
        (0.95, -0.5), (1.06, 0.0)],
}  # fmt: skip


def draw_hair_in_front(canvas: Canvas, look: Look, rng: np.random.Generator) -> None:
    """The hair that frames the forehead."""
    line = HAIRLINES.get(look.hair)
    if line is None:
        return
    end = line[-1][1]
    outer = [
        (1.17, end),
        (1.18, -0.4),
        (1.02, -1.15),
        (0.55, -1.62),
        (0, -1.74),
        (-0.55, -1.62),
        (-1.02, -1.15),
        (-1.18, -0.4),
        (-1.17, end),
    ]
    inner = smooth(np.array(line, float) + rng.normal(0, 0.02, (len(line), 2)), closed=False)
    outside = smooth(np.array(outer, float), closed=False)
    outline = np.vstack([inner, outside]) * (look.width, 1.0)
    canvas.stroke(inner * (look.width, 1.0), tint(look.skin, 0.55), 0.1, 0.35, 0.08, canvas.coverage(head_outline(look)))
    _paint_hair(canvas, look, canvas.coverage(outline, 0.02), rng)

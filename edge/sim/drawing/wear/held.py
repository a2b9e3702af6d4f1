"""Things held before the mouth: a cup, a telephone, a microphone. Never a mask."""

from typing import Final

import numpy as np

from edge.sim.drawing.canvas import Canvas, Colour, ellipse, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.tube import cast_shadow, draw_tube
from edge.sim.drawing.wear.wearer import Wearer

_CUPS: Final[tuple[Colour, ...]] = ((240, 240, 240), (60, 60, 190), (150, 190, 220), (120, 80, 40), (40, 40, 44), (90, 150, 60))
_BLACK: Final[Colour] = (34.0, 32.0, 32.0)


def cup(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A paper cup or mug at the lips, with the fingers round it."""
    u, v = wearer.lean + float(rng.uniform(-0.25, 0.25)), float(rng.uniform(0.8, 1.1))
    wide, high = float(rng.uniform(0.3, 0.52)), float(rng.uniform(0.75, 1.2))
    colour = wearer.lit(_picked(rng))
    shape = np.array([(u - wide, v), (u + wide, v), (u + 0.78 * wide, v + high), (u - 0.78 * wide, v + high)])
    cast_shadow(canvas, shape, 0.4, 0.15)
    canvas.fill(shape, colour, 1.0, 0.015)
    inside = canvas.coverage(shape)
    canvas.fill(ellipse(u + 0.8 * wide, v + 0.5 * high, 0.5 * wide, high), tint(colour, 0.6), 0.6, 0.12, inside)
    canvas.fill(ellipse(u - 0.35 * wide, v + 0.5 * high, 0.16 * wide, 0.6 * high), tint(colour, 1.25), 0.5, 0.1, inside)
    canvas.fill(ellipse(u, v, wide, 0.09), tint(colour, 1.12), 1.0, 0.012)
    canvas.fill(ellipse(u, v + 0.012, 0.88 * wide, 0.055), tint(colour, 0.4), 0.9, 0.015)
    _fingers(canvas, wearer, rng, (u, v + 0.5 * high), 0.85 * wide)


def telephone(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A telephone held flat before the mouth, to speak into, or upright, to take a picture."""
    flat = rng.random() < 0.5
    u, v = wearer.lean + float(rng.uniform(-0.35, 0.35)), float(rng.uniform(1.0, 1.25))
    half = np.array((0.75, 0.16) if flat else (0.36, 0.72))
    turn = float(rng.uniform(-0.35, 0.35))
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    turned = corners @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))]) + (u, v)
    colour = wearer.lit(_BLACK if rng.random() < 0.6 else _picked(rng))
    cast_shadow(canvas, turned, 0.4, 0.18)
    canvas.fill(turned, colour, 1.0, 0.02)
    canvas.stroke(np.vstack([turned, turned[:1]]), tint(colour, 1.5), 0.025, 0.6, 0.012)
    if not flat:
        lens = turned[0] * 0.72 + turned[2] * 0.28
        canvas.fill(ellipse(float(lens[0]), float(lens[1]), 0.09, 0.09), tint(colour, 0.4), 0.9, 0.02)
    _fingers(canvas, wearer, rng, (u, v + 0.15), 0.9 * float(half[0]))


def microphone(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A handheld microphone close to the lips."""
    side = float(rng.choice((-1.0, 1.0)))
    at = np.array((wearer.lean + side * rng.uniform(0.0, 0.3), rng.uniform(1.05, 1.3)))
    grip = shifted(at, side * float(rng.uniform(0.1, 0.5)), 1.5)
    body = wearer.lit(_BLACK)
    draw_tube(canvas, np.array([grip, 0.5 * (grip + at), at]), [0.15, 0.16, 0.19], body)
    head = ellipse(float(at[0]), float(at[1]), 0.3, 0.32)
    grille = wearer.lit((70.0, 70.0, 72.0) if rng.random() < 0.6 else _picked(rng))
    cast_shadow(canvas, head, 0.4, 0.12)
    canvas.fill(head, grille, 1.0, 0.015)
    inside = canvas.coverage(head)
    for share in np.linspace(-0.8, 0.8, 7):
        row = np.array([(at[0] - 0.3, at[1] + 0.3 * share), (at[0] + 0.3, at[1] + 0.3 * share)])
        canvas.stroke(row, tint(grille, 0.5), 0.02, 0.6, 0.012, inside)
    canvas.fill(ellipse(float(at[0]) - 0.1, float(at[1]) - 0.12, 0.1, 0.1), tint(grille, 1.8), 0.5, 0.05, inside)
    _fingers(canvas, wearer, rng, (float(grip[0] + at[0]) / 2, float(grip[1] + at[1]) / 2 + 0.25), 0.22)


def _fingers(canvas: Canvas, wearer: Wearer, rng: np.random.Generator, at: tuple[float, float], reach: float) -> None:
    """Four fingers that come from one side round what is held, and the arm below."""
    side = float(rng.choice((-1.0, 1.0)))
    skin = tint(wearer.skin, float(rng.uniform(0.88, 1.02)))
    elbow = np.array([(at[0] + side * (reach + 0.5), at[1] + 2.4), (at[0] + side * (reach + 0.35), at[1] + 0.5)])
    draw_tube(canvas, smooth(elbow, 4, closed=False), [0.5, 0.34], wearer.lit(wearer.cloth))
    for index in range(4):
        v = at[1] - 0.3 + 0.2 * index
        line = np.array(
            [(at[0] + side * (reach + 0.3), v + 0.12), (at[0] + side * reach, v), (at[0] - side * 0.3 * reach, v + 0.03)]
        )
        draw_tube(canvas, line, [0.13, 0.12, 0.1], tint(skin, 1.0 - 0.04 * index))


def _picked(rng: np.random.Generator) -> Colour:
    b, g, r = _CUPS[int(rng.integers(len(_CUPS)))]
    return float(b), float(g), float(r)

"""Hands before the face: flat over the mouth, both hands, a fist, a hand at the cheek."""

from collections.abc import Callable
from typing import Final

import numpy as np

from edge.sim.drawing.canvas import Canvas, Colour, Points, ellipse, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.tube import cast_shadow, draw_tube, tube_outline
from edge.sim.drawing.wear.wearer import Wearer

# A hand laid flat, pointing along x: knuckle (x, y), fingertip (x, y), half-widths; lengths in face units (one is about 6.7 cm).
_FINGERS: Final = (
    ((1.16, 0.42), (1.92, 0.50), (0.125, 0.12, 0.095)),
    ((1.24, 0.15), (2.26, 0.19), (0.14, 0.13, 0.105)),
    ((1.24, -0.13), (2.36, -0.13), (0.145, 0.135, 0.11)),
    ((1.18, -0.41), (2.16, -0.46), (0.14, 0.13, 0.105)),
)
_BACK: Final = [(-0.1, -0.36), (0.5, -0.46), (1.2, -0.55), (1.36, -0.2), (1.36, 0.2), (1.2, 0.54), (0.5, 0.48), (-0.1, 0.34)]
_THUMB: Final = [(0.35, -0.42), (0.8, -0.78), (1.3, -0.86)]


def hand_over_mouth(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """The palm against the lips, fingers across, the elbow low."""
    side = float(rng.choice((-1.0, 1.0)))
    at = (float(rng.uniform(-0.1, 0.2)) * side + wearer.lean, float(rng.uniform(0.72, 1.0)))
    _hand(canvas, wearer, rng, at, side, float(rng.uniform(8, 40)))


def both_hands(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """One hand over the other, as in a fright."""
    v = float(rng.uniform(0.75, 0.95))
    _hand(canvas, wearer, rng, (-0.35 + wearer.lean, v + 0.1), -1.0, float(rng.uniform(40, 60)))
    _hand(canvas, wearer, rng, (0.3 + wearer.lean, v), 1.0, float(rng.uniform(35, 58)))


def hand_at_cheek(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """The head rests in a hand: fingers up the cheek, mouth free."""
    side = float(rng.choice((-1.0, 1.0)))
    at = (side * 0.92 * wearer.width + 0.3 * wearer.lean, float(rng.uniform(0.55, 0.75)))
    _hand(canvas, wearer, rng, at, side, float(rng.uniform(76, 92)), scale=0.82, thumb=-1.0)


def fist_before_mouth(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A cough into the fist: four folded fingers, one above the other, and the thumb."""
    side = float(rng.choice((-1.0, 1.0)))
    middle = np.array((wearer.lean + side * rng.uniform(0.0, 0.15), rng.uniform(0.95, 1.12)))
    skin = _skin(wearer, rng)
    wrist = shifted(middle, side * 0.75, 0.75)
    _forearm(canvas, wearer, wrist, shifted(middle, side * 1.35, 2.7), skin)
    block = ellipse(float(middle[0]) + side * 0.12, float(middle[1]) + 0.05, 0.66, 0.6, side * 0.2)
    cast_shadow(canvas, block, 0.5, 0.2)
    canvas.fill(block, tint(skin, 0.9), 1.0, 0.02)
    for index in range(4):
        v = float(middle[1]) - 0.42 + 0.27 * index
        bow = 0.07 - 0.05 * abs(index - 1.3)
        line = np.array([(middle[0] + side * 0.55, v + 0.06), (middle[0], v - 0.03), (middle[0] - side * (0.42 + bow), v + 0.05)])
        draw_tube(canvas, line, [0.15, 0.155, 0.15], tint(skin, 1.0 - 0.05 * index), edge=0.36)
    thumb = np.array(
        [
            (middle[0] + side * 0.5, middle[1] - 0.3),
            (middle[0] + side * 0.15, middle[1] - 0.46),
            (middle[0] - side * 0.3, middle[1] - 0.42),
        ]
    )
    draw_tube(canvas, thumb, [0.19, 0.16, 0.12], tint(skin, 1.04), edge=0.36)
    _nail(canvas, thumb[-1], np.array((-side, 0.1)), skin, 0.075)


def _hand(
    canvas: Canvas,
    wearer: Wearer,
    rng: np.random.Generator,
    at: tuple[float, float],
    side: float,
    rise_deg: float,
    scale: float = 0.86,
    thumb: float = 1.0,
) -> None:
    """A hand from one side with the middle of its fingers at `at`, pointing inwards and up by `rise_deg`; `thumb` -1: below."""
    skin = _skin(wearer, rng)
    rise = np.radians(rise_deg)
    along, over = np.array((-side * np.cos(rise), -np.sin(rise))), thumb * np.array((-side * np.sin(rise), np.cos(rise)))
    spread = float(rng.uniform(0.9, 1.12))
    anchor = np.array(at) - 1.6 * scale * along

    def placed(points: list[tuple[float, float]]) -> Points:
        flat = np.array(points, np.float64) * (1.0, spread)
        return np.asarray(anchor + scale * (flat[:, :1] * along + flat[:, 1:] * over), np.float64)

    wrist = placed([(-0.1, 0.0)])[0]
    _forearm(canvas, wearer, wrist, shifted(wrist, side * 0.35, 2.4) - 1.2 * along * (0.3, 0.0), skin)
    curl = float(rng.uniform(-0.06, 0.06))
    tips = [(knuckle, (tip[0] * float(rng.uniform(0.97, 1.02)), tip[1] + curl), wide) for knuckle, tip, wide in _FINGERS]
    shapes = [tube_outline(placed([knuckle, tip]), scale * np.array(wide[::2])) for knuckle, tip, wide in tips]
    back = smooth(placed(_BACK), 6)
    for shape in [back, *shapes]:
        cast_shadow(canvas, shape, 0.28, 0.22)
    draw_tube(canvas, placed(_THUMB), [0.2 * scale, 0.16 * scale, 0.11 * scale], tint(skin, 0.92), edge=0.36)
    _back_of_hand(canvas, back, placed, skin)
    for knuckle, tip, wide in tips:
        _finger(
            canvas,
            placed([knuckle, ((knuckle[0] + tip[0]) / 2, (knuckle[1] + tip[1]) / 2 - 0.02), tip]),
            [w * scale for w in wide],
            skin,
        )


def _back_of_hand(canvas: Canvas, back: Points, placed: Callable[[list[tuple[float, float]]], Points], skin: Colour) -> None:
    inside = canvas.coverage(back)
    canvas.fill(back, skin, 1.0, 0.015)
    canvas.fill(shifted(back, 0.0, 0.28), tint(skin, 0.55), 0.35, 0.16, inside)
    for (x, y), _, _ in _FINGERS:
        tendon = placed([(0.35, 0.45 * y), (x - 0.1, y)])
        canvas.stroke(tendon, tint(skin, 1.18), 0.06, 0.35, 0.05, inside)
        canvas.stroke(shifted(tendon, 0.0, 0.09), tint(skin, 0.6), 0.05, 0.3, 0.05, inside)


def _finger(canvas: Canvas, line: Points, wide: list[float], skin: Colour) -> None:
    """Knuckle to tip, with a nail and the creases of two joints."""
    outline = draw_tube(canvas, line, wide, skin, depth=0.38, edge=0.36)
    inside = canvas.coverage(outline)
    along = line[-1] - line[0]
    across = np.array((-along[1], along[0])) / np.linalg.norm(along)
    knuckle = line[0] + 0.03 * along
    canvas.fill(ellipse(float(knuckle[0]), float(knuckle[1]), 1.1 * wide[0], 0.9 * wide[0]), tint(skin, 1.08), 0.7, 0.06)
    for share in (0.45, 0.5, 0.76):
        middle = line[0] + share * along
        crease = np.array([middle - 0.6 * wide[1] * across, middle + 0.6 * wide[1] * across])
        canvas.stroke(crease, tint(skin, 0.5), 0.02, 0.5, 0.012, inside)
    _nail(canvas, line[-1] - 0.02 * along, along / np.linalg.norm(along), skin, 0.62 * wide[-1])


def _nail(canvas: Canvas, at: Points, along: Points, skin: Colour, half_width: float) -> None:
    b, g, r = skin
    pink = (min(255.0, b * 0.95 + 25), min(255.0, g * 0.9 + 22), min(255.0, r * 1.02 + 22))
    tilt = float(np.arctan2(along[1], along[0]))
    canvas.fill(ellipse(float(at[0]), float(at[1]), 1.35 * half_width, half_width, tilt), tint(skin, 0.6), 0.6, 0.01)
    canvas.fill(ellipse(float(at[0]), float(at[1]), 1.2 * half_width, 0.85 * half_width, tilt), pink, 0.9, 0.008)


def _forearm(canvas: Canvas, wearer: Wearer, wrist: Points, elbow: Points, skin: Colour) -> None:
    """Bare at the wrist, then a sleeve."""
    draw_tube(canvas, np.array([elbow, 0.5 * (wrist + elbow), wrist]), [0.5, 0.42, 0.32], tint(skin, 0.9), depth=0.3)
    cuff = wrist + 0.22 * (elbow - wrist)
    sleeve = wearer.lit(tint(wearer.cloth, 0.9))
    draw_tube(canvas, np.array([elbow, 0.5 * (cuff + elbow), cuff]), [0.66, 0.56, 0.44], sleeve, depth=0.35)


def _skin(wearer: Wearer, rng: np.random.Generator) -> Colour:
    """Hands are a little darker and redder than the face."""
    b, g, r = tint(wearer.skin, float(rng.uniform(0.88, 1.02)))
    return b * 0.97, g * 0.98, r

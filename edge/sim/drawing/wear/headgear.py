"""Hats, hoods and head scarves, and a fringe that hides the brows."""

import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, Points, ellipse, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.fabric import cloth_layer, crease, lay_cloth, painted, picked
from edge.sim.drawing.wear.wearer import Wearer


def beanie(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A knitted cap with a turned-up band."""
    colour, w, low = wearer.lit(picked(rng)), wearer.width, float(rng.uniform(-0.62, -0.42))
    crown = smooth(
        np.array(
            [
                (-1.16 * w, low),
                (-1.17 * w, -1.0),
                (-0.75 * w, -1.72),
                (0.0, -1.98),
                (0.75 * w, -1.72),
                (1.17 * w, -1.0),
                (1.16 * w, low),
                (0.0, low + 0.1),
            ]
        )
    )
    lay_cloth(canvas, crown, cloth_layer(canvas, colour, rng, 1.25, knitted=True), 0.5)
    band = smooth(
        np.array(
            [
                (-1.2 * w, low - 0.42),
                (0.0, low - 0.3),
                (1.2 * w, low - 0.42),
                (1.2 * w, low - 0.02),
                (0.6, low + 0.1),
                (0.0, low + 0.14),
                (-0.6, low + 0.1),
                (-1.2 * w, low - 0.02),
            ]
        ),
        6,
    )
    inside = lay_cloth(canvas, band, cloth_layer(canvas, tint(colour, 1.12), rng, 1.3, knitted=True), 0.5)
    canvas.stroke(band[12:30] - (0.0, 0.02), tint(colour, 0.5), 0.05, 0.4, 0.04, inside)


def cap(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A baseball cap, its peak over the brows."""
    colour, w, low = wearer.lit(picked(rng)), wearer.width, float(rng.uniform(-0.75, -0.6))
    crown = smooth(
        np.array(
            [
                (-1.12 * w, low + 0.12),
                (-1.1 * w, -1.0),
                (-0.72 * w, -1.62),
                (0.0, -1.84),
                (0.72 * w, -1.62),
                (1.1 * w, -1.0),
                (1.12 * w, low + 0.12),
                (0.0, low + 0.02),
            ]
        )
    )
    inside = lay_cloth(canvas, crown, cloth_layer(canvas, colour, rng, 1.3), 0.4)
    for u in (-0.5, 0.0, 0.5):
        seam = np.array([(u * 0.25, -1.82), (u * 0.9, -1.3), (u * 1.15 * w, low)])
        canvas.stroke(smooth(seam, closed=False), tint(colour, 0.5), 0.025, 0.6, 0.01, inside)
    canvas.fill(ellipse(0.0, -1.84, 0.09, 0.05), tint(colour, 0.8))
    lean = 0.6 * wearer.lean
    peak = smooth(
        np.array(
            [
                (-0.98 * w, low - 0.02),
                (-0.5, low - 0.16),
                (0.0, low - 0.2),
                (0.5, low - 0.16),
                (0.98 * w, low - 0.02),
                (0.85 + lean, low + 0.2),
                (lean, low + 0.32),
                (-0.85 + lean, low + 0.2),
            ]
        )
    )
    canvas.fill(shifted(peak, 0.0, 0.2), (8.0, 8.0, 14.0), 0.4, 0.1, painted(canvas))
    canvas.fill(peak, tint(colour, 0.72), 1.0, 0.01)
    on_peak = canvas.coverage(peak)
    canvas.fill(ellipse(lean, low - 0.02, 0.6, 0.1), tint(colour, 1.25), 0.5, 0.08, on_peak)
    canvas.stroke(shifted(peak, 0.0, -0.05), tint(colour, 0.4), 0.03, 0.4, 0.02, on_peak)


def brimmed_hat(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A hat with a brim all round and a ribbon."""
    colour, w, low = wearer.lit(picked(rng)), wearer.width, float(rng.uniform(-0.85, -0.65))
    crown = smooth(
        np.array(
            [
                (-1.02 * w, low),
                (-0.95 * w, -1.5),
                (-0.6 * w, -1.9),
                (0.0, -1.82),
                (0.6 * w, -1.9),
                (0.95 * w, -1.5),
                (1.02 * w, low),
            ]
        )
    )
    layer = cloth_layer(canvas, colour, rng, 1.4)
    brim = ellipse(0.0, low, 1.75 * w, 0.24)
    lay_cloth(canvas, shifted(brim, 0.0, 0.06), layer * 0.55, 0.6)
    canvas.fill(
        ellipse(0.0, low + 0.28, 1.0, 0.2),
        (8.0, 8.0, 14.0),
        0.35,
        0.12,
        painted(canvas),
    )
    lay_cloth(canvas, brim, layer, 0.2)
    inside = lay_cloth(canvas, crown, layer, 0.4)
    ribbon = np.array(
        [
            (-1.05 * w, low - 0.3),
            (0.0, low - 0.18),
            (1.05 * w, low - 0.3),
            (1.05 * w, low - 0.02),
            (0.0, low + 0.12),
            (-1.05 * w, low - 0.02),
        ]
    )
    canvas.fill(smooth(ribbon, 5), tint(colour, 0.35), 0.95, 0.01, inside)


def hood(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """The hood of a jacket, up: cloth round head and neck, dark inside."""
    colour, w = wearer.lit(wearer.cloth), wearer.width
    outer = _both(
        [(0.0, -2.0), (0.7, -1.86), (1.22, -1.3), (1.45, -0.4), (1.42, 0.5), (1.3, 1.3), (1.28, 2.0), (1.6, 2.6)], w, (0.0, 2.95)
    )
    opening = _both([(0.0, -1.32), (0.5, -1.22), (0.9, -0.8), (1.05, -0.1), (1.02, 0.6), (0.9, 1.3), (0.6, 1.95)], w, (0.0, 2.3))
    _round_the_face(canvas, outer, shifted(opening, 0.7 * wearer.lean, 0.0), colour, rng, knitted=True)


def head_scarf(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """Cloth round face and neck, as many women wear it."""
    colour, w = wearer.lit(picked(rng)), wearer.width
    chin = wearer.chin
    outer = _both(
        [(0.0, -1.72), (0.6, -1.62), (1.08, -1.1), (1.24, -0.3), (1.2, 0.5), (1.1, 1.2), (1.2, 1.9), (1.7, 2.6)], w, (0.0, 3.1)
    )
    opening = _both(
        [(0.0, -1.0), (0.45, -0.94), (0.78, -0.6), (0.9, 0.0), (0.87, 0.6), (0.72, 1.15), (0.42, chin - 0.14)],
        w,
        (0.0, chin - 0.02),
    )
    inside = _round_the_face(canvas, outer, shifted(opening, 0.6 * wearer.lean, 0.0), colour, rng, knitted=False)
    for v in (0.25, 0.55, 0.85):
        line = np.array([(-1.1 * w, chin + v - 0.35), (-0.3, chin + v), (0.5, chin + v + 0.05), (1.2 * w, chin + v - 0.3)])
        crease(canvas, line + rng.normal(0, 0.04, line.shape), colour, inside, 0.08, 0.45)


def hard_hat(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A helmet as on a building site: a smooth shell with a short brim and a ridge."""
    colours: tuple[Colour, ...] = ((40, 200, 240), (240, 240, 240), (60, 60, 210), (190, 120, 40), (40, 140, 240))
    colour, w, low = wearer.lit(picked(rng, colours)), wearer.width, float(rng.uniform(-0.78, -0.62))
    shell = smooth(
        np.array(
            [
                (-1.2 * w, low),
                (-1.18 * w, -1.1),
                (-0.8 * w, -1.78),
                (0.0, -2.0),
                (0.8 * w, -1.78),
                (1.18 * w, -1.1),
                (1.2 * w, low),
                (0.0, low + 0.06),
            ]
        )
    )
    u, v = canvas.grid()
    shade = (
        1.05 - 0.5 * np.clip(np.abs(u) / 1.3, 0, 1) ** 2.5 + 0.45 * np.exp(-(((u + 0.35) / 0.25) ** 2) - ((v + 1.45) / 0.28) ** 2)
    )
    layer = np.asarray(np.clip(np.asarray(colour, np.float32) * shade[..., None], 0, 255), np.float32)
    inside = lay_cloth(canvas, shell, layer, 0.4)
    for s in (-0.28, 0.28):
        ridge = np.array([(s * 0.7, -1.95), (s, -1.4), (s * 1.1, low)])
        canvas.stroke(smooth(ridge, closed=False), tint(colour, 0.6), 0.04, 0.6, 0.02, inside)
    brim = ellipse(0.3 * wearer.lean, low + 0.04, 1.28 * w, 0.15)
    canvas.fill(shifted(brim, 0.0, 0.16), (8.0, 8.0, 14.0), 0.4, 0.1, painted(canvas))
    canvas.fill(brim, tint(colour, 0.82), 1.0, 0.01)


def long_fringe(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """Hair over the brows and partly over the eyes."""
    low = float(rng.uniform(-0.2, 0.0))
    crown = [
        (-1.12, 0.25),
        (-1.18, -0.4),
        (-1.02, -1.15),
        (-0.55, -1.62),
        (0, -1.74),
        (0.55, -1.62),
        (1.02, -1.15),
        (1.18, -0.4),
        (1.12, 0.25),
    ]
    outline = smooth(np.array(crown), closed=False)
    tips = [(u, low - 0.06 * (index % 2) + float(rng.normal(0, 0.04))) for index, u in enumerate(np.linspace(0.9, -0.9, 15))]
    shape = np.array([*outline, *tips]) * (wearer.width, 1.0)
    inside = canvas.coverage(shape, 0.012)
    canvas.fill(shifted(shape, 0.0, 0.08), tint(wearer.skin, 0.35), 0.4, 0.05, painted(canvas))
    canvas.fill(shape, wearer.hair, 1.0, 0.012)
    for _ in range(90):
        u = float(rng.uniform(-1.1, 1.1)) * wearer.width
        strand = np.array([(u * 0.5, -1.7), (u * 0.95, -1.0), (u, low + 0.05)])
        canvas.stroke(
            smooth(strand, 4, closed=False), tint(wearer.hair, float(rng.uniform(0.55, 1.6))), 0.015, 0.35, 0.01, inside
        )


def _both(half: list[tuple[float, float]], width: float, bottom: tuple[float, float]) -> Points:
    """A symmetric outline from its right half, top to bottom."""
    right = [(u * width, v) for u, v in half]
    return smooth(np.array([*right, bottom, *[(-u, v) for u, v in reversed(right[1:])]]))


def _round_the_face(
    canvas: Canvas, outer: Points, opening: Points, colour: Colour, rng: np.random.Generator, *, knitted: bool
) -> NDArray[np.float32]:
    """Cloth between an outer outline and an opening, with the opening's shadow on the face; gives the cloth's coverage."""
    hole = canvas.coverage(opening, 0.015)
    near = canvas.coverage(opening, 0.16)
    inside = np.asarray(canvas.coverage(outer, 0.012) * (1.0 - hole), np.float32)
    gap = np.asarray(hole * (1.0 - np.clip(canvas.alpha, 0, 1)), np.float32)
    canvas.pixels += gap[..., None] * np.asarray(tint(colour, 0.28), np.float32)
    canvas.alpha += gap
    canvas.multiply(np.asarray(1.0 - 0.6 * hole * (1.0 - near), np.float32))
    canvas.blend(cloth_layer(canvas, colour, rng, 1.7, knitted=knitted), inside)
    rim = np.vstack([opening, opening[:1]])
    canvas.stroke((rim - (0.0, 0.4)) * 1.07 + (0.0, 0.4), tint(colour, 1.3), 0.06, 0.5, 0.04, inside)
    canvas.stroke((rim - (0.0, 0.4)) * 1.14 + (0.0, 0.4), tint(colour, 0.5), 0.05, 0.45, 0.04, inside)
    return inside

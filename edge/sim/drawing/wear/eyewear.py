"""Face shields and sunglasses."""

import numpy as np

from edge.sim.drawing.canvas import Canvas, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.wearer import Wearer


def face_shield(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """A clear visor from a band on the forehead to below the chin, with reflections."""
    w, low = wearer.width, wearer.chin + float(rng.uniform(0.0, 0.35))
    lean = 0.5 * wearer.lean
    half = [(1.22, -0.95), (1.3, -0.3), (1.3, 0.6), (1.2, low - 0.25), (0.85, low)]
    sheet = smooth(np.array([*[(u * w + lean, v) for u, v in half], *[(-u * w + lean, v) for u, v in reversed(half)]]), 6)
    inside = canvas.coverage(sheet)
    canvas.fill(sheet, (238.0, 236.0, 232.0), float(rng.uniform(0.08, 0.2)), 0.01)
    for _ in range(int(rng.integers(2, 4))):
        u, slope, wide = float(rng.uniform(-1.1, 1.0)), float(rng.uniform(0.15, 0.5)), float(rng.uniform(0.08, 0.3))
        streak = np.array([(u, -0.9), (u + wide, -0.9), (u + wide - slope, low), (u - slope, low)])
        canvas.fill(streak, (255.0, 252.0, 248.0), float(rng.uniform(0.12, 0.38)), 0.05, inside)
    rim = np.vstack([sheet, sheet[:1]])
    canvas.stroke(rim, (225.0, 225.0, 225.0), 0.035, 0.75, 0.008)
    canvas.stroke(rim * 0.985, (70.0, 70.0, 70.0), 0.015, 0.4, 0.008, inside)
    _band(canvas, w, lean, rng)


def _band(canvas: Canvas, width: float, lean: float, rng: np.random.Generator) -> None:
    """Foam on the forehead under a strip of plastic."""
    colour = ((230.0, 226.0, 220.0), (200.0, 140.0, 60.0), (50.0, 48.0, 46.0))[int(rng.integers(3))]
    band = np.array(
        [
            (-1.26, -1.02),
            (-0.6, -1.12),
            (0.0, -1.15),
            (0.6, -1.12),
            (1.26, -1.02),
            (1.24, -0.72),
            (0.6, -0.8),
            (0.0, -0.82),
            (-0.6, -0.8),
            (-1.24, -0.72),
        ]
    )
    outline = smooth(band * (width, 1.0) + (lean, 0.0), 5)
    inside = canvas.coverage(outline)
    canvas.fill(shifted(outline, 0.0, 0.08), (10.0, 10.0, 14.0), 0.35, 0.06)
    canvas.fill(outline, colour, 1.0, 0.01)
    canvas.stroke(outline[: len(outline) // 2], tint(colour, 0.6), 0.06, 0.5, 0.04, inside)
    canvas.stroke(outline[len(outline) // 2 :], tint(colour, 1.2), 0.05, 0.6, 0.03, inside)


def sunglasses(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """Dark lenses."""
    dark = float(rng.uniform(14, 50))
    w, lean = wearer.width, 0.9 * wearer.lean
    for side in (-1, 1):
        lens = np.array([(-0.36, -0.2), (0.34, -0.22), (0.38, 0.1), (0.16, 0.3), (-0.22, 0.27), (-0.38, 0.06)]) * (side, 1)
        outline = smooth(shifted(lens, side * 0.46 + lean, 0.03), 6)
        inside = canvas.coverage(outline)
        canvas.fill(outline, (dark, dark, dark * 1.1), 0.96, 0.01)
        canvas.fill(outline - (0.1, 0.2), (150.0, 140.0, 130.0), 0.35, 0.1, inside)
        canvas.stroke(np.vstack([outline, outline[:1]]), (16.0, 14.0, 16.0), 0.05, 0.95, 0.008)
        canvas.stroke(np.array([(side * 0.8 + lean, -0.1), (side * 1.08 * w, -0.06)]), (16.0, 14.0, 16.0), 0.06, 0.9, 0.008)
    canvas.stroke(np.array([(lean - 0.12, -0.05), (lean, -0.09), (lean + 0.12, -0.05)]), (16.0, 14.0, 16.0), 0.05, 0.95, 0.008)

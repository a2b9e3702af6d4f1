"""Round things: a finger, an arm, a roll of cloth, shaded as if lit from above."""

import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, Points, shifted, smooth
from edge.sim.drawing.head import tint


def tube_outline(line: Points, half_widths: NDArray[np.float64]) -> Points:
    """Closed outline of a tube along `line` (n, 2), face units, with a round end at its last point."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    normal = np.stack([-along[:, 1], along[:, 0]], 1)
    left, right = line + normal * half_widths[:, None], line - normal * half_widths[:, None]
    turn = np.linspace(0, np.pi, 9)[1:-1, None]
    cap = line[-1] + half_widths[-1] * (np.cos(turn) * normal[-1] + np.sin(turn) * along[-1])
    return np.vstack([left, cap, right[::-1]])


def draw_tube(
    canvas: Canvas, control: Points, half_widths: list[float], colour: Colour, *, depth: float = 0.4, edge: float = 0.35
) -> Points:
    """Paint one along a smooth curve through `control`; gives the outline.

    `depth` is how dark its lower side is, `edge` how dark its contour.
    """
    line = smooth(control, 8, closed=False)
    widths = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(half_widths)), half_widths)
    outline = tube_outline(line, widths)
    inside = canvas.coverage(outline)
    wide = float(widths.mean())
    canvas.fill(outline, colour, 1.0, 0.008)
    canvas.stroke(shifted(line, 0.0, 0.75 * wide), tint(colour, 0.45), 0.9 * wide, depth, 0.35 * wide, inside)
    canvas.stroke(line - (0.0, 0.35 * wide), tint(colour, 1.22), 0.6 * wide, 0.8 * depth, 0.3 * wide, inside)
    canvas.stroke(np.vstack([outline, outline[:1]]), tint(colour, 0.35), 0.03, edge, 0.012)
    return outline


def cast_shadow(canvas: Canvas, outline: Points, strength: float = 0.4, reach: float = 0.12) -> None:
    """What lies before the face darkens what is just below it."""
    onto = np.asarray(np.clip(canvas.alpha, 0, 1), np.float32).copy()
    canvas.fill(shifted(outline, 0.03, 0.5 * reach), (12.0, 12.0, 20.0), strength, 0.6 * reach, onto)

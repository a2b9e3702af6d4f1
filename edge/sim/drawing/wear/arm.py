"""A cough into the elbow: the sleeve lies across mouth and nose."""

import numpy as np

from edge.sim.drawing.canvas import Canvas, shifted, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.wear.tube import cast_shadow, draw_tube, tube_outline
from edge.sim.drawing.wear.wearer import Wearer


def elbow_before_mouth(canvas: Canvas, wearer: Wearer, rng: np.random.Generator) -> None:
    """Upper arm up from the shoulder, the crook at the mouth, the forearm on past the other cheek."""
    side = float(rng.choice((-1.0, 1.0)))
    v = float(rng.uniform(0.95, 1.25))
    sleeve = wearer.lit(wearer.cloth)
    crook = np.array((wearer.lean + side * 0.1, v))
    upper = np.array([(side * 2.3, 2.9), (side * 1.5, 2.1), shifted(crook, side * 0.3, 0.35)])
    fore = np.array(
        [
            shifted(crook, side * 0.95, 0.62),
            shifted(crook, side * 0.1, 0.02),
            shifted(crook, -side * 1.0, -0.02),
            (-side * 2.6, v + 0.55),
        ]
    )
    line = smooth(fore, 8, closed=False)
    cast_shadow(canvas, tube_outline(line, np.full(len(line), 0.55)), 0.45, 0.25)
    draw_tube(canvas, upper, [0.72, 0.68, 0.6], tint(sleeve, 0.86), depth=0.35)
    outline = draw_tube(canvas, fore, [0.62, 0.6, 0.52, 0.46], sleeve, depth=0.35)
    inside = canvas.coverage(outline)
    for _ in range(7):
        start = shifted(crook, side * rng.uniform(-0.3, 0.75), rng.uniform(-0.35, 0.5))
        fold = smooth(
            np.array([start, shifted(start, -side * 0.25, 0.12), shifted(start, -side * 0.55, rng.uniform(0.05, 0.3))]),
            closed=False,
        )
        canvas.stroke(fold, tint(sleeve, 0.5), 0.06, 0.5, 0.05, inside)
        canvas.stroke(fold - (0.0, 0.07), tint(sleeve, 1.3), 0.05, 0.35, 0.05, inside)

"""A child's head: a large skull, eyes low in it, a small nose, round cheeks, a short chin, narrow shoulders."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas
from edge.sim.drawing.look import Hair, Look

SKULL = 1.16
"""How much higher the skull is above the brows than an adult's, in proportion to the face."""
_BROWS_V = -0.35
_HAIR: tuple[tuple[float, float, float], ...] = ((22, 20, 24), (30, 34, 46), (38, 54, 82), (56, 84, 124), (96, 142, 184))


def as_child(look: Look) -> Look:
    """The same person at about six years."""
    rng = np.random.default_rng([look.seed, 17])
    dark_skin = sum(look.skin) < 400
    hair = _HAIR[int(rng.integers(2 if dark_skin else len(_HAIR)))]
    styles = (Hair.SHORT, Hair.PARTED, Hair.FRINGE, Hair.LONG)
    return replace(
        look,
        child=True,
        hair=styles[int(rng.integers(4))],
        hair_colour=hair,
        age=0.0,
        beard=0.0,
        lipstick=False,
        width=float(rng.uniform(1.07, 1.13)),
        jaw=float(rng.uniform(0.9, 0.98)),
        chin=float(rng.uniform(1.48, 1.56)),
        eye_size=float(rng.uniform(1.25, 1.4)),
        eye_gap=float(rng.uniform(0.46, 0.5)),
        brow=float(rng.uniform(0.2, 0.5)),
        nose_width=float(rng.uniform(0.72, 0.82)),
        lip=float(rng.uniform(0.8, 0.95)),
        smile=float(rng.uniform(0.1, 0.8)),
    )


def child_proportions(canvas: Canvas, chin: float) -> None:
    """Stretch the skull of a drawn person upwards and draw the shoulders up, in place; the face itself stays."""
    u, v = canvas.grid()
    source_v = np.where(v < _BROWS_V, _BROWS_V + (v - _BROWS_V) / SKULL, v)
    below = np.clip((v - chin) / 0.5, 0.0, 1.0)
    source_v = source_v + 0.34 * below
    source_u = u * (1.0 + 0.05 * below)
    columns = (source_u * canvas.unit_px + canvas.origin_px[0]).astype(np.float32)
    rows = np.broadcast_to(source_v * canvas.unit_px + canvas.origin_px[1], columns.shape).astype(np.float32)
    canvas.pixels = _moved(canvas.pixels, columns, rows)
    canvas.alpha = _moved(canvas.alpha, columns, rows)


def _moved(layer: NDArray[np.float32], columns: NDArray[np.float32], rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cv2.remap(layer, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)

"""Whom something is put on: the measures a painter needs, of a drawn head or of a face in a photograph."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Colour, Points
from edge.sim.drawing.look import Look
from edge.sim.drawing.placement import FaceFrame

_CANVAS_UNITS = 5.6
_EYES_AT = (2.8, 2.1)
_SMALLEST_UNIT_PX, _LARGEST_UNIT_PX = 16.0, 110.0
_CHANGED = 6.0  # grey levels: from here on the painted pixel takes the place of the photographed one


@dataclass(frozen=True, slots=True)
class Wearer:
    """A head in face units: origin between the eyes, 1 = eyes to mouth.

    Attributes:
        width: of the head, 1 = half-width of 1.05 units.
        chin: v of the chin.
        lean: how far the nose stands beside the middle of the face (a head turned a little).
        skin, hair: colours, BGR.
        cloth: colour of the clothes.
        light: brightness of the scene as a factor on what is put on.
    """

    width: float
    chin: float
    lean: float
    skin: Colour
    hair: Colour
    cloth: Colour
    light: float = 1.0

    @classmethod
    def of_look(cls, look: Look) -> "Wearer":
        return cls(look.width, look.chin, 1.2 * look.yaw, look.skin, look.hair_colour, look.cloth)

    @classmethod
    def of_face(cls, picture: NDArray[np.uint8], frame: FaceFrame, rng: np.random.Generator) -> "Wearer":
        """Of a face in a BGR picture; hair and clothes, which nobody measured, follow from `rng`."""
        light = float(np.clip(0.3 + 0.7 * np.mean(_colour_at(picture, frame, (0.0, -0.45))) / 140.0, 0.35, 1.1))
        grey = float(rng.choice((22.0, 34.0, 60.0)))
        cloth = rng.uniform(30, 170, 3)
        return cls(
            width=frame.half_width / 1.06,
            chin=frame.chin_v,
            lean=frame.nose_u - frame.middle,
            skin=_colour_at(picture, frame, (0.35, 0.4)),
            hair=(grey, grey * 1.1, grey * 1.3),
            cloth=(float(cloth[0]), float(cloth[1]), float(cloth[2])),
            light=light,
        )

    def across(self, points: list[tuple[float, float]]) -> Points:
        """Points (s, v) with s from cheek (-1) to cheek (1), to face units: (n, 2); the middle follows the nose."""
        line = np.array(points, np.float64)
        middle = self.lean * np.clip(1.0 - line[:, 0] ** 2, 0.0, 1.0)
        return np.stack([line[:, 0] * 1.05 * self.width + middle, line[:, 1]], 1)

    def lit(self, colour: Colour) -> Colour:
        """The colour in this scene's light."""
        b, g, r = (float(np.clip(c * self.light, 0, 255)) for c in colour)
        return b, g, r


Painter = Callable[[Canvas, Wearer, np.random.Generator], None]


def put_on(picture: NDArray[np.uint8], frame: FaceFrame, painter: Painter, rng: np.random.Generator) -> None:
    """Let the painter paint on a face of a BGR picture, in place; shadows fall on the picture too."""
    unit = float(np.clip(frame.unit_px, _SMALLEST_UNIT_PX, _LARGEST_UNIT_PX))
    side = round(_CANVAS_UNITS * unit)
    canvas = Canvas(side, side, (_EYES_AT[0] * unit, _EYES_AT[1] * unit), unit)
    turn = frame.unit_px / unit * np.stack([frame.across, frame.down], 1)
    middle = frame.eyes_px + frame.middle * frame.unit_px * frame.across
    matrix = np.column_stack([turn, middle - turn @ np.array(canvas.origin_px)])
    back = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    bare = cv2.warpAffine(picture, matrix, (side, side), flags=back, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    canvas.pixels, canvas.alpha = bare.copy(), np.ones((side, side), np.float32)
    painter(canvas, Wearer.of_face(picture, frame, rng), rng)
    changed = np.clip(np.abs(canvas.pixels - bare).max(2) / _CHANGED, 0.0, 1.0)
    layer = np.dstack([canvas.pixels * changed[..., None], changed]).astype(np.float32)
    x0, y0, x1, y1 = _reach(matrix, side, picture)
    if x1 <= x0 or y1 <= y0:
        return
    matrix[:, 2] -= (x0, y0)
    part = picture[y0:y1, x0:x1]
    placed = cv2.warpAffine(layer, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
    part[:] = np.clip(part.astype(np.float32) * (1.0 - placed[..., 3:]) + placed[..., :3], 0, 255).astype(np.uint8)


def _reach(matrix: NDArray[np.float64], side_px: int, picture: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the picture's part that a square canvas covers."""
    corners = np.array([(0, 0, 1), (side_px, 0, 1), (0, side_px, 1), (side_px, side_px, 1)], np.float64) @ matrix.T
    low, high = np.floor(corners.min(0)) - 1, np.ceil(corners.max(0)) + 2
    height, width = picture.shape[:2]
    return max(0, int(low[0])), max(0, int(low[1])), min(width, int(high[0])), min(height, int(high[1]))


def _colour_at(picture: NDArray[np.uint8], frame: FaceFrame, at: tuple[float, float]) -> Colour:
    """Median colour round a point (s, v) of the face."""
    x, y = frame.to_px(np.array([at]))[0]
    reach = max(1, int(0.12 * frame.unit_px))
    x0, y0 = int(np.clip(x, reach, picture.shape[1] - reach - 1)), int(np.clip(y, reach, picture.shape[0] - reach - 1))
    part = picture[y0 - reach : y0 + reach + 1, x0 - reach : x0 + reach + 1].reshape(-1, 3)
    b, g, r = (float(c) for c in np.median(part, 0))
    return b, g, r

"""Draws a head-and-shoulders person as a transparent sprite with its true landmarks and box."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.sim.drawing.canvas import Canvas, Points
from edge.sim.drawing.cloth import Cloth
from edge.sim.drawing.features import Pose, draw_features
from edge.sim.drawing.head import draw_body, draw_hair_behind, draw_hair_in_front, draw_skull
from edge.sim.drawing.look import Look
from edge.sim.drawing.mask import MaskLayer, mask_layer
from edge.sim.drawing.placement import STATE_OF, FaceFrame, Placement

_WIDTH_PX, _HEIGHT_PX = 390, 390
_ORIGIN_PX = (195.0, 148.0)
_UNIT_PX = 70.0
# The box holds the whole forehead, as the boxes of the public scene sets and so the network do.
BOX_TOP = -1.38
BOX_HALF_WIDTH = 1.06


@dataclass(frozen=True, slots=True)
class Sprite:
    """One drawn person.

    Attributes:
        bgra: (h, w, 4) uint8, straight alpha.
        landmarks: (5, 2) float32, sprite pixels: right eye, left eye, nose, right and left mouth corner.
        box: (4,) float32 x1, y1, x2, y2 of the face, upper forehead to chin, sprite pixels.
        mask: the true state.
    """

    bgra: NDArray[np.uint8]
    landmarks: NDArray[np.float32]
    box: NDArray[np.float32]
    mask: Mask

    def paste(self, picture: NDArray[np.uint8], left_px: int, top_px: int) -> None:
        """Lay the person over a BGR picture, in place; parts outside are cut off."""
        height, width = picture.shape[:2]
        x1, y1 = max(0, left_px), max(0, top_px)
        x2, y2 = min(width, left_px + self.bgra.shape[1]), min(height, top_px + self.bgra.shape[0])
        if x2 <= x1 or y2 <= y1:
            return
        part = self.bgra[y1 - top_px : y2 - top_px, x1 - left_px : x2 - left_px]
        alpha = part[..., 3:].astype(np.float32) / 255.0
        under = picture[y1:y2, x1:x2]
        under[:] = np.round(under + alpha * (part[..., :3].astype(np.float32) - under)).astype(np.uint8)


def draw_person(
    seed: int,
    face_height_px: float,
    placement: Placement | None = None,
    cloth: Cloth | None = None,
    *,
    mask_seed: int | None = None,
) -> Sprite:
    """Draw the person with this seed, face `face_height_px` high, with a mask at `placement` or none.

    The same arguments give the same pixels. `mask_seed` chooses another mask for the same person.
    """
    look = Look.of_seed(seed)
    canvas = painted(look)
    landmarks, box = points_of(look, canvas)
    if placement is not None:
        choice = seed if mask_seed is None else mask_seed
        _put_mask_on(canvas, landmarks, box, placement, cloth, np.random.default_rng([choice, 11]))
    return finished(canvas, landmarks, box, look, face_height_px, Mask.ABSENT if placement is None else STATE_OF[placement])


def blank() -> Canvas:
    """An empty canvas of a person's size."""
    return Canvas(_WIDTH_PX, _HEIGHT_PX, _ORIGIN_PX, _UNIT_PX)


def painted(look: Look) -> Canvas:
    """Head and shoulders without a mask."""
    canvas = blank()
    rng = np.random.default_rng([look.seed, 13])
    draw_hair_behind(canvas, look, rng)
    draw_body(canvas, look)
    head = draw_skull(canvas, look)
    draw_features(canvas, look, head, rng)
    draw_hair_in_front(canvas, look, rng)
    _grain(canvas, rng)
    return canvas


def _grain(canvas: Canvas, rng: np.random.Generator) -> None:
    """Skin and cloth are not plastic: fine and coarse unevenness."""
    coarse = cv2.resize(
        rng.normal(0, 1, (16, 16)).astype(np.float32), (canvas.width_px, canvas.height_px), interpolation=cv2.INTER_CUBIC
    )
    fine = rng.standard_normal((canvas.height_px, canvas.width_px), np.float32)
    canvas.multiply(1.0 + 0.025 * coarse + 0.02 * fine)


def points_of(look: Look, canvas: Canvas) -> tuple[Points, Points]:
    """Landmarks (5, 2) and box (4,) on the canvas, pixels."""
    half = BOX_HALF_WIDTH * look.width
    corners = canvas.to_px(np.array([(-half, BOX_TOP), (half, look.chin)]))
    return canvas.to_px(Pose(look).landmarks()), corners.reshape(4)


def _put_mask_on(
    canvas: Canvas, landmarks: Points, box: Points, placement: Placement, cloth: Cloth | None, rng: np.random.Generator
) -> None:
    frame = FaceFrame.of_face(landmarks, box)
    if frame is None:
        raise ValueError(f"a drawn face always carries a mask, landmarks {landmarks.tolist()}")
    put_layer(canvas, mask_layer(np.clip(canvas.pixels, 0, 255).astype(np.uint8), frame, placement, rng, cloth=cloth))


def put_layer(canvas: Canvas, layer: MaskLayer) -> None:
    """Lay a drawn mask over the canvas."""
    rows, columns = layer.alpha.shape
    y, x = layer.top_px, layer.left_px
    alpha = np.zeros_like(canvas.alpha)
    pixels = np.zeros_like(canvas.pixels)
    y1, x1, y2, x2 = max(0, y), max(0, x), min(canvas.height_px, y + rows), min(canvas.width_px, x + columns)
    alpha[y1:y2, x1:x2] = layer.alpha[y1 - y : y2 - y, x1 - x : x2 - x]
    pixels[y1:y2, x1:x2] = layer.pixels[y1 - y : y2 - y, x1 - x : x2 - x]
    canvas.pixels = canvas.pixels * (1.0 - alpha[..., None]) + pixels
    canvas.alpha = canvas.alpha + alpha * (1.0 - canvas.alpha)


def finished(canvas: Canvas, landmarks: Points, box: Points, look: Look, face_height_px: float, mask: Mask) -> Sprite:
    """Turn by the roll about the eyes, scale to size, leave premultiplied alpha."""
    scale = face_height_px / float(box[3] - box[1])
    width, height = round(_WIDTH_PX * scale), round(_HEIGHT_PX * scale)
    premultiplied = np.dstack([canvas.pixels, canvas.alpha * 255.0])
    turn = cv2.getRotationMatrix2D(_ORIGIN_PX, -np.degrees(look.roll_rad), 1.0)
    turned = cv2.warpAffine(premultiplied, turn, (_WIDTH_PX, _HEIGHT_PX), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(turned, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    alpha = small[..., 3:] / 255.0
    straight = small[..., :3] / np.maximum(alpha, 1e-3)
    bgra = np.clip(np.dstack([straight, small[..., 3:]]), 0, 255).round().astype(np.uint8)
    marks = (landmarks @ turn[:, :2].T + turn[:, 2]) * scale
    centre = ((box[:2] + box[2:]) / 2) @ turn[:, :2].T + turn[:, 2]
    half = (box[2:] - box[:2]) / 2
    return Sprite(
        bgra, marks.astype(np.float32), (np.concatenate([centre - half, centre + half]) * scale).astype(np.float32), mask
    )

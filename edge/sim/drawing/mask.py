"""Draws a mask on a face, in a photograph or on a drawn person, from five landmarks and a box."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Points, smooth
from edge.sim.drawing.cloth import Cloth, weave
from edge.sim.drawing.placement import FaceFrame, Placement, outline_of


@dataclass(frozen=True, slots=True)
class MaskLayer:
    """A drawn mask ready to be laid over a picture.

    Attributes:
        left_px, top_px: where it goes; may lie partly outside the picture.
        pixels: (h, w, 3) float32 BGR, premultiplied by alpha.
        alpha: (h, w) float32, 0..1.
        outline_px: the cloth's outline, (n, 2), picture pixels.
    """

    left_px: int
    top_px: int
    pixels: NDArray[np.float32]
    alpha: NDArray[np.float32]
    outline_px: Points

    def lay_over(self, picture: NDArray[np.uint8]) -> None:
        """Change a BGR picture (h, w, 3) in place."""
        height, width = picture.shape[:2]
        x1, y1 = max(0, self.left_px), max(0, self.top_px)
        x2, y2 = min(width, self.left_px + self.alpha.shape[1]), min(height, self.top_px + self.alpha.shape[0])
        if x2 <= x1 or y2 <= y1:
            return
        rows, columns = slice(y1 - self.top_px, y2 - self.top_px), slice(x1 - self.left_px, x2 - self.left_px)
        under = picture[y1:y2, x1:x2].astype(np.float32)
        mixed = under * (1.0 - self.alpha[rows, columns, None]) + self.pixels[rows, columns]
        picture[y1:y2, x1:x2] = np.clip(mixed, 0, 255).astype(np.uint8)


def mask_layer(
    picture: NDArray[np.uint8],
    frame: FaceFrame,
    placement: Placement,
    rng: np.random.Generator,
    *,
    cloth: Cloth | None = None,
    texture: NDArray[np.float32] | None = None,
    edge_blur_px: float = 0.4,
) -> MaskLayer:
    """Draw a mask for the face in `frame` of a BGR picture; `texture` (h, w, 3) replaces the woven cloth."""
    outline = frame.to_px(smooth(outline_of(placement, frame, rng), 5))
    if texture is None:
        texture = weave(cloth or list(Cloth)[int(rng.integers(4))], rng)
    reach = 0.25 * frame.unit_px + 4
    ears = frame.to_px(np.array([(-1.04, 0.2), (1.04, 0.2)]))
    low, high = (
        np.floor(np.minimum(outline.min(0), ears.min(0)) - reach),
        np.ceil(np.maximum(outline.max(0), ears.max(0)) + reach),
    )
    canvas = Canvas(int(high[0] - low[0]), int(high[1] - low[1]), (-float(low[0]), -float(low[1])), 1.0)
    light = _covered_light(picture, outline)
    unit, blur = frame.unit_px, edge_blur_px + 0.008 * frame.unit_px
    canvas.fill(outline + 0.05 * unit * frame.down, (18.0, 16.0, 20.0), float(rng.uniform(0.2, 0.5)), 0.05 * unit)
    _straps(canvas, frame, placement, outline, texture, light, rng)
    flat = _shaded(texture, light, rng)
    colour = _stretched(flat, frame, outline, canvas, low)
    noise = rng.normal(0, rng.uniform(1.0, 4.0), colour.shape[:2]).astype(np.float32)
    canvas.blend(np.clip(colour + noise[..., None], 0, 255), canvas.coverage(outline, blur))
    return MaskLayer(int(low[0]), int(low[1]), canvas.pixels, canvas.alpha, outline)


def _covered_light(picture: NDArray[np.uint8], outline: Points) -> float:
    """How bright the covered skin is, as a factor on the cloth."""
    height, width = picture.shape[:2]
    x1, y1 = np.clip(outline.min(0), 0, (width - 1, height - 1)).astype(int)
    x2, y2 = np.clip(outline.max(0), (x1 + 1, y1 + 1), (width, height)).astype(int)
    return float(np.clip(0.35 + 0.65 * picture[y1:y2:2, x1:x2:2].mean() / 125.0, 0.4, 1.12))


def _straps(
    canvas: Canvas,
    frame: FaceFrame,
    placement: Placement,
    outline: Points,
    texture: NDArray[np.float32],
    light: float,
    rng: np.random.Generator,
) -> None:
    """Elastic from the corners of the cloth to the ears."""
    if placement is Placement.FOREHEAD or rng.random() < 0.15:
        return
    across = (outline - frame.eyes_px) @ frame.across
    width = float(rng.uniform(0.02, 0.05)) * frame.unit_px
    shade = float(np.clip(np.median(texture) * light * rng.uniform(0.9, 1.2), 10, 250)) if rng.random() < 0.6 else 225.0 * light
    ears = frame.to_px(np.array([(-1.04, rng.uniform(0.05, 0.3)), (1.04, rng.uniform(0.05, 0.3))]))
    for corner, ear in ((int(across.argmin()), ears[0]), (int(across.argmax()), ears[1])):
        if placement is Placement.ONE_EAR and np.linalg.norm(outline[corner] - ear) > 1.0 * frame.unit_px:
            continue
        canvas.stroke(np.array([outline[corner], ear]), (shade, shade, shade), width, 0.85, 0.3)


def _shaded(texture: NDArray[np.float32], light: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Curvature across the cheeks, a ridge over the nose, side light, and the light of the covered skin."""
    height, width = texture.shape[:2]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    side = float(rng.normal(0, 0.12))
    shade = 1.05 - float(rng.uniform(0.15, 0.4)) * x**2 + side * x - 0.18 * y**2
    shade += 0.1 * np.exp(-((x / 0.22) ** 2)) * (1 - y) - 0.06 * np.exp(-(((np.abs(x) - 0.35) / 0.15) ** 2)) * (1 - y)
    return np.asarray(texture * (shade * light)[..., None], np.float32)


def _stretched(
    flat: NDArray[np.float32], frame: FaceFrame, outline: Points, canvas: Canvas, corner: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The flat cloth mapped by an affine map onto the canvas so that it fills the outline."""
    relative = outline - frame.eyes_px
    u, v = relative @ frame.across, relative @ frame.down
    edges = [(u.min(), v.min()), (u.max(), v.min()), (u.min(), v.max())]
    target = np.array([frame.eyes_px + a * frame.across + b * frame.down for a, b in edges]) - corner
    height, width = flat.shape[:2]
    source = np.array([(0, 0), (width - 1, 0), (0, height - 1)], np.float32)
    matrix = cv2.getAffineTransform(source, target.astype(np.float32))
    size = (canvas.width_px, canvas.height_px)
    mapped: NDArray[np.float32] = cv2.warpAffine(flat, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[assignment]
    return mapped


def draw_mask(
    picture: NDArray[np.uint8],
    landmarks: NDArray[np.floating],
    box: NDArray[np.floating],
    placement: Placement,
    seed: int,
    *,
    cloth: Cloth | None = None,
) -> bool:
    """Draw a mask on a face of a BGR picture, in place; False where the face is too far from frontal to carry one.

    Landmarks (5, 2): right eye, left eye, nose, right and left mouth corner; box (4,): x1, y1, x2, y2; both in pixels.
    """
    frame = FaceFrame.of_face(landmarks, box)
    if frame is None:
        return False
    mask_layer(picture, frame, placement, np.random.default_rng(seed), cloth=cloth).lay_over(picture)
    return True

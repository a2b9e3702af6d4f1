"""A small painter's canvas: soft filled outlines and strokes in face units, premultiplied alpha."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Colour = tuple[float, float, float]
Points = NDArray[np.float64]

_SUBPIXEL_BITS = 4


def smooth(control: Points, steps: int = 8, closed: bool = True) -> Points:
    """Catmull-Rom curve through `control`, shape (n, 2); `steps` points a segment."""
    count = len(control)
    index = np.arange(count if closed else count - 1)
    around = [index - 1, index, index + 1, index + 2]
    if closed:
        a, b, c, d = (control[i % count] for i in around)
    else:
        a, b, c, d = (control[np.clip(i, 0, count - 1)] for i in around)
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[:, None, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - 3 * c + d - a) * t**3)
    points: Points = curve.transpose(1, 0, 2).reshape(-1, 2)
    return points if closed else np.vstack([points, control[-1:]])


def ellipse(u: float, v: float, half_width: float, half_height: float, tilt_rad: float = 0.0) -> Points:
    """Outline of an ellipse round (u, v)."""
    angle = np.linspace(0.0, 2 * np.pi, 28, endpoint=False)
    x, y = half_width * np.cos(angle), half_height * np.sin(angle)
    return np.stack([u + x * np.cos(tilt_rad) - y * np.sin(tilt_rad), v + x * np.sin(tilt_rad) + y * np.cos(tilt_rad)], 1)


def mirrored(right_half: Points) -> Points:
    """Closed symmetric outline from its right half, listed from top to bottom."""
    left = right_half[::-1] * (-1.0, 1.0)
    return np.vstack([right_half, left[np.abs(left[:, 0]) > 1e-9]])


def shifted(points: Points, across: float, down: float) -> Points:
    """The points (n, 2) or (2,) moved."""
    return np.asarray(points + np.array((across, down)), np.float64)


@dataclass(slots=True)
class Canvas:
    """Pixels in premultiplied BGR, 0..255. Face units: origin between the eyes, 1 = distance from eyes to mouth.

    Attributes:
        width_px, height_px: size.
        origin_px: where (0, 0) in face units lies.
        unit_px: pixels of one face unit.
        pixels: (height, width, 3) float32, premultiplied.
        alpha: (height, width) float32, 0..1.
    """

    width_px: int
    height_px: int
    origin_px: tuple[float, float]
    unit_px: float
    pixels: NDArray[np.float32] = field(init=False)
    alpha: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        self.pixels = np.zeros((self.height_px, self.width_px, 3), np.float32)
        self.alpha = np.zeros((self.height_px, self.width_px), np.float32)

    def to_px(self, points: Points) -> Points:
        """Face units to pixels."""
        return np.asarray(points * self.unit_px + np.array(self.origin_px), np.float64)

    def grid(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Face coordinates (u, v) of every pixel: shapes (1, width) and (height, 1)."""
        u = (np.arange(self.width_px, dtype=np.float32) - self.origin_px[0]) / self.unit_px
        v = (np.arange(self.height_px, dtype=np.float32) - self.origin_px[1]) / self.unit_px
        return u[None, :], v[:, None]

    def fill(
        self, outline: Points, colour: Colour, opacity: float = 1.0, blur: float = 0.0, inside: NDArray[np.float32] | None = None
    ) -> None:
        """Paint a filled outline; `blur` in face units; `inside`, full canvas size, limits where paint sticks."""
        self._paint(self.to_px(outline), colour, opacity, blur, None, inside)

    def stroke(
        self,
        line: Points,
        colour: Colour,
        width: float,
        opacity: float = 1.0,
        blur: float = 0.0,
        inside: NDArray[np.float32] | None = None,
    ) -> None:
        """Paint an open line of `width` face units."""
        self._paint(self.to_px(line), colour, opacity, blur, max(1, round(width * self.unit_px)), inside)

    def coverage(self, outline: Points, blur: float = 0.0) -> NDArray[np.float32]:
        """Alpha of an outline over the whole canvas, 0..1."""
        stencil = np.zeros((self.height_px, self.width_px), np.uint8)
        _rasterise(stencil, self.to_px(outline), None)
        if blur > 0:
            stencil = _softened(stencil, blur * self.unit_px)
        return stencil.astype(np.float32) / 255.0

    def blend(self, colour: NDArray[np.float32], alpha: NDArray[np.float32]) -> None:
        """Lay a full-size layer over the canvas: straight colour (height, width, 3), alpha (height, width)."""
        self.pixels += alpha[..., None] * (colour - self.pixels)
        self.alpha += alpha * (1.0 - self.alpha)

    def multiply(self, factor: NDArray[np.float32]) -> None:
        """Scale the colour everywhere: a shadow below 1, a light above."""
        self.pixels *= factor[..., None]

    def _paint(
        self, px: Points, colour: Colour, opacity: float, blur: float, width_px: int | None, inside: NDArray[np.float32] | None
    ) -> None:
        pad = int(3 * blur * self.unit_px) + 3 + (width_px or 0)
        x1, y1 = np.maximum(np.floor(px.min(0)).astype(int) - pad, 0)
        x2, y2 = np.minimum(np.ceil(px.max(0)).astype(int) + pad, (self.width_px, self.height_px))
        if x2 <= x1 or y2 <= y1:
            return
        stencil = np.zeros((y2 - y1, x2 - x1), np.uint8)
        _rasterise(stencil, px - (x1, y1), width_px)
        if blur > 0:
            stencil = _softened(stencil, blur * self.unit_px)
        alpha = stencil.astype(np.float32) * (opacity / 255.0)
        if inside is not None:
            alpha *= inside[y1:y2, x1:x2]
        pixels, cover = self.pixels[y1:y2, x1:x2], self.alpha[y1:y2, x1:x2]
        pixels += alpha[..., None] * (np.asarray(colour, np.float32) - pixels)
        cover += alpha * (1.0 - cover)


def _softened(stencil: NDArray[np.uint8], sigma_px: float) -> NDArray[np.uint8]:
    """Blurred by about `sigma_px`. A stack blur costs the same at any width; a Gaussian took 60 % of a whole drawing."""
    if sigma_px < 1.2:
        return cv2.GaussianBlur(stencil, (0, 0), sigma_px)  # type: ignore[return-value]
    side = 2 * round(2.0 * sigma_px) + 1
    return cv2.stackBlur(stencil, (side, side))  # type: ignore[return-value]


def _rasterise(stencil: NDArray[np.uint8], px: Points, width_px: int | None) -> None:
    """Draw a polygon, or a line of `width_px`, with sub-pixel corners."""
    fixed = np.round(px * (1 << _SUBPIXEL_BITS)).astype(np.int32)
    if width_px is None:
        cv2.fillPoly(stencil, [fixed], 255, cv2.LINE_AA, _SUBPIXEL_BITS)
    else:
        cv2.polylines(stencil, [fixed], False, 255, width_px, cv2.LINE_AA, _SUBPIXEL_BITS)

"""The head as a solid, row by row: what lies where when it is turned about the neck.

Every row is a closed curve in (x, z): x = half-width * sin(theta), z between the profile of the face and that of the neck,
theta 0 at the nose. Turning the head leaves the rows where they are, so that each is seen on its own. Measures after common head
proportions (breadth 15 cm, length 19 cm, eyes to mouth 6.7 cm), in face units.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas
from edge.sim.drawing.head import head_outline
from edge.sim.drawing.look import Look

Grid = NDArray[np.float32]
_SAMPLES = 1080
# (v, z): the profile of forehead and face without the nose; the back of the head, then jaw and throat.
_FRONT = [(-1.75, 0.3), (-1.5, 0.72), (-1.3, 0.98), (-0.9, 1.2), (-0.4, 1.27), (-0.15, 1.25), (0.05, 1.14), (0.4, 1.12),
          (0.75, 1.08), (1.0, 1.1), (1.25, 1.04), (1.42, 1.1), (1.58, 1.03), (1.7, 0.75), (2.6, 0.4)]  # fmt: skip
_BACK = [(-1.75, -0.5), (-1.5, -0.85), (-1.2, -1.22), (-0.6, -1.48), (0.0, -1.46), (0.4, -1.3), (0.8, -1.02), (1.0, -0.8),
         (1.2, -0.4), (1.4, 0.0), (1.6, 0.35), (1.75, 0.4), (2.6, 0.2)]  # fmt: skip
_HAIR_HALF = [(-1.76, 0.0), (-1.74, 0.22), (-1.66, 0.52), (-1.45, 0.82), (-1.15, 1.03), (-0.8, 1.14), (-0.4, 1.18), (-0.1, 1.13),
              (0.2, 1.06), (0.6, 0.98), (1.0, 0.8)]  # fmt: skip
_NOSE = [(-0.1, 0.0), (0.15, 0.1), (0.4, 0.27), (0.56, 0.4), (0.64, 0.4), (0.72, 0.24), (0.78, 0.05), (0.84, 0.0)]
_LIPS = [(0.84, 0.0), (0.92, 0.07), (0.99, 0.045), (1.06, 0.07), (1.16, 0.0)]
_MASK_TENT = [(0.05, 0.02), (0.25, 0.2), (0.6, 0.47), (0.95, 0.4), (1.3, 0.22), (1.6, 0.08), (1.75, 0.02)]


@dataclass(frozen=True, slots=True)
class Solid:
    """Points of a surface, (rows, samples): rows of the canvas, samples of theta from -180 to 180 degrees.

    Attributes:
        theta: (samples,) radians.
        x, z: to the right and towards the camera, face units, before turning.
        v: (rows, 1), down, face units.
    """

    theta: NDArray[np.float32]
    x: Grid
    z: Grid
    v: Grid

    def turned(self, yaw_rad: float) -> "Solid":
        """Turned so that the nose goes to the right of the picture."""
        c, s = np.float32(np.cos(yaw_rad)), np.float32(np.sin(yaw_rad))
        return Solid(self.theta, self.x * c + self.z * s, self.z * c - self.x * s, self.v)

    def normals(self) -> tuple[Grid, Grid, Grid]:
        """Unit vectors off the surface: x, down, towards the camera."""
        dx, dz = np.gradient(self.x, axis=1), np.gradient(self.z, axis=1)
        step = float(self.v[1, 0] - self.v[0, 0])
        ex, ez = np.gradient(self.x, axis=0) / step, np.gradient(self.z, axis=0) / step
        nx, nz = -dz, dx
        ny = -(nx * ex + nz * ez)
        length = np.sqrt(nx**2 + ny**2 + nz**2) + 1e-6
        return nx / length, ny / length, nz / length


def head_solid(canvas: Canvas, look: Look, mask: NDArray[np.float32] | None = None) -> Solid:
    """The bare head; `mask` (height, width) of a frontal drawing lifts the cloth off nose and mouth."""
    theta, v = _axes(canvas)
    half = _half_width(look, v)
    chin = 1.66 / look.chin
    front, back = _profile(_FRONT, v * chin), _profile(_BACK, v * chin)
    x = half * np.sin(theta)
    z = 0.5 * (front + back) + 0.5 * (front - back) * np.cos(theta)
    facing = np.clip(np.cos(theta) * 2.0, 0.0, 1.0)
    bump = _profile(_NOSE, v) * np.exp(-((x / (0.17 * look.nose_width)) ** 2)) + _profile(_LIPS, v) * np.exp(-((x / 0.3) ** 2))
    sockets = 0.07 * (np.exp(-(((np.abs(x) - 0.45) / 0.2) ** 2)) * np.exp(-((v / 0.16) ** 2)))
    if mask is not None:
        soft = cv2.GaussianBlur(mask, (0, 0), 0.06 * canvas.unit_px)
        cover = cv2.remap(soft, *texture_at(canvas, x, v), cv2.INTER_LINEAR)
        tent = _profile(_MASK_TENT, v) * np.exp(-((x / 0.55) ** 2))
        bump = bump + cover * np.maximum(tent - bump, 0.0)
    return Solid(theta, x.astype(np.float32), (z + facing * (bump - sockets)).astype(np.float32), v)


def hair_solid(canvas: Canvas, look: Look) -> Solid:
    """The surface of short hair: a little outside the head."""
    theta, v = _axes(canvas)
    half = _profile(_HAIR_HALF, v) * look.width
    thick = np.clip(0.9 - v, 0.15, 1.0)
    front = _profile(_FRONT, np.maximum(v * 0.9, -1.6)) + 0.08 * thick
    back = _profile(_BACK, np.maximum(v * 0.9, -1.6)) - 0.14 * thick
    closing = np.sqrt(np.clip((v + 1.76) / 0.3, 0, 1))
    x = half * np.sin(theta)
    z = closing * (0.5 * (front + back) + 0.5 * (front - back) * np.cos(theta))
    return Solid(theta, x.astype(np.float32), z.astype(np.float32), v)


def texture_at(canvas: Canvas, x: Grid, v: Grid) -> tuple[Grid, Grid]:
    """Where a frontal drawing shows the points (x, v): map for cv2.remap, two arrays of the shape of x."""
    columns = x * canvas.unit_px + canvas.origin_px[0]
    rows = np.broadcast_to(v * canvas.unit_px + canvas.origin_px[1], columns.shape)
    return columns.astype(np.float32), rows.astype(np.float32)


def _axes(canvas: Canvas) -> tuple[NDArray[np.float32], Grid]:
    theta = np.linspace(-np.pi, np.pi, _SAMPLES, dtype=np.float32)
    return theta, canvas.grid()[1].astype(np.float32)


def _half_width(look: Look, v: Grid) -> Grid:
    """Half-width of the head at every row, (rows, 1)."""
    outline = head_outline(look)
    right = outline[outline[:, 0] >= 0]
    right = right[np.argsort(right[:, 1])]
    return np.asarray(np.interp(v, right[:, 1], right[:, 0], left=0.0, right=0.0), np.float32)


def _profile(points: list[tuple[float, float]], v: Grid) -> Grid:
    rows, values = np.array(points).T
    return np.asarray(np.interp(v, rows, values), np.float32)

"""Eyes, brows, nose, mouth, beard, wrinkles and glasses of a drawn face."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, Points, ellipse, smooth
from edge.sim.drawing.head import tint
from edge.sim.drawing.look import Look

NOSE_V = 0.6
MOUTH_V = 1.0
MOUTH_HALF_WIDTH = 0.36


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the features sit when the head is turned a little: they slide over the egg, the nose furthest."""

    look: Look

    def at(self, u: float, v: float, depth: float = 0.0) -> tuple[float, float]:
        """Face units of the frontal point (u, v), `depth` in front of the skin."""
        round_part = float(np.sqrt(max(0.0, 1.0 - (u / 1.15) ** 2)))
        return u + self.look.yaw * (0.9 * round_part + depth), v

    def line(self, points: list[tuple[float, float]], depth: float = 0.0) -> Points:
        """The same for a list of points, shape (n, 2)."""
        return np.array([self.at(u, v, depth) for u, v in points])

    def landmarks(self) -> Points:
        """Right eye, left eye, nose tip, right and left mouth corner: shape (5, 2), face units."""
        gap = self.look.eye_gap
        eyes_and_nose = [self.at(-gap, 0.0), self.at(gap, 0.0), self.at(0.0, NOSE_V, 0.45)]
        corner = MOUTH_V - 0.05 * self.look.smile
        return np.array([*eyes_and_nose, self.at(-MOUTH_HALF_WIDTH, corner), self.at(MOUTH_HALF_WIDTH, corner)])


def draw_features(canvas: Canvas, look: Look, head: NDArray[np.float32], rng: np.random.Generator) -> None:
    """All of them, in painting order, onto a shaded head."""
    pose = Pose(look)
    _sockets_and_cheeks(canvas, look, pose, head)
    if look.age > 0.35:
        _wrinkles(canvas, look, pose, head)
    if look.beard > 0:
        _beard(canvas, look, pose, head, rng)
    for side in (-1, 1):
        _eye(canvas, look, pose, side)
        _brow(canvas, look, pose, side)
    _nose(canvas, look, pose)
    _mouth(canvas, look, pose)
    if look.glasses:
        _glasses(canvas, look, pose)


def _sockets_and_cheeks(canvas: Canvas, look: Look, pose: Pose, head: NDArray[np.float32]) -> None:
    dark, light = tint(look.skin, 0.5), tint(look.skin, 1.25)
    for side in (-1, 1):
        canvas.fill(ellipse(*pose.at(side * look.eye_gap, -0.06), 0.3, 0.19), dark, 0.55, 0.1, head)
        canvas.fill(ellipse(*pose.at(side * 0.17, -0.05), 0.09, 0.16), dark, 0.4, 0.06, head)
        canvas.fill(ellipse(*pose.at(side * 0.58, 0.45), 0.24, 0.2), light, 0.3, 0.12, head)
        canvas.fill(ellipse(*pose.at(side * 0.6, 0.55), 0.2, 0.14), (110.0, 110.0, 215.0), 0.12, 0.12, head)
        canvas.fill(ellipse(*pose.at(side * 0.85, 0.95), 0.24, 0.42), dark, 0.3, 0.14, head)
    canvas.fill(ellipse(*pose.at(0.0, -0.62), 0.5, 0.22), light, 0.28, 0.16, head)
    canvas.fill(ellipse(*pose.at(0.0, look.chin - 0.18), 0.2, 0.12), light, 0.25, 0.09, head)


def _wrinkles(canvas: Canvas, look: Look, pose: Pose, head: NDArray[np.float32]) -> None:
    depth, dark = look.age * 0.5, tint(look.skin, 0.55)
    for v in (-0.82, -0.68, -0.55):
        canvas.stroke(
            smooth(pose.line([(-0.5, v + 0.03), (-0.2, v), (0.2, v), (0.5, v + 0.03)]), closed=False),
            dark,
            0.02,
            depth,
            0.02,
            head,
        )
    for side in (-1, 1):
        fold = [(side * 0.2, 0.62), (side * 0.38, 0.8), (side * 0.46, 1.05)]
        canvas.stroke(smooth(pose.line(fold), closed=False), dark, 0.03, depth, 0.03, head)
        bag = [(side * 0.28, 0.16), (side * 0.45, 0.22), (side * 0.62, 0.15)]
        canvas.stroke(smooth(pose.line(bag), closed=False), dark, 0.02, depth, 0.02, head)


def _beard(canvas: Canvas, look: Look, pose: Pose, head: NDArray[np.float32], rng: np.random.Generator) -> None:
    u = 0.93 * look.width
    outer = [(-u, 0.35), (-0.8, 0.75), (-0.5, 0.84), (-0.2, 0.78), (0.2, 0.78), (0.5, 0.84), (0.8, 0.75), (u, 0.35)]
    lower = [(1.0, 1.0), (0.7, look.chin), (0.0, look.chin + 0.12), (-0.7, look.chin), (-1.0, 1.0)]
    bristle = 0.72 + 0.28 * rng.random((canvas.height_px, canvas.width_px), np.float32)
    canvas.fill(smooth(pose.line(outer + lower)), tint(look.hair_colour, 0.9), 0.35 + 0.55 * look.beard, 0.05, head * bristle)


def _eye(canvas: Canvas, look: Look, pose: Pose, side: int) -> None:
    s = look.eye_size
    cu, cv = pose.at(side * look.eye_gap, 0.0)
    corners = [(-0.2, 0.02), (-0.1, -0.065), (0.02, -0.09), (0.12, -0.06), (0.2, 0.0), (0.1, 0.06), (-0.06, 0.065)]
    almond = smooth(np.array(corners) * (s * side, s) + (cu, cv))
    canvas.fill(almond, (205.0, 212.0, 220.0), 1.0, 0.008)
    inside = canvas.coverage(almond)
    iris = cu + 0.25 * look.yaw
    canvas.fill(ellipse(iris, cv - 0.015, 0.085 * s, 0.088 * s), look.iris, 1.0, 0.006, inside)
    canvas.fill(ellipse(iris, cv - 0.015, 0.04 * s, 0.042 * s), (12.0, 10.0, 10.0), 1.0, 0.004, inside)
    canvas.fill(ellipse(iris - 0.03, cv - 0.045, 0.018, 0.018), (250.0, 250.0, 250.0), 0.9)
    lid = smooth(np.array(corners[:5]) * (s * side, s) + (cu, cv - 0.005), closed=False)
    canvas.stroke(lid, tint(look.skin, 0.22), 0.035, 0.95, 0.008)
    canvas.stroke(lid - (0.0, 0.075), tint(look.skin, 0.5), 0.025, 0.6, 0.015)
    lower = smooth(np.array([corners[0], corners[6], corners[5], corners[4]]) * (s * side, s) + (cu, cv), closed=False)
    canvas.stroke(lower, tint(look.skin, 0.5), 0.018, 0.6, 0.01)


def _brow(canvas: Canvas, look: Look, pose: Pose, side: int) -> None:
    g = look.eye_gap
    arch = [(side * (g - 0.25), -0.22), (side * (g - 0.05), -0.3), (side * (g + 0.13), -0.29), (side * (g + 0.29), -0.18)]
    line = smooth(pose.line(arch), closed=False)
    canvas.stroke(line, tint(look.hair_colour, 0.8), 0.045 + 0.035 * look.brow, 0.85, 0.02)


def _nose(canvas: Canvas, look: Look, pose: Pose) -> None:
    w = look.nose_width
    dark, light = tint(look.skin, 0.48), tint(look.skin, 1.35)
    shadow_side = -1 if look.light[0] > 0 else 1
    for side in (-1, 1):
        ridge = [(side * 0.1, 0.0), (side * 0.1 * w, 0.3), (side * 0.17 * w, 0.52)]
        strength = 0.55 if side == shadow_side else 0.28
        canvas.stroke(smooth(pose.line(ridge, 0.15), closed=False), dark, 0.08, strength, 0.05)
        canvas.fill(ellipse(*pose.at(side * 0.17 * w, NOSE_V + 0.02, 0.2), 0.075 * w, 0.075), tint(look.skin, 0.86), 0.6, 0.03)
        wing = [(side * 0.21 * w, 0.5), (side * 0.25 * w, 0.6), (side * 0.2 * w, 0.69)]
        canvas.stroke(smooth(pose.line(wing, 0.2), closed=False), dark, 0.03, 0.6, 0.02)
        canvas.fill(ellipse(*pose.at(side * 0.09 * w, NOSE_V + 0.1, 0.3), 0.055 * w, 0.028), tint(look.skin, 0.22), 0.9, 0.012)
    canvas.fill(ellipse(*pose.at(0, NOSE_V + 0.16, 0.15), 0.22 * w, 0.05), dark, 0.55, 0.035)
    canvas.stroke(pose.line([(0.0, 0.05), (0.0, 0.45)], 0.25), light, 0.07, 0.45, 0.035)
    canvas.fill(ellipse(*pose.at(0.0, NOSE_V - 0.04, 0.42), 0.08, 0.065), light, 0.5, 0.03)


def _mouth(canvas: Canvas, look: Look, pose: Pose) -> None:
    m, lift, thick = MOUTH_HALF_WIDTH, 0.05 * look.smile, look.lip
    b, g, r = look.skin
    lip = (60.0, 50.0, 185.0) if look.lipstick else (b * 0.66, g * 0.62, min(255.0, r * 0.86))
    top, low = MOUTH_V - 0.075 * thick, MOUTH_V + 0.13 * thick
    left, right = (-m, MOUTH_V - lift), (m, MOUTH_V - lift)
    upper = [left, (-0.12, top), (0, top + 0.02), (0.12, top), right, (0.1, MOUTH_V + 0.01), (-0.1, MOUTH_V + 0.01)]
    lower = [left, (-0.12, MOUTH_V), (0.12, MOUTH_V), right, (0.16, low - 0.02), (0, low), (-0.16, low - 0.02)]
    canvas.fill(smooth(pose.line(upper), 5), tint(lip, 0.82), 0.9, 0.012)
    canvas.fill(smooth(pose.line(lower), 5), lip, 0.9, 0.012)
    canvas.fill(ellipse(*pose.at(0, MOUTH_V + 0.07 * thick), 0.14, 0.025), tint(lip, 1.4), 0.5, 0.02)
    seam = [
        left,
        (-0.14, MOUTH_V + 0.01 + lift * 0.3),
        (0, MOUTH_V + 0.02 + lift * 0.3),
        (0.14, MOUTH_V + 0.01 + lift * 0.3),
        right,
    ]
    canvas.stroke(smooth(pose.line(seam), closed=False), tint(lip, 0.35), 0.03, 0.9, 0.008)
    canvas.fill(ellipse(*pose.at(0, MOUTH_V + 0.22), 0.2, 0.05), tint(look.skin, 0.55), 0.5, 0.04)


def _glasses(canvas: Canvas, look: Look, pose: Pose) -> None:
    frame = (30.0, 28.0, 34.0)
    for side in (-1, 1):
        cu, cv = pose.at(side * look.eye_gap, 0.03, 0.1)
        rim = smooth(np.array([(-0.33, -0.19), (0.3, -0.21), (0.32, 0.13), (0.1, 0.24), (-0.24, 0.2)]) * (side, 1) + (cu, cv))
        canvas.fill(rim, (235.0, 230.0, 225.0), 0.08, 0.01)
        canvas.stroke(np.vstack([rim, rim[:1]]), frame, 0.04, 0.9, 0.006)
        canvas.stroke(np.array([(cu + side * 0.3, cv - 0.1), (side * 1.04 * look.width, cv - 0.04)]), frame, 0.04, 0.85, 0.006)
    canvas.stroke(pose.line([(-0.13, -0.02), (0.0, -0.05), (0.13, -0.02)], 0.2), frame, 0.04, 0.9, 0.006)

"""Draws a person whose head is turned up to a full profile: the frontal drawing, wrapped round a solid head."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.sim.drawing.canvas import Canvas, ellipse
from edge.sim.drawing.features import MOUTH_HALF_WIDTH, MOUTH_V, NOSE_V, draw_features
from edge.sim.drawing.head import HAIRLINES, draw_body, tint
from edge.sim.drawing.look import Look
from edge.sim.drawing.solid import Grid, Solid, hair_solid, head_solid, texture_at

_EAR_RAD = 1.62


@dataclass(frozen=True, slots=True)
class _View:
    """The nearest surface at every pixel: (height, width) each; depth is minus infinity where there is none."""

    row: NDArray[np.intp]
    sample: NDArray[np.intp]
    depth: Grid
    there: Grid


def flat_face(canvas: Canvas, look: Look, rng: np.random.Generator) -> None:
    """The face without shading, skin to the edges of the canvas: what is wrapped round the head."""
    canvas.pixels[:] = look.skin
    canvas.alpha[:] = 1.0
    draw_features(canvas, replace(look, yaw=0.0), np.ones_like(canvas.alpha), rng)


def draw_turned(canvas: Canvas, look: Look, face: Canvas, mask: Grid | None, yaw_rad: float, rng: np.random.Generator) -> None:
    """Paint body and turned head with short hair; `face` is a frontal drawing of that size, `mask` a mask's coverage on it."""
    head, hair = head_solid(canvas, look, mask), hair_solid(canvas, look)
    turned, hair_turned = head.turned(yaw_rad), hair.turned(yaw_rad)
    is_head = np.broadcast_to((head.v > -1.48) & (head.v < look.chin - 0.01), head.x.shape)
    seen, hair_seen = _seen(canvas, turned, is_head), _seen(canvas, hair_turned, _hair_grows(hair, look))
    draw_body(canvas, replace(look, yaw=0.0))
    _ear(canvas, look, head, yaw_rad, near=False)
    columns, rows = texture_at(canvas, head.x * 0.97, head.v)
    skin = np.asarray(cv2.remap(face.pixels, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
    skin[:, np.abs(head.theta) > 1.6] = np.asarray(look.skin, np.float32)
    canvas.blend(_shaded(seen, turned, look, skin), seen.there)
    in_front = (hair_seen.there * (hair_seen.depth > seen.depth - 0.02)).astype(np.float32)
    canvas.blend(_shaded(hair_seen, hair_turned, look, _strands(canvas, look, rng)), _soft(in_front))
    if mask is not None:
        _loops(canvas, head, mask, yaw_rad)
    _ear(canvas, look, head, yaw_rad, near=True)


def turned_points(canvas: Canvas, look: Look, yaw_rad: float, top_v: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Landmarks (5, 2) and box (4,) of the turned face, pixels of the canvas; hidden points are where they would be."""
    head = head_solid(canvas, look)
    gap, corner = look.eye_gap, MOUTH_V - 0.05 * look.smile
    wanted = [(-gap, 0.0), (gap, 0.0), (0.0, NOSE_V), (-MOUTH_HALF_WIDTH, corner), (MOUTH_HALF_WIDTH, corner)]
    points = np.array([_turned_point(head, u, v, yaw_rad) for u, v in wanted])
    turned = head.turned(yaw_rad)
    face = (np.abs(head.theta) < 1.5)[None] & (head.v > -0.6) & (head.v < look.chin - 0.1)
    edges = np.array([(turned.x[face].min(), top_v), (turned.x[face].max(), look.chin)])
    return canvas.to_px(points), canvas.to_px(edges).reshape(4)


def _turned_point(head: Solid, u: float, v: float, yaw_rad: float) -> tuple[float, float]:
    """Where the point (u, v) of the frontal face is seen."""
    row = int(np.abs(head.v[:, 0] - v).argmin())
    front = np.flatnonzero(np.abs(head.theta) < 1.57)
    return _projected(head, row, int(front[np.abs(head.x[row, front] - u).argmin()]), yaw_rad), v


def _projected(head: Solid, row: int, sample: int, yaw_rad: float) -> float:
    return float(head.x[row, sample] * np.cos(yaw_rad) + head.z[row, sample] * np.sin(yaw_rad))


def _seen(canvas: Canvas, turned: Solid, there: NDArray[np.bool_]) -> _View:
    """Which sample of the surface every pixel shows: painted from far to near, the last one stays."""
    shape = (canvas.height_px, canvas.width_px)
    rows, samples = np.nonzero(there & (turned.normals()[2] > 0))
    columns = np.round(turned.x[rows, samples] * canvas.unit_px + canvas.origin_px[0]).astype(np.intp)
    inside = (columns >= 0) & (columns < shape[1])
    rows, samples, columns = rows[inside], samples[inside], columns[inside]
    order = np.argsort(turned.z[rows, samples], kind="stable")
    rows, samples, columns = rows[order], samples[order], columns[order]
    sample = np.zeros(shape, np.intp)
    depth = np.full(shape, -np.inf, np.float32)
    sample[rows, columns] = samples
    depth[rows, columns] = turned.z[rows, samples]
    row = np.broadcast_to(np.arange(shape[0])[:, None], shape)
    return _View(np.asarray(row, np.intp), sample, depth, _soft(np.isfinite(depth).astype(np.float32)))


def _soft(cover: Grid) -> Grid:
    """With an edge of a pixel, as a camera has it."""
    return np.asarray(cv2.GaussianBlur(cover, (0, 0), 0.7), np.float32)


def _shaded(view: _View, turned: Solid, look: Look, texture: Grid) -> Grid:
    """The texture (rows, samples, 3) as seen, lit like the frontal drawings: (height, width, 3)."""
    nx, ny, nz = (part[view.row, view.sample] for part in turned.normals())
    lx, ly = look.light
    lz = float(np.sqrt(max(0.1, 1.0 - lx**2 - ly**2)))
    light = 0.5 + 0.58 * np.clip(nx * lx + ny * ly + nz * lz, 0.0, 1.0) + 0.06 * nz
    soft = cv2.GaussianBlur(np.where(np.isfinite(view.depth), light, 1.0).astype(np.float32), (0, 0), 1.2)
    return np.asarray(np.clip(texture[view.row, view.sample] * soft[..., None], 0, 255), np.float32)


def _hair_grows(hair: Solid, look: Look) -> NDArray[np.bool_]:
    """Where on the hair's surface there is hair: (rows, samples)."""
    line = HAIRLINES.get(look.hair)
    if line is None:
        return np.zeros(hair.x.shape, np.bool_)
    aside, down = np.array(line).T
    angle = np.degrees(np.arcsin(np.clip(aside / 1.12, -1, 1)))
    nape, over_ear = 0.8, -0.12
    turn = np.concatenate([[-180, -118, -108, -84], angle, [84, 108, 118, 180]])
    low = np.concatenate([[nape, nape * 0.9, over_ear, over_ear], down, [over_ear, over_ear, nape * 0.9, nape]])
    order = np.argsort(turn, kind="stable")
    limit = np.interp(np.degrees(hair.theta), turn[order], low[order])
    return np.asarray(hair.v < limit[None], np.bool_)


def _strands(canvas: Canvas, look: Look, rng: np.random.Generator) -> Grid:
    """Streaky hair colour over the hair's surface: (rows, samples, 3)."""
    small = rng.normal(0.0, 1.0, (canvas.height_px // 6, 270)).astype(np.float32)
    streaks = cv2.blur(cv2.resize(small, (1080, canvas.height_px), interpolation=cv2.INTER_LINEAR), (1, 21))
    return np.asarray(np.clip(np.asarray(look.hair_colour, np.float32) * (0.95 + 0.3 * streaks)[..., None], 0, 255), np.float32)


def _ear(canvas: Canvas, look: Look, head: Solid, yaw_rad: float, *, near: bool) -> None:
    """The ear that faces the camera, or the far one, of which little is seen."""
    side = -1.0 if (yaw_rad >= 0) == near else 1.0
    row = int(np.abs(head.v[:, 0] - 0.2).argmin())
    at = int(np.abs(head.theta - side * _EAR_RAD).argmin())
    x = _projected(head, row, at, yaw_rad)
    wide = 0.13 + 0.11 * abs(float(np.sin(yaw_rad)))
    if not near:
        if abs(yaw_rad) < 0.5:
            canvas.fill(ellipse(x, 0.22, 0.14, 0.32), tint(look.skin, 0.8))
        return
    canvas.fill(ellipse(x - side * 0.02, 0.24, wide + 0.03, 0.37), tint(look.skin, 0.5), 0.5, 0.04)
    canvas.fill(ellipse(x, 0.22, wide, 0.34, side * 0.1), tint(look.skin, 0.92), 1.0, 0.012)
    canvas.fill(ellipse(x, 0.16, 0.6 * wide, 0.2, side * 0.1), tint(look.skin, 0.62), 0.6, 0.03)
    canvas.fill(ellipse(x + side * 0.15 * wide, 0.18, 0.4 * wide, 0.14, side * 0.1), tint(look.skin, 0.98), 0.6, 0.03)


def _loops(canvas: Canvas, head: Solid, mask: Grid, yaw_rad: float) -> None:
    """Elastic from the mask's edge round the ear that is seen."""
    side = -1.0 if yaw_rad >= 0 else 1.0
    columns, rows = texture_at(canvas, head.x * 0.97, head.v)
    cover = cv2.remap(mask, columns, rows, cv2.INTER_NEAREST)
    half = (side * head.theta > 0) & (np.abs(head.theta) < 1.57)
    covered = np.flatnonzero((cover[:, half] > 0.5).any(1))
    if len(covered) < 12:
        return
    for row, ear_v in ((int(covered[len(covered) // 5]), -0.02), (int(covered[-len(covered) // 4]), 0.46)):
        samples = np.flatnonzero(half)[cover[row, half] > 0.5]
        if not len(samples):
            continue
        edge = int(samples[np.abs(head.theta[samples]).argmax()])
        ear_row = int(np.abs(head.v[:, 0] - ear_v).argmin())
        ear = int(np.abs(head.theta - side * _EAR_RAD).argmin())
        line = [(_projected(head, row, edge, yaw_rad), float(head.v[row, 0])), (_projected(head, ear_row, ear, yaw_rad), ear_v)]
        canvas.stroke(np.array(line), (225.0, 225.0, 225.0), 0.035, 0.85, 0.008)

"""Lets a face slide to where its head really is in the thermal picture: a few pixels at most, and never onto somebody else.

What a mapping does not know of a face is its depth, and a wrong depth moves it along one line: that of the two cameras. On this
line the place is taken at which it is warm inside the head's outline and cool outside. Rings around the outline are weighed from
+1 inside to -1 outside, evenly, so that a head a little narrower or wider than expected fits best where its middle is. Across
that line nothing is moved: hair makes a head higher on one side only, and would pull every face up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal_patch import background_c

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.face_mapping import FaceMapping

MOST_PX: Final = 3.0
SLIDES_PX: Final = np.linspace(-MOST_PX, MOST_PX, 9)
_ANGLES: Final = 12
_FROM_DEG, _TO_DEG = -15.0, 195.0  # of the outline, from the ear over the top of the head to the other ear; a neck has no edge
_HALF_WIDTH, _HALF_HEIGHT, _UP = 0.56, 0.72, 0.02  # of the head, in box sizes (the box ends at hairline and chin)
_RINGS: Final = np.linspace(0.65, 1.35, 5)
_MOST_C: Final = 8.0  # what a pixel may be above the room: a lamp or a hot cup beside the head is no better edge than hair
_LEAST_C: Final = 0.4  # with less contrast than this nothing is moved: a head that is not seen
_SIDE_PX: Final = 0.4  # standard uncertainty of a head's middle found by its sides
_TOP_SHARE: Final = 0.1  # and by its top, in box heights: hair, a hat
_ROOM: Final = 0.25  # of the way to the next head


def snapped(mapping: FaceMapping, boxes: NDArray[np.floating], celsius: NDArray[np.float32], residual_px: float) -> FaceMapping:
    """`mapping` of boxes (n, 4), each face shifted by at most MOST_PX to its head in `celsius` (rows, cols).

    `residual_px`: the mapping's own, at a known depth. What is left of the depth's part is as sure as the edge is.
    """
    if len(boxes) == 0:
        return mapping
    depth_px = np.hypot(mapping.depth_px[:, 0], mapping.depth_px[:, 1])
    along = mapping.depth_px / np.maximum(depth_px, 1e-6)[:, None]
    contrast_c, seen = _contrasts(mapping, boxes, celsius, along)
    edge_px = _edge_px(mapping, boxes, along)
    most_c = contrast_c.max(1)
    prior_px2, edge_px2 = depth_px**2 + residual_px**2, edge_px**2
    slide_px = _top(contrast_c) * prior_px2 / (prior_px2 + edge_px2)
    room_px = _room_px(mapping, boxes)
    slide_px = np.clip(slide_px, -room_px, room_px)
    found = seen & (most_c >= _LEAST_C)
    left_px = np.hypot(residual_px, edge_px * depth_px / np.hypot(edge_px, depth_px))
    return mapping.moved(np.where(found, slide_px, 0.0)[:, None] * along, np.where(found, left_px, mapping.residual_px))


def _contrasts(
    mapping: FaceMapping, boxes: NDArray[np.floating], celsius: NDArray[np.float32], along: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n, slides) how much warmer it is inside the outline, degrees; and for which faces enough of it lies in the picture."""
    rows, cols = celsius.shape
    middle, size = (boxes[:, None, :2] + boxes[:, None, 2:]) * 0.5, boxes[:, None, 2:] - boxes[:, None, :2]
    points = mapping.points(middle + _OUTLINE * size)
    places = np.rint(points[:, None] + (SLIDES_PX[:, None] * along[:, None])[:, :, None])
    col, row = places[..., 0], places[..., 1]
    inside = (col >= 0) & (col < cols) & (row >= 0) & (row < rows)  # false for NaN
    usable = inside.all(1).reshape(-1, len(_RINGS), _ANGLES).all(1)
    flat = np.where(inside, row, 0.0).astype(np.intp) * cols + np.where(inside, col, 0.0).astype(np.intp)
    room_c = background_c(celsius)
    above = np.clip(np.nan_to_num(celsius.ravel().take(flat) - np.float32(room_c), nan=0.0), 0.0, np.float32(_MOST_C))
    weights = (_WEIGHTS * usable[:, None]).reshape(len(boxes), -1)
    count = usable.sum(1)
    score = np.einsum("nsp,np->ns", above, weights) / np.maximum(count, 1)[:, None]
    return score.astype(np.float64), (count >= _ANGLES // 2) & np.isfinite(room_c)


def _edge_px(mapping: FaceMapping, boxes: NDArray[np.floating], along: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) how sure the edge is along the line: much across the face, little up and down."""
    down = mapping.turn[:, 1] / np.maximum(np.hypot(mapping.turn[:, 1, 0], mapping.turn[:, 1, 1]), 1e-9)[:, None]
    upright = np.abs((along * down).sum(1))
    top_px = _TOP_SHARE * mapping.scale * np.abs(boxes[:, 3] - boxes[:, 1])
    return np.asarray(np.hypot(_SIDE_PX, upright * top_px))


def _room_px(mapping: FaceMapping, boxes: NDArray[np.floating]) -> NDArray[np.float64]:
    """(n,) how far each may go: a quarter of the way to the next one, so that two never change places."""
    middle = mapping.points((boxes[:, None, :2] + boxes[:, None, 2:]) * 0.5)[:, 0]
    between = middle[:, None] - middle[None]
    apart = np.hypot(between[..., 0], between[..., 1]) + np.where(np.eye(len(middle)) > 0, np.inf, 0.0)
    return np.asarray(np.nan_to_num(np.fmin.reduce(apart, 1) * _ROOM, nan=0.0))


def _top(contrast_c: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) slide of the largest contrast (n, slides): the top of the parabola through all, as single ones tremble."""
    bend, slope = contrast_c @ _BEND, contrast_c @ _SLOPE
    return np.where(bend < 0.0, np.clip(-0.5 * slope / np.minimum(bend, -1e-9), -MOST_PX, MOST_PX), 0.0)


def _outline() -> NDArray[np.float64]:
    """(rings * angles, 2) x, y in box sizes from its middle, ring by ring."""
    angles = np.radians(np.linspace(_FROM_DEG, _TO_DEG, _ANGLES))
    edge = np.stack([_HALF_WIDTH * np.cos(angles), -_HALF_HEIGHT * np.sin(angles)], 1)
    return (_RINGS[:, None, None] * edge).reshape(-1, 2) - [0.0, _UP]


_OUTLINE: Final = _outline()
_WEIGHTS: Final = np.linspace(1.0, -1.0, len(_RINGS), dtype=np.float32)[:, None] / np.float32(len(_RINGS))
_BEND: Final = np.linalg.pinv(np.vander(SLIDES_PX, 3))[0]
_SLOPE: Final = np.linalg.pinv(np.vander(SLIDES_PX, 3))[1]

"""How much one frame of a face is worth: five named factors from 0 to 1, their product, and which of them is the least.

Each factor is 1 where more of it does not help the network and 0 where a frame says nothing; in between it is straight. Where
that is was measured with 426 faces of photographs the network has not learnt, each blurred by 0 to 10 % of its height: up to
2 % it is right as often as without blur (87 %), at 4 % 84 %, at 6 % 79 %. From 10 % of the picture's height on, size makes no
difference; a score of 0.7 to 0.8 is right in 69 %, one above 0.9 in 90 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.policy.view import Factor

if TYPE_CHECKING:
    from numpy.typing import NDArray

FACTORS: Final = (Factor.SIZE, Factor.SHARPNESS, Factor.FRONTALITY, Factor.WHOLENESS, Factor.SURENESS)
LIMITING: Final = 0.6
"""A factor below this is what limits the view, when no other is lower."""

# (0 at, 1 at) of what each factor is made from.
_SIZE: Final = (0.02, 0.12)  # face height as a share of the picture's
_SHARP: Final = (0.015, 0.065)  # see _detail; medians: 0.13 sharp, 0.064 and 0.043 blurred by 2 and 6 % of the face's height,
# 0.05 and 0.026 moved by 10 and 30 % of it
_ASIDE: Final = (0.80, 0.20)  # tangent-like: 0.20 is about 27 degrees, 0.62 about 57, 0.80 about 63. On pictures set aside the
# mask is read as well at 0.35 to 0.80 (42 faces, all but one right) as from the front; beyond lie true profiles
_INSIDE: Final = (0.70, 0.95)  # share of the box inside the picture and not behind a larger face
_SCORE: Final = (0.20, 0.80)

_NOSE_V: Final = 0.58  # nose tip between eyes (0) and mouth (1), seen from the front
_PITCH: Final = 1.5  # makes a nod of so many degrees count like a turn of as many
_NARROW: Final = 0.55  # eye distance over eyes-to-mouth; smaller in a profile, whose far eye is a guess
_ROWS, _COLUMNS = 5, 9
_UPPER: Final = (0.14, 0.58)  # rows of the box looked at: brows and eyes, which no mask covers
_ACROSS: Final = (0.16, 0.84)
_FINE: Final = 0.02  # of the face's height, between the pixels compared; at least one pixel
_COARSE: Final = 4  # times as far
_NOISE: Final = 12.0  # squared grey levels of sensor noise in a difference: a flat dark face is not sharp


@dataclass(frozen=True, slots=True)
class Quality:
    """Of n faces.

    Attributes:
        factors: (n, 5) in the order of FACTORS.
        weight: (n,) their product.
        limit: of each face the least factor, or None where all are at least LIMITING.
    """

    factors: NDArray[np.float64]
    weight: NDArray[np.float64]
    limit: tuple[Factor | None, ...]


def judge(
    picture: NDArray[np.uint8], boxes: NDArray[np.floating], scores: NDArray[np.floating], landmarks: NDArray[np.floating]
) -> Quality:
    """Judge the view of every face.

    `picture` (h, w) or (h, w, 3) uint8, `boxes` (n, 4), `scores` (n,), `landmarks` (n, 5, 2). What is not a number is worth 0.
    """
    if len(boxes) == 0:
        return Quality(np.empty((0, 5)), np.empty(0), ())
    known = np.isfinite(boxes).all(1)
    edges = boxes.astype(np.float64) if known.all() else np.where(known[:, None], boxes, 0.0)
    height = edges[:, 3] - edges[:, 1]
    factors = np.empty((len(boxes), len(FACTORS)))
    factors[:, 0] = height / picture.shape[0]
    factors[:, 1] = _detail(picture, edges, height)
    factors[:, 2] = _turned(landmarks.astype(np.float64))
    factors[:, 3] = _whole(edges, picture.shape[1], picture.shape[0])
    factors[:, 4] = scores
    factors -= _ZERO
    factors /= _SPAN
    np.maximum(np.minimum(factors, 1.0, out=factors), 0.0, out=factors)
    factors[~(np.isfinite(factors) & known[:, None])] = 0.0
    least = factors.argmin(1).tolist()
    lowest = factors.min(1).tolist()
    limit = tuple(FACTORS[index] if value < LIMITING else None for index, value in zip(least, lowest, strict=True))
    return Quality(factors, factors.prod(1), limit)


_BOUNDS: Final = np.array([_SIZE, _SHARP, _ASIDE, _INSIDE, _SCORE])
_ZERO, _SPAN = _BOUNDS[:, 0], _BOUNDS[:, 1] - _BOUNDS[:, 0]


def _turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) how far the nose tip is from where it is in a face seen from the front, from five landmarks (n, 5, 2).

    In the face's own axes, so that a tilted head is not a turned one. Across in eye distances: the tip stands out by about
    0.4 of them, so a turn by an angle moves it by about 0.4 times its tangent. Along in eyes-to-mouth, scaled alike.
    """
    across, nose, down = (_SUMS @ points).transpose(1, 2, 0)  # each (2, n): x, y
    long2 = np.maximum(down[0] ** 2 + down[1] ** 2, 1e-6)
    gap = np.abs(across[0] * down[1] - across[1] * down[0]) / long2  # across and nose at right angles to `down`
    yaw = (nose[0] * down[1] - nose[1] * down[0]) / long2 / np.maximum(gap, 0.05)
    pitch = _PITCH * ((nose[0] * down[0] + nose[1] * down[1]) / long2 - _NOSE_V)
    turned: NDArray[np.float64] = np.hypot(yaw, np.where(np.abs(pitch) > _PITCH_FREE, pitch, 0.0))
    turned += np.maximum(0.0, _NARROW - gap)
    return turned


# Of right eye, left eye, nose, right and left mouth corner: across the eyes, the nose from between them, the mouth from there.
_SUMS: Final = np.array([[-1.0, 1.0, 0.0, 0.0, 0.0], [-0.5, -0.5, 1.0, 0.0, 0.0], [-0.5, -0.5, 0.0, 0.5, 0.5]])
_PITCH_FREE: Final = 0.2  # noses and cameras differ


def _whole(boxes: NDArray[np.float64], width_px: int, height_px: int) -> NDArray[np.float64]:
    """(n,) share of each box that lies in the picture and not behind a larger box."""
    x1, y1, x2, y2 = boxes.T
    area = np.maximum((x2 - x1) * (y2 - y1), 1e-6)
    wide, high = np.minimum(x2, width_px) - np.maximum(x1, 0.0), np.minimum(y2, height_px) - np.maximum(y1, 0.0)
    inside = np.maximum(wide, 0.0) * np.maximum(high, 0.0) / area
    if len(boxes) == 1:
        return np.asarray(inside)
    wide = np.minimum(x2[:, None], x2) - np.maximum(x1[:, None], x1)
    high = np.minimum(y2[:, None], y2) - np.maximum(y1[:, None], y1)
    hidden = np.maximum(wide, 0.0) * np.maximum(high, 0.0) * (area > area[:, None])
    return np.asarray(inside - hidden.max(1) / area)


def _detail(picture: NDArray[np.uint8], boxes: NDArray[np.float64], height: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) energy of fine differences in the less sharp of two directions, over that of coarse ones in both.

    Brows and eyes on a grid, differences over 2 % of the face's height against 8 %: a ratio, so that neither the light nor the
    size of the face matters. Blur by motion takes one direction only, and all scales of it. Green of a colour picture.
    """
    rows, columns = picture.shape[:2]
    most = (min(rows, columns) - 1) // _COARSE
    fine = np.minimum(np.maximum(np.rint(_FINE * height), 1.0), most)[:, None]
    x = boxes[:, :1] + (boxes[:, 2:3] - boxes[:, :1]) * _GRID_X
    y = boxes[:, 1:2] + height[:, None] * _GRID_Y
    x = np.maximum(np.minimum(x, columns - 1 - _COARSE * fine), 0.0).astype(np.intp)
    y = np.maximum(np.minimum(y, rows - 1 - _COARSE * fine), 0.0).astype(np.intp)
    steps = fine.astype(np.intp) * (0, 1, columns, _COARSE, _COARSE * columns)  # itself, fine right and down, coarse ones
    at = (y * columns + x)[:, None] + steps[:, :, None]
    flat = picture.reshape(-1)
    colours = picture.size // (rows * columns)
    values = flat.take(colours * at + colours // 2).astype(np.float32)
    off = np.square(values[:, 1:] - values[:, :1]).mean(2)
    return np.asarray(off[:, :2].min(1) / (off[:, 2:].mean(1) + _NOISE), np.float64)


_GRID_Y, _GRID_X = (
    axis.reshape(1, -1) for axis in np.meshgrid(np.linspace(*_UPPER, _ROWS), np.linspace(*_ACROSS, _COLUMNS), indexing="ij")
)

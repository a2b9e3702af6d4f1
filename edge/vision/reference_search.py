"""Finds the reference body without being told where it is: the one warm, even, round thing that never moves.

For setting a gate up and for recordings whose place nobody noted. In use, `ReferenceBody` follows it near the place found here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RADII_PX: Final = (3.5, 4.5, 5.5, 7.0, 9.0)
_FEWEST: Final = 8
"""Pictures; in fewer a person who stands still cannot be told from a thing."""

_RING_PX: Final = (2.5, 4.5)  # beyond the radius, where the surroundings begin
_PEAKS: Final = 12  # places of each radius that are looked at more closely
_CONTRAST_C: Final = 1.5  # above its ring
_COLDER_SHARE: Final = 0.9  # of the ring: a forehead or a lamp tube is not colder all round
_SPREAD_C: Final = 0.35  # over its core
_WANDER_C: Final = 1.5  # a sensor drifts by up to 1.2 degC a minute and steps by 0.8 at a shutter event; whoever passes, by 3
_USUAL_C: Final = (25.0, 60.0)  # raw


@dataclass(frozen=True, slots=True)
class FoundBody:
    """Where it seems to be.

    Attributes:
        row, col: centre in the pictures searched, pixels.
        radius_px: of the disc.
        raw_c: median reading of its core, degrees Celsius, uncorrected.
        contrast_c: above the ring around it.
    """

    row: float
    col: float
    radius_px: float
    raw_c: float
    contrast_c: float


def search(pictures: Sequence[NDArray[np.float32]]) -> FoundBody | None:
    """Look through pictures (rows, cols), degrees Celsius, spread over seconds or more. None where nothing qualifies.

    Raises ValueError for fewer than 8 pictures.
    """
    if len(pictures) < _FEWEST:
        raise ValueError(f"{len(pictures)} pictures are too few to tell a body from a person; give at least {_FEWEST}")
    stack = np.stack(pictures)
    still = _filled(stack)
    found = [body for radius in RADII_PX for body in _of_radius(stack, still, radius)]
    return max(found, key=lambda body: body.contrast_c, default=None)


def _filled(stack: NDArray[np.float32]) -> NDArray[np.float32]:
    """The median picture; a pixel that never has a value takes the mean of those around it."""
    valid = np.isfinite(stack).any(0)
    still = np.full(valid.shape, np.nanmedian(stack), np.float32)
    still[valid] = np.nanmedian(stack[:, valid], 0)
    seen = np.asarray(valid, np.float32)
    known = np.zeros(valid.shape, np.float32)
    known[valid] = still[valid]
    weight = cv2.blur(seen, (3, 3))
    around = cv2.blur(known, (3, 3)) / np.maximum(weight, 1e-6)
    return np.asarray(np.where(valid | (weight == 0.0), still, around), np.float32)


def _of_radius(stack: NDArray[np.float32], still: NDArray[np.float32], radius_px: float) -> list[FoundBody]:
    disc, ring, core = _kernels(radius_px)
    scores = cv2.filter2D(still, cv2.CV_32F, disc / disc.sum() - ring / ring.sum(), borderType=cv2.BORDER_REPLICATE)
    peaks = (scores == cv2.dilate(scores, np.ones((5, 5), np.uint8))) & (scores >= _CONTRAST_C)
    places = np.argwhere(peaks)
    best = places[np.argsort(-scores[peaks])[:_PEAKS]]
    bodies = (_examined(stack, still, int(row), int(col), radius_px, ring, core) for row, col in best)
    return [body for body in bodies if body is not None]


def _kernels(radius_px: float) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Masks of the disc, the ring around it and its core, each (side, side)."""
    reach = int(np.ceil(radius_px + _RING_PX[1]))
    offset = np.arange(-reach, reach + 1)
    distance = np.hypot(offset[:, None], offset[None])
    ring = (distance >= radius_px + _RING_PX[0]) & (distance <= radius_px + _RING_PX[1])
    return (
        (distance <= radius_px).astype(np.float32),
        ring.astype(np.float32),
        (distance <= max(1.5, 0.5 * radius_px)).astype(np.float32),
    )


def _examined(
    stack: NDArray[np.float32],
    still: NDArray[np.float32],
    row: int,
    col: int,
    radius_px: float,
    ring: NDArray[np.float32],
    core: NDArray[np.float32],
) -> FoundBody | None:
    """The body there, or None where what is there does not look like one."""
    reach = ring.shape[0] // 2
    rows, cols = still.shape
    if not (radius_px <= row < rows - radius_px and radius_px <= col < cols - radius_px):
        return None
    padded = np.pad(still, reach, mode="edge")[row : row + 2 * reach + 1, col : col + 2 * reach + 1]
    centre, around = padded[core > 0], padded[ring > 0]
    raw_c = float(np.median(centre))
    even = float(centre.std()) <= _SPREAD_C
    alone = np.count_nonzero(raw_c - around >= _CONTRAST_C) >= _COLDER_SHARE * len(around)
    if not (even and alone and _USUAL_C[0] <= raw_c <= _USUAL_C[1] and _stays(stack, row, col)):
        return None
    around_c = float(np.median(around))
    middle = _middle(still, row, col, radius_px, (raw_c + around_c) / 2.0)
    edge_px = _edge_px(still, *middle, radius_px, raw_c, around_c)
    return FoundBody(*middle, edge_px, raw_c, raw_c - around_c)


def _stays(stack: NDArray[np.float32], row: int, col: int) -> bool:
    """Whether the place reads nearly the same in at least nine of ten pictures."""
    level = np.nanmedian(stack[:, max(0, row - 1) : row + 2, max(0, col - 1) : col + 2].reshape(len(stack), -1), 1)
    return bool(np.nanquantile(np.abs(level - np.nanmedian(level)), 0.9) <= _WANDER_C)


def _middle(still: NDArray[np.float32], row: int, col: int, radius_px: float, half_c: float) -> tuple[float, float]:
    """Centre of gravity of what is warmer than half-way to the surroundings."""
    rows, cols = np.mgrid[: still.shape[0], : still.shape[1]]
    body = (still > half_c) & (np.hypot(rows - row, cols - col) <= radius_px + _RING_PX[0])
    return float(rows[body].mean()), float(cols[body].mean())


def _edge_px(still: NDArray[np.float32], row: float, col: float, largest_px: float, raw_c: float, around_c: float) -> float:
    """How far from the centre the reading has fallen half-way to the surroundings."""
    rows, cols = np.mgrid[: still.shape[0], : still.shape[1]]
    distance = np.hypot(rows - row, cols - col)
    steps = np.arange(1.0, largest_px + 2.0, 0.5)
    profile = [float(np.median(still[(distance >= step - 0.5) & (distance < step + 0.5)])) for step in steps]
    below = np.flatnonzero(np.array(profile) < (raw_c + around_c) / 2.0)
    return float(steps[below[0]]) if len(below) else largest_px

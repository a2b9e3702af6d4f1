"""A board seen by both cameras: the homography between its two pictures, good for this one plane, and how good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.calibration.board import Markers

FEWEST_MARKERS: Final = 3
_SLIP_PX: Final = 4.0
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Plane:
    """One position of the board.

    Attributes:
        homography: (3, 3), colour pixels to thermal pixels.
        rms_px: root mean square distance of the corners, thermal pixels.
        worst_px: the largest one.
        swell: how much larger the thermal picture shows each square than the colour picture does, as a share of its side: warmth
            spreads into the cold around it, and light into the dark. It was taken out before the fit.
        markers: numbers of those seen in both and used.
    """

    homography: NDArray[np.float64]
    rms_px: float
    worst_px: float
    swell: float
    markers: tuple[int, ...]


def fit_plane(colour: Markers, thermal: Markers) -> Plane | None:
    """The plane through the markers that both pictures show; None where they are fewer than FEWEST_MARKERS.

    Homography by least squares over all corners; a marker whose middle is more than _SLIP_PX off is left out.
    """
    common = sorted(set(colour) & set(thermal))
    for _ in range(_ROUNDS):
        if len(common) < FEWEST_MARKERS:
            return None
        here, there = (np.stack([seen[number] for number in common]) for seen in (colour, thermal))
        homography, swell, off = _fitted(here, there)
        middles_px = np.hypot(*off.mean(1).T)
        if middles_px.max() <= _SLIP_PX:
            off_px = np.hypot(off[..., 0], off[..., 1])
            return Plane(homography, float(np.sqrt((off_px**2).mean())), float(off_px.max()), swell, tuple(common))
        del common[int(middles_px.argmax())]
    return None


def _fitted(here: NDArray[np.float64], there: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
    """Homography, swell, and what is left (m, 4, 2), of corners (m, 4, 2) in both pictures."""
    swell, level = 0.0, there
    homography = np.eye(3)
    for _ in range(_ROUNDS):
        middle = there.mean(1, keepdims=True)
        level = middle + (there - middle) / (1.0 + swell)
        homography = np.asarray(cv2.findHomography(here.reshape(-1, 2), level.reshape(-1, 2), 0)[0], np.float64)
        mapped = mapped_by(homography, here)
        arms, seen = mapped - mapped.mean(1, keepdims=True), there - middle
        swell = float((arms * seen).sum() / (arms * arms).sum()) - 1.0
    return homography, swell, mapped_by(homography, here) - level


def mapped_by(homography: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (..., 2) through a homography."""
    flat = points.reshape(-1, 1, 2)
    return np.asarray(cv2.perspectiveTransform(flat, homography), np.float64).reshape(points.shape)

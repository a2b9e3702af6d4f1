"""The board of ArUco markers, found in a grey picture: sharp or not, warm on cold or black on white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Markers = dict[int, "NDArray[np.float64]"]
"""Corners (4, 2) x, y, pixels, of each marker by its number, clockwise from its own upper left."""

_SCALES: Final = (0.5, 1.0, 2.0, 4.0)
_WIDTHS_PX: Final = (200.0, 1000.0)  # of the pictures that are looked at: a marker's cells must be some pixels wide, and not many
_SHARPENED: Final = ((3.0, 1.5), (6.0, 3.0))  # (sigma in pixels, amount): boards are often out of focus for one of the cameras
_ALIKE_PX: Final = 3.0  # farther from the median of its other finds, a corner is a slip


def find_markers(grey: NDArray[np.uint8], *, warm_on_cold: bool = False) -> Markers:
    """Markers of DICT_ARUCO_ORIGINAL in a picture (rows, cols).

    `warm_on_cold`: a thermal picture, in which black squares in the light are the bright ones. The picture is looked at in
    several sizes, as it is and sharpened; a corner is the median of where it was found.
    """
    found: dict[int, list[NDArray[np.float64]]] = {}
    detector = _detector()
    for scale, picture in _variants(np.asarray(255 - grey if warm_on_cold else grey, np.uint8)):
        corners, ids, _ = detector.detectMarkers(picture)
        for number, corner in zip(np.ravel(ids).tolist() if len(corners) else (), corners, strict=False):
            found.setdefault(int(number), []).append((np.asarray(corner, np.float64)[0] + 0.5) / scale - 0.5)
    return {number: _agreed(np.stack(seen)) for number, seen in sorted(found.items())}


def _agreed(seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of those (k, 4, 2) near the median."""
    off_px = np.abs(seen - np.median(seen, 0)).max((1, 2))
    return np.asarray(seen[off_px <= max(_ALIKE_PX, float(off_px.min()))].mean(0))


def _detector() -> cv2.aruco.ArucoDetector:
    told = cv2.aruco.DetectorParameters()
    told.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    told.adaptiveThreshWinSizeMin, told.adaptiveThreshWinSizeMax, told.adaptiveThreshWinSizeStep = 9, 41, 16
    told.minMarkerPerimeterRate = 0.05
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_ARUCO_ORIGINAL), told)


def _variants(grey: NDArray[np.uint8]) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    fitting = [scale for scale in _SCALES if _WIDTHS_PX[0] <= scale * grey.shape[1] <= _WIDTHS_PX[1]]
    for scale in fitting or [1.0]:
        how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
        sized = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)
        yield scale, np.asarray(sized, np.uint8)
        for sigma_px, amount in _SHARPENED:
            soft = cv2.GaussianBlur(sized, (0, 0), sigma_px * scale)
            yield scale, np.asarray(cv2.addWeighted(sized, 1.0 + amount, soft, -amount, 0.0), np.uint8)

"""AIZOO FaceMaskDetection (AIZOOTech/FaceMaskDetection, MIT): an SSD with the classes mask and no mask."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detections
from edge.vision.network import Network
from edge.vision.suppression import suppress
from models.evaluation.peers.stretched import MOST_FACES, NMS_OVERLAP, Stretched

GRIDS: Final = {260: (33, 17, 9, 5, 3), 360: (45, 23, 12, 6, 4)}
"""Cells on a side of each level, by input size in pixels."""
_SIZES: Final = ((0.04, 0.056), (0.08, 0.11), (0.16, 0.22), (0.32, 0.45), (0.64, 0.72))
_RATIOS: Final = (0.62, 0.42)
_CENTRE_VARIANCE, _SIZE_VARIANCE = np.float32(0.1), np.float32(0.2)


def anchors(size_px: int) -> NDArray[np.float32]:
    """(n, 4): centre x, y, width, height, shares of the picture; level by level, row by row, four a cell."""
    levels = []
    for cells, (small, large) in zip(GRIDS[size_px], _SIZES, strict=True):
        widths = [small, large, *[small * ratio**0.5 for ratio in _RATIOS]]
        heights = [small, large, *[small / ratio**0.5 for ratio in _RATIOS]]
        y, x = np.mgrid[0:cells, 0:cells]
        centres = np.repeat((np.stack([x.ravel(), y.ravel()], 1) + 0.5) / cells, 4, 0)
        levels.append(np.concatenate([centres, np.tile(np.stack([widths, heights], 1), (cells * cells, 1))], 1))
    return np.concatenate(levels).astype(np.float32)


def decode(offsets: NDArray[np.float32], priors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Boxes (n, 4) as shares of the picture, from offsets (n, 4) to anchors (n, 4)."""
    centre = priors[:, :2] + offsets[:, :2] * _CENTRE_VARIANCE * priors[:, 2:]
    half = 0.5 * priors[:, 2:] * np.exp(offsets[:, 2:] * _SIZE_VARIANCE)
    return np.concatenate([centre - half, centre + half], 1)


class Aizoo:
    """The 260 or the 360 pixel network, as published: stretched picture, score = the larger of the two classes."""

    def __init__(self, network: Network, size_px: int, score_floor: float = 0.5) -> None:
        self._network = network
        self._input = Stretched(size_px, size_px, 0.0, 1 / 255)
        self._anchors = anchors(size_px)
        self._score_floor = score_floor

    def find(self, picture: NDArray[np.uint8]) -> Detections:
        """All faces of a BGR picture (h, w, 3); landmarks are NaN, worn_wrong is 0."""
        self._input.fit(picture)
        offsets, classes = self._network.run(self._input.tensor)
        scores = classes[0].max(1)
        likely = np.flatnonzero(scores >= self._score_floor)
        likely = likely[np.argsort(-scores[likely], kind="stable")[:MOST_FACES]]
        boxes = decode(offsets[0, likely], self._anchors[likely])
        kept = suppress(boxes, scores[likely], NMS_OVERLAP)
        height, width = picture.shape[:2]
        rows = likely[kept]
        mask = np.stack([classes[0, rows, 1], classes[0, rows, 0], np.zeros(len(rows), np.float32)], 1)
        pixels = boxes[kept] * np.array([width, height, width, height], np.float32)
        return Detections(pixels, scores[rows], np.full((len(rows), 5, 2), np.nan, np.float32), mask)

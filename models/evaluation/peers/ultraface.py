"""UltraFace RFB-640 masked_face v2 (Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB, MIT): face and masked face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edge.vision.detector import Detections
from edge.vision.network import Network
from edge.vision.suppression import suppress
from models.evaluation.peers.stretched import MOST_FACES, NMS_OVERLAP, Stretched

WIDTH_PX, HEIGHT_PX = 640, 480


class UltraFace:
    """As published: picture stretched to 640x480, score = the larger of face and masked face. Boxes come decoded."""

    def __init__(self, network: Network, score_floor: float = 0.5) -> None:
        self._network = network
        self._input = Stretched(WIDTH_PX, HEIGHT_PX, 127.0, 1 / 128)
        self._score_floor = score_floor

    def find(self, picture: NDArray[np.uint8]) -> Detections:
        """All faces of a BGR picture (h, w, 3); landmarks are NaN, worn_wrong is 0."""
        self._input.fit(picture)
        classes, corners = self._network.run(self._input.tensor)
        scores = classes[0, :, 1:].max(1)
        likely = np.flatnonzero(scores >= self._score_floor)
        likely = likely[np.argsort(-scores[likely], kind="stable")[:MOST_FACES]]
        kept = suppress(corners[0, likely], scores[likely], NMS_OVERLAP)
        height, width = picture.shape[:2]
        rows = likely[kept]
        mask = np.concatenate([classes[0, rows, 1:], np.zeros((len(rows), 1), np.float32)], 1)
        pixels = corners[0, rows] * np.array([width, height, width, height], np.float32)
        return Detections(pixels, scores[rows], np.full((len(rows), 5, 2), np.nan, np.float32), mask)

"""Who is in the picture: detector, tracker and thermometer put together, one face after the other."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Reason
from edge.lane.visit import Face
from edge.policy.reading import Reading, Unmeasured
from edge.policy.vote import MaskFrame
from edge.vision.detector import Detections, Detector
from edge.vision.tracker import Track, Tracker

FULL_WEIGHT_SHARE: Final = 0.25
"""A face of this share of the picture's height, seen from the front, has the full weight in the vote."""


class People:
    """Finds and follows people; keeps no pictures."""

    def __init__(self, detector: Detector, tracker: Tracker) -> None:
        self._detector = detector
        self._tracker = tracker

    def see(self, picture: NDArray[np.uint8], taken_s: float) -> tuple[Detections, list[Track]]:
        """All faces of a picture with their tracks, in the same order."""
        found = self._detector.find(picture)
        ids = self._tracker.update(found.boxes, found.scores, taken_s)
        known = {track.id: track for track in self._tracker.tracks}
        return found, [known[id_] for id_ in ids]

    def faces(
        self,
        found: Detections,
        tracks: list[Track],
        measured: list[Reading | Unmeasured] | None,
        taken_s: float,
        picture_height: int,
    ) -> list[Face]:
        """The lane's view of them. `measured` is None when there was no new thermal picture."""
        return [
            Face(
                track=track.id,
                box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
                mask=MaskFrame(
                    taken_s, float(mask[0]), float(mask[1]), float(mask[2]), weight(score, box, points, picture_height)
                ),
                measured=None if measured is None else measured[index],
                gap_s=track.gap_s,
            )
            for index, (track, box, score, points, mask) in enumerate(
                zip(tracks, found.boxes, found.scores, found.landmarks, found.mask, strict=True)
            )
        ]


def weight(score: np.float32, box: NDArray[np.float32], points: NDArray[np.float32], picture_height: int) -> float:
    """How much one frame counts: sure of the face, large, and seen from the front (nose between the eyes)."""
    size = min(1.0, float(box[3] - box[1]) / (FULL_WEIGHT_SHARE * picture_height))
    between = float(points[1, 0] - points[0, 0])
    turned = abs(float(points[2, 0]) - float(points[0, 0] + points[1, 0]) / 2) / between if between > 1.0 else 1.0
    frontal = min(1.0, max(0.1, 1.3 - turned))
    value = float(score) * size * frontal
    return value if math.isfinite(value) else 0.0


def unmeasured(reason: Reason, count: int, now_s: float) -> list[Reading | Unmeasured]:
    """The same reason for everybody."""
    return [Unmeasured(reason, now_s)] * count

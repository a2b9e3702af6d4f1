"""Who is in the picture: detector, tracker and thermometer put together, one face after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Reason
from edge.lane.visit import Face
from edge.policy.reading import Reading, Unmeasured
from edge.policy.vote import MaskFrame
from edge.vision.detector import Detections, Detector
from edge.vision.face_quality import judge
from edge.vision.sound_faces import sound
from edge.vision.tracker import Track, Tracker


class People:
    """Finds and follows people; keeps no pictures."""

    def __init__(self, detector: Detector, tracker: Tracker) -> None:
        self._detector = detector
        self._tracker = tracker

    def see(self, picture: NDArray[np.uint8], taken_s: float) -> tuple[Detections, list[Track]]:
        """All faces of a picture with their tracks, in the same order."""
        found = sound(self._detector.find(picture))
        ids = self._tracker.update(found.boxes, found.scores, taken_s)
        known = {track.id: track for track in self._tracker.tracks}
        return found, [known[id_] for id_ in ids]

    def faces(
        self,
        found: Detections,
        tracks: list[Track],
        measured: list[Reading | Unmeasured] | None,
        taken_s: float,
        picture: NDArray[np.uint8],
    ) -> list[Face]:
        """The lane's view of them. `measured` is None when there was no new thermal picture; `picture` is the one of `see`."""
        view = judge(picture, found.boxes, found.scores, found.landmarks)
        rows = zip(
            tracks,
            found.boxes.tolist(),
            found.mask.tolist(),
            view.weight.tolist(),
            view.limit,
            measured or _NOTHING,
            strict=False,
        )
        return [
            Face(
                track=track.id,
                box=(x1, y1, x2, y2),
                mask=MaskFrame(taken_s, absent, worn, wrong, weight, limit),
                measured=answer,
                gap_s=track.gap_s,
                doubted=track.doubted,
            )
            for track, (x1, y1, x2, y2), (absent, worn, wrong), weight, limit, answer in rows
        ]


_NOTHING: Final[Iterator[None]] = repeat(None)


def unmeasured(reason: Reason, count: int, now_s: float) -> list[Reading | Unmeasured]:
    """The same reason for everybody."""
    return [Unmeasured(reason, now_s)] * count

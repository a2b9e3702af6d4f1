"""Looks at pictures one after the other with the gate's own parts: detector, tracker, vote, lane and rule. Masks only."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contract.verdicts import Mask
from edge.app.eye import eye_of, region_of
from edge.app.trial.seen import Seen, SeenFace, Standing
from edge.config import GateConfig
from edge.gate.people import People
from edge.lane.lane import Lane
from edge.lane.step import Screen
from edge.lane.visit import MAX_MASK_FRAMES, Face
from edge.lane.zone import Zone, zone_of
from edge.policy.rule import Limits
from edge.policy.vote import MaskFrame, MaskVote, vote
from edge.vision.detector import Detections
from edge.vision.tracker import Tracker

FORGOTTEN_S: Final = 2.0
STILL_PASSES: Final = 5


class Watcher:
    """Raises ModelError when made, where the network cannot be opened."""

    def __init__(self, config: GateConfig) -> None:
        """Pictures handed in later must have the size of `config.colour`."""
        self.detector, self.runner = eye_of(config)
        self._people = People(self.detector, Tracker())
        self._config = config
        self._region = region_of(config)
        self.zone: Zone = zone_of(config.zone.polygon, config.zone.min_face, config.colour.width, config.colour.height)
        limits = Limits(mask=True, temperature=False, limit_c=config.screening.limit_c)
        self._lane = Lane(self.zone, limits, config.screening.worn_probability, _names())
        self._frames: dict[int, deque[MaskFrame]] = {}
        self._voted: dict[int, MaskVote] = {}
        self.people_seen: set[int] = set()

    def look(self, picture: NDArray[np.uint8], taken_s: float) -> Seen:
        """Take the next picture in, (height, width, 3) BGR, taken at `taken_s` on a clock that only goes on."""
        begun_s = time.perf_counter()
        found, tracks = self._people.see(picture, taken_s)
        pass_ms = (time.perf_counter() - begun_s) * 1e3
        faces = self._people.faces(found, tracks, None, taken_s, picture)
        self._remember(faces, taken_s)
        return self._seen(found, faces, pass_ms, picture, self._lane.step(taken_s, faces, None).screen)

    def look_once(self, picture: NDArray[np.uint8]) -> Seen:
        """A single picture, without a vote; the time is the median of a few passes after the first."""
        seen = self.look(picture, 0.0)
        times_ms = []
        for _ in range(STILL_PASSES):
            begun_s = time.perf_counter()
            self.detector.find(picture)
            times_ms.append((time.perf_counter() - begun_s) * 1e3)
        faces = tuple(replace(face, voted=None) for face in seen.faces)
        return replace(seen, faces=faces, pass_ms=float(np.median(times_ms)), verdict=None, reason=None)

    def _remember(self, faces: list[Face], now_s: float) -> None:
        limit = self._config.screening.worn_probability
        for face in faces:
            if face.doubted:  # it may be somebody else: a visit begins its evidence anew, and so does this
                self._frames.pop(face.track, None)
            frames = self._frames.setdefault(face.track, deque(maxlen=MAX_MASK_FRAMES))
            held = self._voted[face.track].mask if frames else Mask.UNSURE
            frames.append(face.mask)
            self._voted[face.track] = vote(frames, limit, now_s, held)
            self.people_seen.add(face.track)
        self._frames = {track: kept for track, kept in self._frames.items() if now_s - kept[-1].taken_s <= FORGOTTEN_S}
        self._voted = {track: self._voted[track] for track in self._frames}

    def _seen(self, found: Detections, faces: list[Face], pass_ms: float, picture: NDArray[np.uint8], screen: Screen) -> Seen:
        height, width = picture.shape[:2]
        decision = screen.decision
        return Seen(
            faces=tuple(self._face(found, index, face, height) for index, face in enumerate(faces)),
            pass_ms=pass_ms,
            size=(width, height),
            region=self._region.pixels(width, height),
            verdict=decision.verdict.value if decision else None,
            reason=decision.reason.value if decision and decision.reason else None,
            needed_px=self.zone.min_face_px,
        )

    def _face(self, found: Detections, index: int, face: Face, picture_height: int) -> SeenFace:
        mask, box, voted = face.mask, face.box, self._voted[face.track]
        return SeenFace(
            track=face.track,
            box=box,
            points=tuple((float(x), float(y)) for x, y in found.landmarks[index]),
            score=float(found.scores[index]),
            probabilities=(mask.absent, mask.worn, mask.worn_wrong),
            mask=found.state(index),
            voted=voted.mask,
            frames=voted.frames,
            height_px=box[3] - box[1],
            height_share=(box[3] - box[1]) / picture_height,
            standing=self._standing(face),
            quality=mask.weight,
            limit=mask.limit,
        )

    def _standing(self, face: Face) -> Standing:
        if self.zone.near(face.box):
            return Standing.NEAR
        return Standing.TOO_SMALL if face.box[3] - face.box[1] < self.zone.min_face_px else Standing.OUTSIDE


def _names() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"try{next(numbers)}"

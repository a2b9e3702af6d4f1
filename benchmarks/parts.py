"""The parts between detector and verdict, put together as the loop does it, each with a watch."""

from __future__ import annotations

from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.crowd import FPS
from benchmarks.timing import Times
from edge.config import GateConfig
from edge.gate.people import People
from edge.lane.lane import Lane
from edge.lane.step import Step
from edge.lane.visit import MAX_MASK_FRAMES
from edge.lane.zone import zone_of
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Facts, Limits, decide
from edge.policy.vote import MaskFrame, vote
from edge.vision.detector import Detections, Detector
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen
from edge.vision.reference_pair import reference_of
from edge.vision.registration import Registration
from edge.vision.stray_light import StrayLight
from edge.vision.thermal_frame import from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.tracker import Track, Tracker

PARTS: Final = {
    "tracker": "tracker",
    "registration": "registration of the boxes",
    "thermometry": "thermometry: degrees, reference body, faces",
    "lane": "lane: quality, visits, votes and policy",
    "vote": "votes alone (within the lane)",
    "policy": "policy alone (within the lane)",
}
FFC_AGE_S: Final = 600.0
IN_TURN: Final = ("tracker", "registration", "thermometry", "lane")
"""Those that make up a round; the others are measured once more on their own."""


class Parts:
    """Feed it the detections of one picture after the other, with times of a camera that gives 25 a second.

    Attributes:
        spent: what each of PARTS took.
        measured_share: of all faces so far, how many got a temperature and not a reason.
    """

    def __init__(self, config: GateConfig, detector: Detector) -> None:
        assert config.registration is not None
        assert config.reference is not None
        self.spent = {name: Times() for name in PARTS}
        self._config = config
        self._tracker = Tracker()
        self._registration = Registration(config.registration)
        self._reference = reference_of(config.reference, config.second_reference, config.sensor)
        self._stray = StrayLight(config.sensor)
        self._thermometer = Thermometer(config.sensor, config.screening, self._registration)
        self._limits = _limits(config)
        self._people = People(detector, self._tracker)
        self._lane = _lane(config, self._limits)
        self._frames: list[list[MaskFrame]] = []
        self._faces = self._measured = 0

    @property
    def measured_share(self) -> float:
        return self._measured / max(1, self._faces)

    def round(self, found: Detections, picture: NDArray[np.uint8], counts: NDArray[np.uint16], number: int, now_s: float) -> None:
        """One picture, and what was found in it."""
        tracks = self.spent["tracker"].of(lambda: self._follow(found, now_s))
        boxes = self.spent["registration"].of(lambda: self._registration.boxes(found.boxes))
        measured = self.spent["thermometry"].of(lambda: self._warmth(found, boxes, counts, number, now_s))
        self.spent["lane"].of(lambda: self._judge(found, tracks, measured, picture, now_s))
        self._alone(found, measured, now_s)
        self._faces += len(measured)
        self._measured += sum(isinstance(one, Reading) for one in measured)

    def _follow(self, found: Detections, now_s: float) -> list[Track]:
        ids = self._tracker.update(found.boxes, found.scores, now_s)
        known = {track.id: track for track in self._tracker.tracks}
        return [known[id_] for id_ in ids]

    def _warmth(
        self, found: Detections, boxes: NDArray[np.float64], counts: NDArray[np.uint16], number: int, now_s: float
    ) -> list[Reading | Unmeasured]:
        frame = self._stray.removed(from_counts(counts, 0, taken_s=now_s, number=number, ffc_age_s=FFC_AGE_S))
        seen: ReferenceSeen | ReferenceMissing = self._reference.look(frame.celsius, boxes, now_s)
        return self._thermometer.measure(frame, found.boxes, found.landmarks, seen, now_s, 0.0)

    def _judge(
        self,
        found: Detections,
        tracks: list[Track],
        measured: list[Reading | Unmeasured],
        picture: NDArray[np.uint8],
        now_s: float,
    ) -> Step:
        return self._lane.step(now_s, self._people.faces(found, tracks, measured, now_s, picture), None)

    def _alone(self, found: Detections, measured: list[Reading | Unmeasured], now_s: float) -> None:
        """Vote and policy once more on their own, on full windows, one for every face."""
        self._frames = [*self._frames, *([] for _ in range(len(found) - len(self._frames)))]
        for frames, (absent, worn, wrong) in zip(self._frames, found.mask.tolist(), strict=False):
            frames.append(MaskFrame(now_s, absent, worn, wrong, 1.0))
            del frames[:-MAX_MASK_FRAMES]
        least = self._config.screening.worn_probability
        votes = self.spent["vote"].of(lambda: [vote(frames, least, now_s) for frames in self._frames[: len(found)]])
        facts = [
            Facts(now_s, None, 1, near=True, mask=mask, reading=reading, gap_s=1 / FPS, waiting_s=0.0)
            for mask, reading in zip(votes, measured, strict=True)
        ]
        self.spent["policy"].of(lambda: [decide(one, self._limits) for one in facts])


def _limits(config: GateConfig) -> Limits:
    screening = config.screening
    return Limits(
        screening.mask, screening.temperature, screening.limit_c, screening.guard_band_c, config.sensor.max_uncertainty_c
    )


def _lane(config: GateConfig, limits: Limits) -> Lane:
    zone = zone_of(config.zone.polygon, config.zone.min_face, config.colour.width, config.colour.height)
    names = count(1)
    return Lane(zone, limits, config.screening.worn_probability, lambda: f"v{next(names)}")

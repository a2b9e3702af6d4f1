"""The gate's own thermal side, fed picture by picture, with a watch on each stage."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.timing import Times, added
from edge.app.gate_part import warmth_of
from edge.app.rundir import thermal_form
from edge.app.temperature import limits_of, site_rule_of
from edge.frames import FrameRing
from edge.lane.visit import MAX_MASK_FRAMES, MAX_READINGS
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Facts, decide
from edge.policy.vote import MaskFrame, vote
from edge.vision.tracker import Tracker
from edge.vision.visit_reading import combine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from edge.config import GateConfig
    from edge.policy.rule import Decision
    from edge.vision.detector import Detections

STAGES: Final = {
    "look": "out of the ring, degrees, reference body",
    "read": "registration and readings",
    "judge": "votes and policy",
}
FFC_AGE_S: Final = 600.0


class ThermalSide:
    """What a round does with a thermal picture, and with the votes about the faces in it.

    Attributes:
        spent: what each of STAGES took.
        measured_share: of all faces so far, how many got a temperature and not a reason.
    """

    def __init__(self, config: GateConfig, folder: Path) -> None:
        self.spent = {stage: Times() for stage in STAGES}
        form = thermal_form(config)
        assert form is not None
        self._ring = FrameRing.create(folder / "thermal", form)
        warmth = warmth_of(config, self._ring, site_rule_of(config), 0.0)
        assert warmth is not None
        self._warmth, self._tracker = warmth, Tracker()
        self._limits, self._least = limits_of(config), config.screening.worn_probability
        self._masks: dict[int, deque[MaskFrame]] = {}
        self._readings: dict[int, deque[Reading]] = {}
        self._faces = self._measured = 0

    @property
    def together(self) -> Times:
        """All stages, picture by picture."""
        return added(list(self.spent.values()))

    @property
    def measured_share(self) -> float:
        return self._measured / max(1, self._faces)

    def round(self, found: Detections, counts: NDArray[np.uint16], now_s: float) -> None:
        """One thermal picture, and what the network found in the colour picture of the same moment."""
        self._ring.write(counts, now_s, FFC_AGE_S)
        ids = self._tracker.update(found.boxes, found.scores, now_s)
        known = {track.id: track for track in self._tracker.tracks}
        tracks = [known[one] for one in ids]
        self.spent["look"].of(lambda: self._warmth.look(now_s))
        measured = self.spent["read"].of(lambda: self._warmth.measure(found, tracks, now_s, 0.0)) or []
        self.spent["judge"].of(lambda: self._judge(ids, found, measured, now_s))
        self._faces += len(measured)
        self._measured += sum(isinstance(one, Reading) for one in measured)

    def close(self) -> None:
        self._ring.close()

    def _judge(self, ids: list[int], found: Detections, measured: list[Reading | Unmeasured], now_s: float) -> list[Decision]:
        rows = zip(ids, found.mask.tolist(), measured, strict=False)
        return [
            self._one(track, MaskFrame(now_s, absent, worn, wrong, 1.0), reading, now_s)
            for track, (absent, worn, wrong), reading in rows
        ]

    def _one(self, track: int, frame: MaskFrame, measured: Reading | Unmeasured, now_s: float) -> Decision:
        masks = self._masks.setdefault(track, deque(maxlen=MAX_MASK_FRAMES))
        masks.append(frame)
        readings = self._readings.setdefault(track, deque(maxlen=MAX_READINGS))
        if isinstance(measured, Reading):
            readings.append(measured)
        combined = combine(readings) if readings else measured
        voted = vote(masks, self._least, now_s)
        return decide(Facts(now_s, None, 1, near=True, mask=voted, reading=combined, gap_s=0.04, waiting_s=0.0), self._limits)

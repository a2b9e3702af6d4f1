"""One person's passage: what was seen, what was decided, which revision that is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from contract.verdicts import PASSING, Reason, Verdict
from edge.lane.bearer import NOBODY, Bearer
from edge.lane.step import Announcement
from edge.lane.zone import Box
from edge.policy.calling import Caller
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Decision
from edge.policy.vote import NO_VOTE, MaskFrame, MaskVote, vote
from edge.vision.visit_reading import combine

MAX_MASK_FRAMES: Final = 40
MAX_READINGS: Final = 9
TOLERATED_S: Final = 0.5
"""A single frame without a temperature does not undo the readings before it for so long."""

STEADY_S: Final = 1.0
"""An instruction stays on the screen for so long while there are too few frames to judge anew."""

_PASSING_VIEW: Final = frozenset({Reason.GATHERING, Reason.LOOK_HERE, Reason.HOLD_STILL, Reason.FACE_COVERED})
"""Who follows an instruction looks into the bag and has a hand before the mouth."""

_WIPING: Final = frozenset({Reason.FFC, Reason.WARMING_UP, Reason.REFERENCE_LOST, Reason.THERMAL_LOST, Reason.NO_WARM_FACE})
"""No reading from before one of these is used after it."""


@dataclass(frozen=True, slots=True)
class Face:
    """One tracked face of one picture.

    Attributes:
        track: the tracker's number.
        box: x1, y1, x2, y2 in colour pixels.
        mask: what the network said of it.
        measured: temperature from a new thermal picture; None when there was no new one.
        gap_s: since the track was last seen before this picture.
        doubted: whether it could nearly as well be somebody else's face.
    """

    track: int
    box: Box
    mask: MaskFrame
    measured: Reading | Unmeasured | None
    gap_s: float
    doubted: bool = False


@dataclass(slots=True)
class Visit:
    """Evidence and decisions of one person; times are monotonic seconds."""

    name: str
    first_s: float
    box: Box
    last_s: float
    frames: int = 0
    masks: deque[MaskFrame] = field(default_factory=lambda: deque(maxlen=MAX_MASK_FRAMES))
    readings: deque[Reading] = field(default_factory=lambda: deque(maxlen=MAX_READINGS))
    unmeasured: Unmeasured | None = None
    summed: Reading | None = None
    gap_s: float = 0.0
    begun_s: float = float("-inf")
    voted: MaskVote = NO_VOTE
    near: bool = False
    waiting_since_s: float | None = None
    decision: Decision = field(default_factory=lambda: Decision(Verdict.WAIT, Reason.GATHERING))
    announced: Decision | None = None
    revision: int = 0
    proposed: Decision | None = None
    proposed_s: float = 0.0
    rechecked: bool = False
    firm_s: float = float("-inf")
    bearer: Bearer = NOBODY
    told: Announcement | None = None
    caller: Caller = field(default_factory=lambda: Caller(0))

    def see(self, face: Face, max_gap_s: float, *, near: bool) -> None:
        """Take one more frame in. After a gap that is too long, or in doubt who it is, the evidence starts anew."""
        if face.gap_s > max_gap_s or face.doubted:
            self.forget(face.mask.taken_s)
            self.bearer = NOBODY  # the badge was shown by whoever this was before
        else:
            self.gap_s = max(self.gap_s, face.gap_s)
        self.box, self.last_s, self.near = face.box, face.mask.taken_s, near
        self.frames += 1
        self.masks.append(face.mask)
        if near and face.measured is not None:
            self._measure(face.measured)

    def _measure(self, measured: Reading | Unmeasured) -> None:
        match measured:
            case Reading():
                self.readings.append(measured)
                self.summed = None
                self.unmeasured = None
            case Unmeasured(reason=reason):
                self.unmeasured = measured
                if reason in _WIPING:
                    self.readings.clear()
                    self.summed = None

    def forget(self, now_s: float) -> None:
        """Start the evidence anew; the visit and what was announced stay."""
        self.begun_s = now_s
        self.voted = NO_VOTE
        self.masks.clear()
        self.readings.clear()
        self.unmeasured = self.summed = None
        self.gap_s = 0.0
        self.proposed = None

    def count(self, worn_probability: float, now_s: float) -> MaskVote:
        """The vote of the frames up to now; the one before stands in it."""
        self.voted = vote(self.masks, worn_probability, now_s, self.voted.mask)
        return self.voted

    def reading(self) -> Reading | None:
        """The readings that still stand, summed up; None when the newest attempts failed for longer than TOLERATED_S.

        Summed up once for each new reading: a thermal camera may be three times slower than the colour one.
        """
        if not self.readings:
            return None
        if self.unmeasured is not None and self.unmeasured.taken_s - self.readings[-1].taken_s > TOLERATED_S:
            return None
        if self.summed is None:
            self.summed = combine(self.readings)
        return self.summed

    def waiting_s(self, now_s: float) -> float:
        return 0.0 if self.waiting_since_s is None else now_s - self.waiting_since_s

    def settle(self, decision: Decision, now_s: float) -> None:
        """Note the decision of this moment and how long the person has been kept waiting."""
        waiting = decision.verdict is Verdict.WAIT or decision.reason in PASSING
        if not waiting:
            self.waiting_since_s = None
            self.firm_s = now_s
        elif self.waiting_since_s is None:
            self.waiting_since_s = now_s
        self.decision = decision

    def shown(self, now_s: float) -> Decision:
        """What to tell the person: a moment too short of frames does not wipe an instruction that is being followed."""
        said = self.announced
        if said is None or said.verdict is Verdict.PASS or now_s - self.firm_s >= STEADY_S:
            return self.decision
        return said if self.decision.reason in _PASSING_VIEW else self.decision

"""People before a gate, told in frames: `Scene().person(mask=Mask.WORN, core_c=36.5, frames=90)`."""

from __future__ import annotations

from dataclasses import dataclass, field

from contract.verdicts import Mask, Reason, Region, Verdict
from edge.lane.lane import Lane
from edge.lane.step import Announcement, Step
from edge.lane.visit import Face
from edge.lane.zone import Box, zone_of
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Limits
from edge.policy.vote import MaskFrame

FRAME_S = 0.04
NEAR: Box = (260.0, 120.0, 380.0, 270.0)
BESIDE: Box = (100.0, 120.0, 220.0, 270.0)
FAR: Box = (300.0, 200.0, 350.0, 260.0)
SURE = {
    Mask.ABSENT: (0.96, 0.02, 0.02),
    Mask.WORN: (0.02, 0.96, 0.02),
    Mask.WORN_WRONG: (0.02, 0.02, 0.96),
    Mask.UNSURE: (0.3, 0.5, 0.2),
}


@dataclass
class Scene:
    """Plays frames at 25 a second into a lane and keeps what it said."""

    now_s: float = 1000.0
    limits: Limits = field(default_factory=lambda: Limits(mask=True, temperature=True, limit_c=37.3))
    announced: list[Announcement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = iter(f"v{number}" for number in range(10_000))
        zone = zone_of([[0.1, 0.0], [0.9, 0.0], [0.9, 1.0], [0.1, 1.0]], 0.2, 640, 480)
        self.lane = Lane(zone, self.limits, 0.6, lambda: next(self._names))

    def frame(self, *faces: Face, fault: Reason | None = None) -> Step:
        self.now_s += FRAME_S
        step = self.lane.step(self.now_s, faces, fault)
        self.steps.append(step)
        self.announced.extend(step.announced)
        return step

    def face(
        self,
        mask: Mask = Mask.WORN,
        core_c: float = 36.5,
        track: int = 1,
        box: Box = NEAR,
        why: Reason | None = None,
        gap_s: float = FRAME_S,
    ) -> Face:
        taken_s = self.now_s + FRAME_S
        measured: Reading | Unmeasured = (
            Unmeasured(why, taken_s)
            if why
            else Reading(core_c - 3, core_c - 2, core_c, 0.3, Region.FOREHEAD, 0.6, 1, taken_s, reference_seen=True)
        )
        return Face(track, box, MaskFrame(taken_s, *SURE[mask], 1.0), measured, gap_s)

    def person(
        self,
        mask: Mask = Mask.WORN,
        core_c: float = 36.5,
        frames: int = 50,
        track: int = 1,
        box: Box = NEAR,
        why: Reason | None = None,
    ) -> Scene:
        for _ in range(frames):
            self.frame(self.face(mask, core_c, track, box, why))
        return self

    def empty(self, frames: int = 25) -> Scene:
        for _ in range(frames):
            self.frame()
        return self

    @property
    def verdicts(self) -> list[Verdict]:
        return [said.decision.verdict for said in self.announced]

    @property
    def screens(self) -> list[Verdict | None]:
        """What the screen said, repeats folded."""
        said: list[Verdict | None] = []
        for step in self.steps:
            verdict = step.screen.decision.verdict if step.screen.decision else None
            if not said or said[-1] is not verdict:
                said.append(verdict)
        return said

    @property
    def passing(self) -> str | None:
        return self.steps[-1].passing

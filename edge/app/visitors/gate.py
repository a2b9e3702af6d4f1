"""A gate that is played: tracker, vote, lane and policy are the real ones, eye and thermometer say what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from contract.verdicts import Reason, Verdict
from edge.app.visitors.eye import MaskErrors
from edge.app.visitors.outcome import Told
from edge.app.visitors.person import Population
from edge.app.visitors.thermometer import HeatErrors, Thermometer
from edge.app.visitors.visitor import Visitor
from edge.lane.lane import Lane
from edge.lane.step import Announcement, Step
from edge.lane.visit import Face
from edge.lane.zone import Box, Zone
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Limits
from edge.policy.vote import MaskFrame
from edge.sim.sightings import NOBODY, Sighting
from edge.sim.stage import STAGE_HEIGHT_PX
from edge.vision.tracker import Track, Tracker

_UNLIKE_S: Final = 1e-7
"""Faces of one picture are taken so far apart, so that a visit's first moment tells its track."""

_FALSE: Final = (0.4, 0.3, 0.3, 0.1)
"""What the network says of a false alarm, and its weight."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A gate, its errors and who comes.

    Attributes:
        fps: colour pictures a second that are looked at.
    """

    zone: Zone
    limits: Limits
    worn_probability: float
    mask: MaskErrors
    heat: HeatErrors
    people: Population
    fps: float


class Gate:
    """Takes pictures' faces in and tells each visitor's outcome what was decided of them."""

    def __init__(self, setting: Setting, thermometer: Thermometer) -> None:
        self._setting, self._thermometer = setting, thermometer
        self._tracker = Tracker()
        names = (f"v{number}" for number in count())
        self._lane = Lane(setting.zone, setting.limits, setting.worn_probability, lambda: next(names))
        self._begun: dict[float, int] = {}
        self._whose: dict[int, Visitor | None] = {}
        self.owner: Visitor | None = None
        """Whose PASS was the last one."""

    def step(self, seen: Sighting, there: Sequence[Visitor | None]) -> Step:
        """One picture; `there` by the numbers of `seen.who`."""
        ids = self._tracker.update(seen.boxes, seen.scores, seen.t_s)
        tracks = {track.id: track for track in self._tracker.tracks}
        warm = self._thermometer.new_picture(seen.t_s)
        faces = []
        for index, (who, box) in enumerate(zip(seen.who, seen.boxes.tolist(), strict=True)):
            x1, y1, x2, y2 = box
            visitor = None if who == NOBODY else there[who]
            taken_s = seen.t_s + _UNLIKE_S * index
            self._begun[taken_s] = ids[index]
            self._whose[ids[index]] = visitor
            faces.append(self._face(visitor, tracks[ids[index]], (x1, y1, x2, y2), taken_s, warm=warm))
        step = self._lane.step(seen.t_s, faces, None)
        for said in step.announced:
            self._tell(said, seen.t_s)
        return step

    def _face(self, visitor: Visitor | None, track: Track, box: Box, taken_s: float, *, warm: bool) -> Face:
        return Face(
            track=track.id,
            box=box,
            mask=self._mask(visitor, box, taken_s),
            measured=self._measured(visitor, taken_s) if warm else None,
            gap_s=track.gap_s,
            doubted=track.doubted,
        )

    def _mask(self, visitor: Visitor | None, box: Box, taken_s: float) -> MaskFrame:
        if visitor is None:
            absent, worn, wrong, weight = _FALSE
            return MaskFrame(taken_s, absent, worn, wrong, weight)
        if visitor.outcome.near_s is None and self._setting.zone.near(box):
            visitor.outcome.near_s = taken_s
        height_share = (box[3] - box[1]) / STAGE_HEIGHT_PX
        return visitor.look.frame(visitor.person.mask, taken_s, height_share, walking=visitor.walking(taken_s))

    def _measured(self, visitor: Visitor | None, now_s: float) -> Reading | Unmeasured:
        if visitor is None:
            return Unmeasured(Reason.NO_WARM_FACE, now_s)
        return self._thermometer.measure(visitor.person.core_c, visitor.heat_c, now_s, hidden=visitor.hidden)

    def _tell(self, said: Announcement, now_s: float) -> None:
        """Of whoever was followed on the visit's track when it was last seen."""
        visitor = self._whose.get(self._begun[said.first_s])
        if said.decision.verdict is Verdict.PASS:
            self.owner = visitor
        if visitor is not None and said.decision.verdict is not Verdict.WAIT:
            truth = visitor.person
            visitor.outcome.told.append(Told(said.decision.verdict, said.decision.reason, now_s, truth.mask, truth.warm))

"""People on their way through an entrance, before the real tracker and the real lane; and whether a PASS is ever the wrong one.

Faces are boxes with noise, misses and false alarms, with the truth of whose they are. What the network and the thermometer say of
a face is what is true of its person: nothing here is wrong but who is who.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Final

from contract.verdicts import Mask, Reason, Region, Verdict
from edge.lane.lane import DWELL_S, Lane
from edge.lane.step import Announcement, Step
from edge.lane.visit import Face
from edge.lane.zone import zone_of
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import MASK_FRESH_S, MIN_FRAMES, Limits
from edge.policy.vote import WINDOW_S, MaskFrame
from edge.sim.sightings import NOBODY, Eye, Sighting, watch
from edge.sim.stage import STAGE_HEIGHT_PX, STAGE_WIDTH_PX
from edge.sim.walks import Walker
from edge.vision.tracker import Tracker
from tests.lane.scene import SURE

LIMITS: Final = Limits(mask=True, temperature=True, limit_c=37.3)
ZONE: Final = zone_of([[0.1, 0.0], [0.9, 0.0], [0.9, 1.0], [0.1, 1.0]], 0.16, STAGE_WIDTH_PX, STAGE_HEIGHT_PX)
HEAT_S: Final = 1 / 8.77
APART_S: Final = 0.3
"""Unseen for longer, somebody begins anew."""


@dataclass(frozen=True, slots=True)
class Soul:
    """What is true of somebody.

    Attributes:
        takes_off_s: so long after the PASS the mask is gone; None: never.
        printed: a picture on the wall.
    """

    mask: Mask = Mask.WORN
    core_c: float = 36.5
    takes_off_s: float | None = None
    printed: bool = False

    @property
    def admissible(self) -> bool:
        return self.mask is Mask.WORN and self.core_c < LIMITS.limit_c and not self.printed


@dataclass(slots=True)
class Entrance:
    """Plays a scene. `wrong` says, in words, which PASS was alive for whom it must not have been."""

    walkers: tuple[Walker, ...]
    souls: tuple[Soul, ...]
    fps: float
    seed: int
    eye: Eye = field(default_factory=Eye)
    wrong: list[str] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    said: list[Announcement] = field(default_factory=list)
    _seen_s: dict[int, list[float]] = field(default_factory=dict)
    _off_s: dict[int, float] = field(default_factory=dict)
    _owner: int | None = None

    def play(self, seconds: float) -> Entrance:
        names = (f"v{number}" for number in range(10_000))
        tracker, lane = Tracker(), Lane(ZONE, LIMITS, 0.6, lambda: next(names))
        heat_s = 0.0
        for seen in watch(self.walkers, seconds, self.fps, self.seed, self.eye):
            warm = seen.t_s - heat_s >= HEAT_S
            heat_s = seen.t_s if warm else heat_s
            self._judge(seen, lane.step(seen.t_s, list(self._faces(tracker, seen, warm=warm)), None))
        return self

    def _faces(self, tracker: Tracker, seen: Sighting, *, warm: bool) -> Iterator[Face]:
        ids = tracker.update(seen.boxes, seen.scores, seen.t_s)
        tracks = {track.id: track for track in tracker.tracks}
        for number, box, who in zip(ids, seen.boxes.tolist(), seen.who, strict=True):
            mask = MaskFrame(seen.t_s, *SURE[self._mask(who, seen.t_s)], 1.0)
            x1, y1, x2, y2 = box
            track = tracks[number]
            measured = self._measured(who, seen.t_s) if warm else None
            yield Face(number, (x1, y1, x2, y2), mask, measured, track.gap_s, track.doubted)

    def _mask(self, who: int, t_s: float) -> Mask:
        if who == NOBODY:
            return Mask.UNSURE
        soul = self.souls[who]
        return Mask.ABSENT if t_s >= self._off_s.get(who, inf) else soul.mask

    def _measured(self, who: int, t_s: float) -> Reading | Unmeasured:
        if who == NOBODY or self.souls[who].printed:
            return Unmeasured(Reason.NO_WARM_FACE, t_s)
        core_c = self.souls[who].core_c
        return Reading(core_c - 3, core_c - 2, core_c, 0.2, Region.FOREHEAD, 0.6, 1, t_s, reference_seen=True)

    def _judge(self, seen: Sighting, step: Step) -> None:
        self._note(seen)
        self.said += step.announced
        if any(one.decision.verdict is Verdict.PASS for one in step.announced):
            self._passes(seen, step)
        if step.passing is None:
            self._owner = None
        elif self._owner is not None:
            self._still(seen, self._owner)

    def _note(self, seen: Sighting) -> None:
        """Who has been in the zone since when: sightings without a break."""
        for who, box in zip(seen.who, seen.boxes.tolist(), strict=True):
            x1, y1, x2, y2 = box
            if who != NOBODY and not self.souls[who].printed and ZONE.body((x1, y1, x2, y2)):
                times_s = self._seen_s.setdefault(who, [])
                if times_s and seen.t_s - times_s[-1] > APART_S:
                    times_s.clear()
                times_s.append(seen.t_s)

    def _passes(self, seen: Sighting, step: Step) -> None:
        boxes = [tuple(box) for box in seen.boxes.tolist()]
        who = seen.who[boxes.index(step.screen.person)] if step.screen.person in boxes else NOBODY
        self._owner = who
        self.passed.append(who)
        if who == NOBODY or not self.souls[who].admissible or seen.t_s > self._off_s.get(who, inf) + WINDOW_S:
            self.wrong.append(f"{seen.t_s:.2f} s: {who} passed")
        elif sum(seen.t_s - at_s <= WINDOW_S for at_s in self._seen_s.get(who, ())) < MIN_FRAMES:
            self.wrong.append(f"{seen.t_s:.2f} s: {who} passed on what was seen of somebody else")
        takes_off_s = None if who == NOBODY else self.souls[who].takes_off_s
        if takes_off_s is not None:
            self._off_s.setdefault(who, seen.t_s + takes_off_s)

    def _still(self, seen: Sighting, owner: int) -> None:
        """A PASS is alive: nobody else may have stood there for longer than it takes to be noticed, nor a mask be gone."""
        settled_s = DWELL_S + 2 / self.fps
        for who, times_s in self._seen_s.items():
            if who != owner and times_s[-1] == seen.t_s and seen.t_s - times_s[0] > settled_s:
                self.wrong.append(f"{seen.t_s:.2f} s: the PASS of {owner} is alive before {who}")
        there = self._seen_s.get(owner, [-inf])[-1] == seen.t_s
        if there and seen.t_s - self._off_s.get(owner, inf) > MASK_FRESH_S + 1 / self.fps:
            self.wrong.append(f"{seen.t_s:.2f} s: {owner} took the mask off and has a PASS")

"""The lane: visits begin, are judged anew with every picture, and end. It decides nothing itself: `policy.rule` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from contract.verdicts import Mask, Reason, Verdict
from edge.lane.bearer import NOBODY, Badges, Bearer, HandsKnown
from edge.lane.step import Announcement, Screen, Step
from edge.lane.visit import Face, Visit
from edge.lane.warm_faces import WarmFaces
from edge.lane.zone import Zone
from edge.policy.acclimatise import NOT_TOLD, TELLING, Outdoors, Skin
from edge.policy.calling import Caller, Summons
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import MAX_GAP_S, PASS_LASTS_S, Decision, Facts, Limits, decide

DWELL_S: Final = 0.12
"""A face that is near for less than this is nobody's visit."""

GONE_S: Final = 0.6
"""Not seen for so long: the visit is over."""

BODY_GONE_S: Final = 0.3
"""A face in the zone counts as a body for so long after it was last seen, in pictures that show somebody else. While there are
none, nobody was seen to leave, and it counts until GONE_S."""

HOLD_S: Final = 0.25
"""A changed verdict must hold for so long before it is announced, so that one odd frame makes no revision."""

LINGER_S: Final = 1.5
"""The last verdict stays on the screen for so long after the person has left the picture."""


class Lane:
    """Hand in every picture's faces; get back what to show, what to record and whose PASS is valid.

    Args:
        zone: where one person stands.
        limits: what is screened for.
        worn_probability: share of the vote `worn` needs.
        name_visit: gives a fresh name for every visit, unique in the fleet.
    """

    def __init__(self, zone: Zone, limits: Limits, worn_probability: float, name_visit: Callable[[], str]) -> None:
        self._zone = zone
        self._limits = limits
        self._worn_probability = worn_probability
        self._name_visit = name_visit
        self._visits: dict[int, Visit] = {}
        self._candidates: dict[int, tuple[float, float]] = {}
        self._bodies_s: dict[int, float] = {}
        self._warmth = WarmFaces()
        self._granted: tuple[str, float] | None = None
        self._left: tuple[Decision, float] | None = None
        self._outdoors = NOT_TOLD
        self._hold: Decision | None = None
        self._summons: list[Summons] = []

    def step(
        self,
        now_s: float,
        faces: Sequence[Face],
        fault: Reason | None,
        outdoors: Outdoors = NOT_TOLD,
        *,
        hold: Decision | None = None,
        badges: Badges | None = None,
        hands: HandsKnown | None = None,
    ) -> Step:
        """Take one picture in, or the passing of time. `faces` is empty when nobody is seen or there was no new picture.

        `badges`: who is asked what a visitor has shown; `hands`: who knows whether their hands are disinfected, None: nobody is
        asked. `hold`: this way in is closed, and why: told to everybody, and no PASS holds.
        """
        self._outdoors, self._hold = outdoors, hold
        self._summons.clear()
        announced, ended = self._end_visits(now_s)
        bodies = [face for face in faces if self._zone.body(face.box)]
        for face in faces:
            first_s, _ = self._candidates.get(face.track, (face.mask.taken_s, now_s))
            self._candidates[face.track] = (first_s, now_s)
        for face in bodies:
            self._bodies_s[face.track] = now_s
            if face.doubted:
                self._warmth.forget(face.track)
            self._warmth.see(face)
            self._see(face)
        shown = [track for track, visit in self._visits.items() if self._zone.body(visit.box)]
        others = [track for track in self._bodies_s if track not in self._visits and self._settled(track)]
        people = {track for track in (*shown, *others) if not self._warmth.picture(track)}
        in_zone = len(people)
        for track, visit in self._visits.items():
            if badges is not None and in_zone == 1 and track in people:
                visit.bearer = visit.bearer.also(badges.of(visit.name, now_s) or NOBODY)
            if hands is not None and in_zone == 1 and track in people and not visit.bearer.clean:
                visit.bearer = visit.bearer.also(Bearer(hands=hands.of(visit.name, now_s)))
            announced.extend(self._judge(visit, now_s, fault, len(people | {track})))
            self._summon(track, visit, now_s)
        # Somebody warm is told first; a face that is only a picture is told of when nobody else is there.
        present = [self._visits[track] for track in sorted(shown, key=lambda track: track not in people)]
        self._expire(now_s, fault, people)
        passing = self._granted[0] if self._granted else None
        return Step(self._screen(now_s, fault, present, in_zone), tuple(announced), passing, ended, tuple(self._summons))

    def _settled(self, track: int) -> bool:
        first_s, last_s = self._candidates[track]
        return last_s - first_s >= DWELL_S

    def _see(self, face: Face) -> None:
        visit = self._visits.get(face.track)
        near = self._zone.near(face.box)
        if visit is None and near and self._settled(face.track):
            first_s, caller = self._candidates[face.track][0], Caller(self._limits.refusals)
            visit = Visit(self._name_visit(), first_s, face.box, face.mask.taken_s, caller=caller)
            self._visits[face.track] = visit
            self._left = None
        if visit is not None:
            visit.see(face, MAX_GAP_S, near=near)

    def _judge(self, visit: Visit, now_s: float, fault: Reason | None, in_zone: int) -> list[Announcement]:
        facts = self._facts(visit, now_s, fault, in_zone)
        decision = self._hold or decide(facts, self._limits)
        if visit.rechecked:
            # A second reading belongs to the recheck area; a lucky frame here must not undo the first.
            decision = Decision(Verdict.RECHECK)
        there = now_s - visit.last_s <= BODY_GONE_S
        if there:  # what is said of somebody who has left is what was said last
            visit.settle(decision, now_s)
        for_nobody = decision.verdict is Verdict.PASS and not there  # a PASS is for somebody who is seen
        if for_nobody or decision.verdict is Verdict.WAIT or _same(decision, visit.announced):
            visit.proposed = None
            return []
        if visit.announced is not None and not self._holds(visit, decision, now_s):
            return []
        return [self._announce(visit, decision, now_s)]

    def _summon(self, track: int, visit: Visit, now_s: float) -> None:
        """See whether a guard is wanted for somebody who stands there; a face that is only a picture wants nobody."""
        there = now_s - visit.last_s <= BODY_GONE_S and not self._warmth.picture(track)
        call = visit.caller.see(visit.decision, now_s) if there else None
        if call is not None:
            self._summons.append(Summons(visit.name, call, visit.decision))

    def _holds(self, visit: Visit, decision: Decision, now_s: float) -> bool:
        if not _same(decision, visit.proposed):
            visit.proposed, visit.proposed_s = decision, now_s
        return now_s - visit.proposed_s >= HOLD_S

    def _facts(self, visit: Visit, now_s: float, fault: Reason | None, in_zone: int) -> Facts:
        return Facts(
            now_s=now_s,
            fault=fault,
            in_zone=in_zone,
            near=visit.near,
            mask=visit.count(self._worn_probability, now_s),
            reading=self._reading(visit, now_s),
            gap_s=visit.gap_s,
            waiting_s=visit.waiting_s(now_s),
            skin=self._skin(visit, now_s),
            staff=visit.bearer.staff,
            listed=visit.bearer.listed,
            clean=visit.bearer.clean,
        )

    def _skin(self, visit: Visit, now_s: float) -> Skin:
        asked = self._limits.acclimatisation
        return Skin.UNKNOWN if asked is None else asked.skin(self._outdoors, visit.first_s, now_s)

    def _reading(self, visit: Visit, now_s: float) -> Reading | Unmeasured:
        return visit.reading() or visit.unmeasured or Unmeasured(Reason.GATHERING, now_s)

    def _announce(self, visit: Visit, decision: Decision, now_s: float) -> Announcement:
        announcement = Announcement(
            visit=visit.name,
            revision=visit.revision,
            decision=decision,
            mask=visit.voted.mask,
            reading=visit.reading(),
            frames=visit.frames,
            first_s=visit.first_s,
            decided_s=now_s,
            settled=self._skin(visit, now_s) in TELLING,
            shown=visit.bearer.shown,
            hands=visit.bearer.hands,
        )
        visit.revision, visit.told = visit.revision + 1, announcement
        visit.announced, visit.proposed = decision, None
        visit.rechecked = visit.rechecked or decision.verdict is Verdict.RECHECK
        if decision.verdict is Verdict.PASS:
            self._granted = (visit.name, now_s)
        return announcement

    def again(self, name: str) -> Announcement | None:
        """What was said last of a visit that is there, as its next revision: more is known of it, and nothing is decided anew.

        None of one that is gone, has shown nothing, or of which nothing was said yet.
        """
        visit = next((one for one in self._visits.values() if one.name == name), None)
        if visit is None or visit.told is None or not (visit.bearer.shown or visit.bearer.clean):
            return None
        visit.told = replace(visit.told, revision=visit.revision, shown=visit.bearer.shown, hands=visit.bearer.hands)
        visit.revision += 1
        return visit.told

    def _expire(self, now_s: float, fault: Reason | None, people: set[int]) -> None:
        """A PASS ends after PASS_LASTS_S, with another body in the zone, a fault, a hold, or when it could not be given any more.

        Whoever is still there gets the next one by a decision of its own: a new revision, on evidence that stands then.
        """
        if self._granted is None:
            return
        name, granted_s = self._granted
        track, visit = next(((track, one) for track, one in self._visits.items() if one.name == name), (None, None))
        late = now_s - granted_s >= PASS_LASTS_S
        undone = visit is not None and self._undone(visit, granted_s, now_s)
        if not (late or undone or self._hold is not None or fault is not None or people - {track}):
            return
        self._granted = None
        if visit is None:
            return
        if late:
            visit.forget(now_s)
        if visit.announced is not None and visit.announced.verdict is Verdict.PASS:
            visit.announced = None

    def _undone(self, visit: Visit, granted_s: float, now_s: float) -> bool:
        """Whether what the PASS rests on is gone: another verdict, somebody else perhaps, or a mask that is not seen any more.

        Who has left the zone takes the PASS along: nothing is known of them, and nothing can be.
        """
        if visit.decision.verdict not in {Verdict.PASS, Verdict.WAIT} or visit.begun_s > granted_s:
            return True
        there = now_s - visit.last_s <= BODY_GONE_S
        return there and self._limits.mask and visit.voted.mask is not Mask.WORN

    def _end_visits(self, now_s: float) -> tuple[list[Announcement], tuple[str, ...]]:
        """Close the visits of those who left; who was there and was never told anything is announced once, as the WAIT it was.

        Returns these announcements and the names of all visits that are over.
        """
        gone = [track for track, visit in self._visits.items() if now_s - visit.last_s > GONE_S]
        ended = {track: self._visits.pop(track) for track in gone}
        for visit in ended.values():
            if visit.announced is not None:
                self._left = (visit.announced, now_s)
        undecided = [visit for track, visit in ended.items() if visit.revision == 0 and not self._warmth.picture(track)]
        self._forget(now_s)
        announced = [self._announce(visit, visit.decision, now_s) for visit in undecided]
        return announced, tuple(visit.name for visit in ended.values())

    def _forget(self, now_s: float) -> None:
        self._candidates = {track: times for track, times in self._candidates.items() if now_s - times[1] <= GONE_S}
        self._warmth.keep(self._candidates.keys() | self._visits.keys())
        newest_s = max(self._bodies_s.values(), default=now_s)
        self._bodies_s = {
            track: seen_s
            for track, seen_s in self._bodies_s.items()
            if newest_s - seen_s <= BODY_GONE_S and now_s - seen_s <= GONE_S
        }

    def _screen(self, now_s: float, fault: Reason | None, present: list[Visit], in_zone: int) -> Screen:
        if self._hold is not None:
            return Screen(self._hold, None, in_zone)
        if fault is not None:
            return Screen(Decision(Verdict.CANNOT_MEASURE, fault), None, in_zone)
        if in_zone > 1:
            return Screen(Decision(Verdict.WAIT, Reason.ONE_AT_A_TIME), None, in_zone)
        if present:
            alone, bearer = in_zone == 1, present[0].bearer
            staff = present[0].name if bearer.staff and alone else None
            asked = (present[0].name, bearer.hands) if bearer.hands is not None and alone else None
            return Screen(present[0].shown(now_s), present[0].box, in_zone, staff, asked)
        if any(self._settled(track) for track in self._bodies_s):
            return Screen(Decision(Verdict.WAIT, Reason.APPROACH), None, in_zone)
        if self._left is not None and now_s - self._left[1] <= LINGER_S:
            return Screen(self._left[0], None, 0)
        return Screen(None, None, 0)


def _same(one: Decision, other: Decision | None) -> bool:
    return other is not None and one.verdict is other.verdict

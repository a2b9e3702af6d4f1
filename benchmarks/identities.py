"""Whose track is whose, scored against the truth (CLEAR MOT's words: IDSW and FRAG), and who could pass for somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from edge.policy.rule import MAX_GAP_S, MIN_FRAMES, MIN_SPAN_S, PASS_LASTS_S
from edge.sim.sightings import NOBODY, Sighting
from edge.vision.tracker import Tracker


@dataclass(slots=True)
class Score:
    """Of one scene, or of many added up.

    Attributes:
        switches: IDSW, how often a person's number changed from one sighting to the next.
        fragments: FRAG, of these: the new number was a fresh one, the old track broke.
        scenes, merged: scenes, and those in which one track's number stood for two people at any time.
        taken_over: of these scenes, those in which the gate would not have noticed: no gap that starts the evidence anew, no
            doubt said by the tracker, between a sighting of the one and a sighting of the other.
        people, sightings: counted.
    """

    switches: int = 0
    fragments: int = 0
    scenes: int = 0
    merged: int = 0
    taken_over: int = 0
    people: int = 0
    sightings: int = 0
    doubts: int = 0

    def add(self, other: Score) -> None:
        for name in Score.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class _Follow:
    """The numbers people had and the people numbers stood for: (seconds, who or number, in doubt)."""

    numbers: dict[int, list[int]] = field(default_factory=dict)
    people: dict[int, list[tuple[float, int, bool]]] = field(default_factory=dict)


def score(tracker: Tracker, sightings: Iterable[Sighting]) -> Score:
    """Let the tracker follow one scene."""
    follow, total = _Follow(), Score(scenes=1)
    for seen in sightings:
        numbers = tracker.update(seen.boxes, seen.scores, seen.t_s)
        doubted = {track.id for track in tracker.tracks if getattr(track, "doubted", False)}
        total.doubts += len(doubted & set(numbers))
        for who, number in zip(seen.who, numbers, strict=True):
            if who != NOBODY:
                follow.numbers.setdefault(who, []).append(number)
            follow.people.setdefault(number, []).append((seen.t_s, who, number in doubted))
    owners: dict[int, int] = {}
    for who, numbers in sorted(follow.numbers.items()):
        for number in numbers:
            owners.setdefault(number, who)
        for old, new in pairwise(numbers):
            total.switches += old != new
            total.fragments += old != new and owners[new] == who
    total.people, total.sightings = len(follow.numbers), sum(map(len, follow.numbers.values()))
    shared = [sights for sights in follow.people.values() if len({who for _, who, _ in sights} - {NOBODY}) > 1]
    total.merged = bool(shared)
    total.taken_over = any(_unnoticed(sights) for sights in shared)
    return total


def _unnoticed(sights: list[tuple[float, int, bool]]) -> bool:
    """Whether a person whose PASS could be alive (enough frames, long enough, nothing that starts the evidence anew) was
    followed on the same track by another, and nothing said so."""
    since: list[tuple[float, int]] = []
    last_s = sights[0][0]
    for t_s, who, doubted in sights:
        if doubted or t_s - last_s > MAX_GAP_S:
            since = []
        for other in {one for _, one in since} - {who, NOBODY}:
            times_s = [seen_s for seen_s, one in since if one == other]
            if who != NOBODY and len(times_s) >= MIN_FRAMES and times_s[-1] - times_s[0] >= MIN_SPAN_S:
                return True
        since = [(seen_s, one) for seen_s, one in since if t_s - seen_s <= PASS_LASTS_S]
        since.append((t_s, who))
        last_s = t_s
    return False

"""The 24 hours' duty: whether somebody is there at every moment, and who leads; seen before it happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloud.ledger.staff.rules import HOUR_MS, Rules
from cloud.ledger.staff.signs import Sign, What
from cloud.ledger.staff.turns import Post, Turn

SEEN_BEFORE_MS: Final = 2 * HOUR_MS
"""Somebody seen so long before a turn has come for it."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Attributes: reported_ms, when it was entered: in advance, or too late."""

    person: int
    begins_ms: int
    ends_ms: int
    reported_ms: int

    @property
    def in_advance(self) -> bool:
        return self.reported_ms <= self.begins_ms

    def meets(self, begins_ms: int, ends_ms: int) -> bool:
        return self.begins_ms < ends_ms and begins_ms < self.ends_ms


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without anybody at this post."""

    post: Post
    begins_ms: int
    ends_ms: int


class Away(StrEnum):
    """Why a leader on duty is taken to be away."""

    NOT_SEEN = "not_seen"
    """The turn has begun, and no gate has seen the leader, nobody has entered anything."""
    WENT_OUT = "went_out"
    """Went out, and no absence was reported."""
    REPORTED_LATE = "reported_late"
    """An absence was entered when it had begun."""


def gaps(post: Post, turns: Iterable[Turn], absences: Sequence[Absence], since_ms: int, until_ms: int) -> list[Gap]:
    """Every time between the two without somebody at this post who is not absent."""
    there = [part for turn in turns if post in turn.posts for part in _present(turn, absences)]
    found, at_ms = [], since_ms
    for begins_ms, ends_ms in sorted(there):
        if begins_ms > at_ms:
            found.append(Gap(post, at_ms, min(begins_ms, until_ms)))
        at_ms = max(at_ms, ends_ms)
        if at_ms >= until_ms:
            break
    if at_ms < until_ms:
        found.append(Gap(post, at_ms, until_ms))
    return [one for one in found if one.begins_ms < one.ends_ms]


def _present(turn: Turn, absences: Sequence[Absence]) -> list[tuple[int, int]]:
    """The turn without this person's absences."""
    parts = [(turn.begins_ms, turn.ends_ms)]
    for away in (one for one in absences if one.person == turn.person):
        cut = [
            piece
            for begins_ms, ends_ms in parts
            for piece in ((begins_ms, min(ends_ms, away.begins_ms)), (max(begins_ms, away.ends_ms), ends_ms))
        ]
        parts = [(begins_ms, ends_ms) for begins_ms, ends_ms in cut if begins_ms < ends_ms]
    return parts


def leader_away(turn: Turn, absences: Sequence[Absence], signs: Sequence[Sign], now_ms: int, rules: Rules) -> Away | None:
    """Whether the leader of a turn that is going on is away without having reported it in advance; None where not."""
    if Post.LEADER not in turn.posts or not turn.begins_ms <= now_ms < turn.ends_ms:
        return None
    now_absent = [one for one in absences if one.person == turn.person and one.meets(now_ms, now_ms + 1)]
    if now_absent:
        return None if any(one.in_advance for one in now_absent) else Away.REPORTED_LATE
    seen = [one for one in signs if turn.begins_ms - SEEN_BEFORE_MS <= one.at_ms <= now_ms]
    if not seen:
        return Away.NOT_SEEN if now_ms >= turn.begins_ms + rules.leader_ms else None
    last = max(seen, key=lambda one: one.at_ms)
    return Away.WENT_OUT if last.leaves and last.what in (What.OUT, What.PASSAGE) else None

"""Turns of duty: somebody at posts, from when to when; and which tasks a post brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.signs import Sign
from cloud.ledger.staff.tasks import Task, TaskKind


class Post(StrEnum):
    """What somebody is on duty for."""

    SCREENING = "screening"
    RECEPTION = "reception"
    WATCH = "watch"
    """The 24 hours' duty."""
    LEADER = "leader"
    """Leads it."""


_DAY: Final = frozenset(
    {TaskKind.BEFORE, TaskKind.AFTER, TaskKind.RETURN, TaskKind.PERIODIC, TaskKind.MASK_CHANGE, TaskKind.CHECK}
)
TASKS_OF: Final[Mapping[Post, frozenset[TaskKind]]] = {
    Post.SCREENING: _DAY,
    Post.RECEPTION: _DAY,
    Post.WATCH: frozenset({TaskKind.BEFORE, TaskKind.AFTER, TaskKind.RETURN}),  # who is on duty for a night may sleep
    Post.LEADER: frozenset({TaskKind.BEFORE, TaskKind.AFTER}),
}
LONGEST_AFTER_MS: Final = 12 * 3_600_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Attributes: follows_ms, the end of this person's turn before; next_ms, the begin of the next one."""

    person: int
    begins_ms: int
    ends_ms: int
    posts: frozenset[Post]
    follows_ms: int | None = None
    next_ms: int | None = None

    def brings(self, kind: TaskKind) -> bool:
        return any(kind in TASKS_OF[post] for post in self.posts)

    def opens_ms(self, rules: Rules) -> int:
        """From when a reading is one before this turn; what was read before an earlier turn's end belongs to that."""
        early = self.begins_ms - rules.early_ms
        if self.follows_ms is None or self.follows_ms > self.begins_ms:
            return early
        return max(early, self.follows_ms)

    def closes_ms(self, rules: Rules) -> int:
        """From when nothing is one after this turn any more."""
        longest = self.ends_ms + LONGEST_AFTER_MS
        if self.next_ms is None or self.next_ms < self.ends_ms:
            return longest
        return min(longest, max(self.ends_ms, self.next_ms - rules.early_ms))

    def task(self, kind: TaskKind, opens_ms: int, due_ms: int, closes_ms: int, done: Sign | None) -> Task:
        """A task of this turn, done by what was seen."""
        done_ms = None if done is None else done.at_ms
        return Task(kind, self.person, opens_ms, due_ms, closes_ms, done_ms, by_hand=done is not None and done.manual)


def joined(turns: Iterable[Turn]) -> list[Turn]:
    """One person's turns in order, each with its neighbours; those that touch and bring the same tasks are one."""
    whole: list[Turn] = []
    by_tasks = sorted(turns, key=lambda one: (sorted(_tasks(one)), one.begins_ms))
    for turn in by_tasks:
        last = whole[-1] if whole else None
        if last is not None and _tasks(last) == _tasks(turn) and turn.begins_ms <= last.ends_ms:
            whole[-1] = replace(last, ends_ms=max(last.ends_ms, turn.ends_ms), posts=last.posts | turn.posts)
        else:
            whole.append(turn)
    whole.sort(key=lambda one: one.begins_ms)
    before = [None, *(one.ends_ms for one in whole)]
    after = [*(one.begins_ms for one in whole[1:]), None]
    return [replace(turn, follows_ms=ended, next_ms=begins) for turn, ended, begins in zip(whole, before, after, strict=False)]


def _tasks(turn: Turn) -> frozenset[TaskKind]:
    return frozenset().union(*(TASKS_OF[post] for post in turn.posts))


def within(signs: Sequence[Sign], begins_ms: int, ends_ms: int) -> list[Sign]:
    """Signs from `begins_ms` on and before `ends_ms`, in order."""
    return sorted((one for one in signs if begins_ms <= one.at_ms < ends_ms), key=lambda one: one.at_ms)

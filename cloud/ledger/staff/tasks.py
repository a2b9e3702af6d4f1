"""A task: what, whose, from when, until when, and whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class TaskKind(StrEnum):
    """What is to be done."""

    BEFORE = "temperature_before"
    AFTER = "temperature_after"
    RETURN = "temperature_return"
    PERIODIC = "temperature_periodic"
    MASK_CHANGE = "mask_change"
    CHECK = "mask_and_gloves"
    MORNING_TEMPERATURE = "morning_temperature"
    MORNING_TEST = "morning_test"
    FOLLOW_UP = "follow_up"


BY_HAND: Final = frozenset({TaskKind.MASK_CHANGE, TaskKind.CHECK, TaskKind.MORNING_TEST, TaskKind.FOLLOW_UP})
"""What no camera can do."""


class TaskState(StrEnum):
    """`missed`: nobody can do it any more; what comes next has taken its place."""

    LATER = "later"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Task:
    """Attributes: opens_ms, from when it is shown; closes_ms, when it is missed; about, the declaration of a follow-up."""

    kind: TaskKind
    person: int
    opens_ms: int
    due_ms: int
    closes_ms: int
    done_ms: int | None = None
    by_hand: bool = False
    about: int | None = None

    @property
    def manual(self) -> bool:
        """Whether it is, or was, done by a person and not measured at a gate."""
        return self.by_hand or self.kind in BY_HAND

    def state(self, now_ms: int) -> TaskState:
        """Overdue only after the time itself: who does it in that moment is in time."""
        if self.done_ms is not None:
            return TaskState.DONE if self.done_ms <= self.due_ms else TaskState.DONE_LATE
        if now_ms >= self.closes_ms:
            return TaskState.MISSED
        if now_ms > self.due_ms:
            return TaskState.OVERDUE
        return TaskState.OPEN if now_ms >= self.opens_ms else TaskState.LATER

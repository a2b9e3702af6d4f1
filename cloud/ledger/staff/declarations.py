"""What people say about their travel and contacts: asked about daily until it ends, and a bar to reception for some of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final

from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.tasks import Task, TaskKind


class Declared(StrEnum):
    """What was declared."""

    AREA_TRAVEL = "area_travel"
    """Was in an epidemic area."""
    AREA_CONTACT = "area_contact"
    """Has a close contact who was in an epidemic area."""
    AREA_PERSON = "area_person"
    """Has met somebody from an epidemic area."""
    TRAVEL = "travel"
    """Another journey."""


BARRING: Final = frozenset({Declared.AREA_TRAVEL, Declared.AREA_CONTACT})
"""Who has, or whose close contacts have, been in an epidemic area takes no part in reception."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """Attributes: made_on, until, days there, both included; closed_on, ended before; followed_ms, when somebody asked; by, who
    took it.
    """

    number: int
    person: int
    what: Declared
    made_on: date
    until: date
    closed_on: date | None = None
    followed_ms: tuple[int, ...] = ()
    by: str = ""

    def is_open(self, day: date) -> bool:
        """Whether on this day; the day it is closed on is the first without it."""
        return self.made_on <= day <= self.until and (self.closed_on is None or day < self.closed_on)


def barring(declarations: Iterable[Declaration], person: int, day: date) -> Declaration | None:
    """What bars this person from reception on this day. One made later counts for earlier days too: nobody knew then."""
    bars = (one for one in declarations if one.person == person and one.what in BARRING)
    return next((one for one in bars if day <= one.until and (one.closed_on is None or day < one.closed_on)), None)


def follow_ups(declaration: Declaration, first: date, last: date, rules: Rules) -> list[Task]:
    """A task for every day of the declaration from `first` to `last`, from the day after it was made."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [_follow_up(declaration, day, rules) for day in days if day > declaration.made_on and declaration.is_open(day)]


def _follow_up(declaration: Declaration, day: date, rules: Rules) -> Task:
    opens_ms, closes_ms = rules.day_ms(day)
    done = _first(declaration.followed_ms, opens_ms, closes_ms)
    due_ms = rules.at_ms(day, rules.follow_up_by) if rules.follow_up_by != time() else closes_ms
    return Task(TaskKind.FOLLOW_UP, declaration.person, opens_ms, due_ms, closes_ms, done, about=declaration.number)


def _first(times_ms: Sequence[int], begins_ms: int, ends_ms: int) -> int | None:
    return min((one for one in times_ms if begins_ms <= one < ends_ms), default=None)

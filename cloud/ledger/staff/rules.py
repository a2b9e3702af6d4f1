"""The intervals and hours of a staff's day; the defaults are the notices' numbers where they give one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS


class Shift(StrEnum):
    """Of a working day: one in the morning and one in the afternoon."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when on the wall clock; an end that is not after the begin is on the next day."""

    begins: time
    ends: time


def _shifts() -> dict[Shift, Hours]:
    return {Shift.MORNING: Hours(time(8, 30), time(12)), Shift.AFTERNOON: Hours(time(13, 30), time(17, 30))}


@dataclass(frozen=True, slots=True)
class Rules:
    """How a site's staff works.

    Attributes:
        zone: in which days and hours are counted.
        working_days: Monday is 0.
        persons: on each shift of a working day.
        reading_ms: a reading is due so long after the last one, during work.
        mask_ms: a disposable mask is changed so long after it was put on.
        early_ms: a reading so long before work is the one before work.
        closing_ms: a reading so long before the end, or later, is the one after work; other tasks are shown so long before.
        after_ms: the reading after work is overdue so long after the end.
        return_ms: who comes back has so long to be measured.
        check_ms: mask and gloves are looked at within so long after the begin.
        morning_opens, morning_by: when the reception group's temperature and test are taken.
        follow_up_by: until when on each day somebody asks about a declaration.
        ahead_days: gaps of the rota are shown so far ahead.
        leader_ms: a leader who has not been seen so long after the begin of the turn is away.
    """

    zone: tzinfo = UTC
    working_days: frozenset[int] = frozenset(range(5))
    shifts: Mapping[Shift, Hours] = field(default_factory=_shifts)
    persons: int = 2
    reading_ms: int = 2 * HOUR_MS
    mask_ms: int = 3 * HOUR_MS
    early_ms: int = 60 * MINUTE_MS
    closing_ms: int = 30 * MINUTE_MS
    after_ms: int = 30 * MINUTE_MS
    return_ms: int = 5 * MINUTE_MS
    check_ms: int = 15 * MINUTE_MS
    morning_opens: time = time(5)
    morning_by: time = time(8)
    follow_up_by: time = time(18)
    ahead_days: int = 7
    leader_ms: int = 30 * MINUTE_MS

    def at_ms(self, day: date, clock: time) -> int:
        """When it is this time there. An hour that a change of the clock leaves out counts as the one after it."""
        return round(datetime.combine(day, clock, self.zone).timestamp() * 1000)

    def day_of(self, at_ms: int) -> date:
        """Which day it is there."""
        return datetime.fromtimestamp(at_ms / 1000, self.zone).date()

    def day_ms(self, day: date) -> tuple[int, int]:
        """When the day begins and ends there; 23 or 25 hours where the clock is changed."""
        return self.at_ms(day, time()), self.at_ms(day + timedelta(days=1), time())

    def shift_ms(self, day: date, shift: Shift) -> tuple[int, int]:
        """When the shift of this day begins and ends."""
        hours = self.shifts[shift]
        last = day if hours.ends > hours.begins else day + timedelta(days=1)
        return self.at_ms(day, hours.begins), self.at_ms(last, hours.ends)

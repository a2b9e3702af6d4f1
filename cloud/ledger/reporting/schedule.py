"""When a daily report is due, and which day it is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

MOST_MISSED: Final = 31
"""So many reports are made up for after a time without a cloud; the oldest of them tells of all the time before it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`at_min`: minute of the day in `zone`. Where a clock is put forward over it, it is due as if it had not been."""

    at_min: int
    zone: tzinfo = UTC

    def next_ms(self, after_ms: int) -> int:
        """The first time it is due after that, UTC milliseconds."""
        day = datetime.fromtimestamp(after_ms / 1000, self.zone).date() - timedelta(days=1)
        while True:
            due = datetime(day.year, day.month, day.day, self.at_min // 60, self.at_min % 60, tzinfo=self.zone)
            if (due_ms := round(due.timestamp() * 1000)) > after_ms:
                return due_ms
            day += timedelta(days=1)

    def missed(self, after_ms: int, now_ms: int) -> list[int]:
        """Every time it was due after `after_ms` and until now, at most the last `MOST_MISSED`."""
        due: list[int] = []
        while (after_ms := self.next_ms(after_ms)) <= now_ms:
            due = [*due[1 - MOST_MISSED :], after_ms]
        return due

    def day_of(self, due_ms: int) -> str:
        """The day a report of then is of, as 2020-05-01."""
        return datetime.fromtimestamp(due_ms / 1000, self.zone).strftime("%Y-%m-%d")

    def day_at(self, at_ms: int) -> str:
        """The day whose report should tell of what happened then."""
        return self.day_of(self.next_ms(at_ms - 1))

"""A reception: where visitors come with an appointment, when it is open, how many it takes. No clock, no database in here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DAY_HOURS: Final = r"^(([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)( |$)){0,4}$"
"""Of one day of the week: `09:00-12:00 13:30-17:00`; empty where it is closed."""
_SPAN: Final = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
NEXT_DAYS: Final = 14
"""So far ahead is looked for the next opening."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that visitors may be asked for. UTC milliseconds since 1970."""

    begins_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class Reception:
    """Attributes:
    name: of its public pages; the same as `qr.site` of its gates, for whom its badges and passes are made.
    site: where it stands in the tree; its gates are those at this site and below.
    hours: of the seven days of the week from Monday, in the form of `DAY_HOURS`.
    closed: days (ISO 8601) on which it is closed all the same.
    capacity: people in one slot of `slot_min` minutes.
    grace_min: a pass is good so long before its slot begins and after it ends.
    days_ahead: for how many days after today one may make an appointment.
    appointments, board: whether visitors may make appointments, and whether the board is public.
    """

    name: str
    site: str
    title_zh: str
    title_en: str
    timezone: str
    hours: tuple[str, ...]
    closed: tuple[str, ...]
    slot_min: int
    capacity: int
    grace_min: int
    days_ahead: int
    appointments: bool
    board: bool

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def day_of(self, at_ms: int) -> date:
        """The day it is there."""
        return self.local(at_ms).date()

    def local(self, at_ms: int) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, self.zone)


def hours_in_order(text: str) -> bool:
    """Whether the spans of a day end after they begin, and none begins before the one before it has ended."""
    marks = [mark for span in _spans(text) for mark in span]
    return marks == sorted(marks) and all(begins < ends for begins, ends in _spans(text))


def openings(reception: Reception, day: date) -> list[Slot]:
    """When it is open on this day."""
    if day.isoformat() in reception.closed:
        return []
    spans = _spans(reception.hours[day.weekday()])
    return [Slot(_ms(reception, day, begins), _ms(reception, day, ends)) for begins, ends in spans]


def is_open(reception: Reception, now_ms: int) -> bool:
    return any(one.begins_ms <= now_ms < one.ends_ms for one in openings(reception, reception.day_of(now_ms)))


def next_opening(reception: Reception, now_ms: int) -> int | None:
    """When it opens next, UTC milliseconds; None where not within two weeks."""
    today = reception.day_of(now_ms)
    days = (today + timedelta(days=after) for after in range(NEXT_DAYS + 1))
    return next((one.begins_ms for day in days for one in openings(reception, day) if one.begins_ms > now_ms), None)


def slots(reception: Reception, day: date) -> Iterator[Slot]:
    """The slots of a day; what is left at the end and shorter than a slot is none."""
    lasts_ms = reception.slot_min * 60_000
    for span in openings(reception, day):
        for begins_ms in range(span.begins_ms, span.ends_ms - lasts_ms + 1, lasts_ms):
            yield Slot(begins_ms, begins_ms + lasts_ms)


def _spans(text: str) -> list[tuple[int, int]]:
    """Begin and end in minutes of the day."""
    found = [tuple(map(int, one)) for one in _SPAN.findall(text)]
    return [(one[0] * 60 + one[1], one[2] * 60 + one[3]) for one in found]


def _ms(reception: Reception, day: date, minute: int) -> int:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  the zone is given below, where the clock may jump at night
    return round((midnight + timedelta(minutes=minute)).replace(tzinfo=reception.zone).timestamp() * 1000)

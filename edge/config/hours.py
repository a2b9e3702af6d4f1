"""When a gate lets people in at all: days of the week and times of the day. The way out has no hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE: Final = "一二三四五六日"
_SPAN: Final = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)")
_DAY_MIN: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """From a minute of the day to another, on days first..last of the week (0 is Monday, the last may lie before the first).

    Where `end_min` is not after `start_min`, it is the next morning's.
    """

    first: int
    last: int
    start_min: int
    end_min: int

    @classmethod
    def of(cls, text: str) -> Self:
        """`"mon-fri 08:30-17:30"` or `"sat 09:00-12:00"`; 24:00 is the day's end. Raises ValueError."""
        found = _SPAN.fullmatch(text)
        if found is None or found[1] not in _DAYS or (found[2] or found[1]) not in _DAYS:
            raise ValueError(f'{text!r} is no opening time: write it as "mon-fri 08:30-17:30" or "sat 09:00-12:00"')
        start_min, end_min = _minute(found[3], found[4], text), _minute(found[5], found[6], text)
        if start_min in {end_min, _DAY_MIN}:
            raise ValueError(f"{text!r} opens for no time at all; a whole day is 00:00-24:00")
        return cls(_DAYS.index(found[1]), _DAYS.index(found[2] or found[1]), start_min, end_min)

    def holds(self, day: int, minute: int) -> bool:
        """Whether it is open on this day of the week at this minute of the day."""
        if self.start_min < self.end_min:
            return self._on(day) and self.start_min <= minute < self.end_min
        return (self._on(day) and minute >= self.start_min) or (self._on((day - 1) % 7) and minute < self.end_min)

    def _on(self, day: int) -> bool:
        return (day - self.first) % 7 <= (self.last - self.first) % 7

    def words(self) -> dict[str, str]:
        """In Chinese (`zh`) and English (`en`)."""
        times = f"{_clock(self.start_min)}–{_clock(self.end_min)}"
        one = self.first == self.last
        chinese = f"周{_CHINESE[self.first]}" if one else f"周{_CHINESE[self.first]}至周{_CHINESE[self.last]}"
        english = _DAYS[self.first].title() if one else f"{_DAYS[self.first].title()}–{_DAYS[self.last].title()}"
        return {"zh": f"{chinese} {times}", "en": f"{english} {times}"}


@dataclass(frozen=True, slots=True)
class Hours:
    """All spans of one gate. Without any it is open always."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Raises ValueError, naming the text that is wrong."""
        return cls(tuple(Span.of(text) for text in texts))

    def open_at(self, local: datetime) -> bool:
        """Whether people are let in at this time of the site's own clock."""
        minute = 60 * local.hour + local.minute
        return not self.spans or any(span.holds(local.weekday(), minute) for span in self.spans)

    def words(self) -> dict[str, str]:
        """What stands on the visitor's screen while it is closed."""
        told = [span.words() for span in self.spans]
        return {"zh": "，".join(one["zh"] for one in told), "en": ", ".join(one["en"] for one in told)}


def _minute(hours: str, minutes: str, text: str) -> int:
    minute = 60 * int(hours) + int(minutes)
    if int(minutes) >= 60 or minute > _DAY_MIN:  # noqa: PLR2004 minutes of an hour
        raise ValueError(f"{text!r}: {hours}:{minutes} is no time of a day")
    return minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

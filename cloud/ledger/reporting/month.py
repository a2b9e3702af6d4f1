"""A month as a report has it: from its first midnight to the next month's, in one zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Month:
    """Attributes: since_ms, included; until_ms, not included: the end of the month, or just after now while it lasts."""

    name: str
    zone: tzinfo
    since_ms: int
    until_ms: int
    over: bool

    @property
    def days(self) -> list[str]:
        """Those that have begun, as 2026-11-01."""
        first, last = (datetime.fromtimestamp(at_ms / 1000, self.zone).date() for at_ms in (self.since_ms, self.until_ms - 1))
        return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]

    def day_of(self, at_ms: int) -> str:
        return datetime.fromtimestamp(at_ms / 1000, self.zone).date().isoformat()

    def ends_of_days(self) -> list[int]:
        """Of each of `days`: when it ends, or now."""
        nights = [_midnight(date.fromisoformat(day) + timedelta(days=1), self.zone) for day in self.days]
        return [min(one, self.until_ms) for one in nights]

    def holds(self, at_ms: int) -> bool:
        return self.since_ms <= at_ms < self.until_ms


def month_of(name: str, zone: tzinfo, now_ms: int) -> Month | None:
    """The month called 2026-11; None where it has not begun."""
    year, month = int(name[:4]), int(name[5:])
    since_ms = _midnight(date(year, month, 1), zone)
    end_ms = _midnight(date(year + month // 12, month % 12 + 1, 1), zone)
    return None if since_ms >= now_ms else Month(name, zone, since_ms, min(end_ms, now_ms + 1), end_ms <= now_ms)


def _midnight(day: date, zone: tzinfo) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)

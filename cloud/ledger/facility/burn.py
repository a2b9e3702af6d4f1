"""How fast a stock is used, and how long it lasts. What cannot be known yet is None, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from statistics import quantiles

from cloud.ledger.facility.supplies import Movement, MovementKind, SupplyRules


@dataclass(frozen=True, slots=True)
class Rate:
    """Use on a day: the median, and the quarters of all days that lie below `low` and above `high`."""

    low: float
    median: float
    high: float
    days: int


@dataclass(frozen=True, slots=True)
class DaysLeft:
    """For how many days it lasts: likely, at least and at most; None where so little is used that nobody can say."""

    likely: float | None
    least: float | None
    most: float | None


def day_of(at_ms: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone).date()


def used_on(movements: Iterable[Movement], zone: tzinfo) -> dict[date, int]:
    """How much was used on each day on which something was. What was moved elsewhere or not found was not used."""
    found: dict[date, int] = {}
    for one in movements:
        if one.kind is MovementKind.USED:
            day = day_of(one.at_ms, zone)
            found[day] = found.get(day, 0) + one.amount
    return found


def rate_on(day: date, begun: date, used: Mapping[date, int], rules: SupplyRules) -> Rate | None:
    """As known on the morning of `day`: of whole days only. `begun`: the day of the first line; it was no whole day."""
    days = min(rules.rate_days, (day - begun).days - 1)
    if days < rules.least_days:
        return None
    daily = [used.get(day - timedelta(days=back), 0) for back in range(1, days + 1)]
    if len(daily) == 1:
        return Rate(daily[0], daily[0], daily[0], 1)
    low, median, high = quantiles(daily, n=4, method="inclusive")
    return Rate(low, median, high, days)


def days_left(book: int, rate: Rate) -> DaysLeft:
    """The more is used, the shorter it lasts."""
    return DaysLeft(_lasts(book, rate.median), _lasts(book, rate.high), _lasts(book, rate.low))


def _lasts(book: int, used_a_day: float) -> float | None:
    return book / used_a_day if used_a_day > 0 else None

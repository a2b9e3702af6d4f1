"""How a stock stands, and since when it is short: one shortage, from too little until there is clearly enough."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from typing import Final

from cloud.ledger.facility.burn import DaysLeft, Rate, day_of, days_left, rate_on, used_on
from cloud.ledger.facility.supplies import Movement, MovementKind, Supply, SupplyRules


class StockLight(StrEnum):
    """How a stock stands; `FINE` is the only green."""

    SHORT = "short"
    UNKNOWN = "unknown"
    """Nobody has ever counted."""
    CONTRADICTED = "contradicted"
    """The last count did not find what the book said."""
    UNCOUNTED = "uncounted"
    """There should be enough, but nobody has looked for long."""
    FINE = "fine"


ORDER: Final = tuple(StockLight)
"""Most urgent first."""


class Short(StrEnum):
    """By what a stock is short now."""

    MINIMUM = "minimum"
    DAYS = "days"
    RECOVERING = "recovering"
    """Above both limits again, but not clearly."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Attributes: counted, the newest count; short_since_ms, None where it is not short; rate and left, None: not known yet."""

    light: StockLight
    book: int | None
    rate: Rate | None
    left: DaysLeft | None
    short: Short | None
    short_since_ms: int | None
    counted: Movement | None
    whole: bool = True
    """Whether it was followed back to a moment of enough, or to its beginning."""


class _Level(Enum):
    SHORT = auto()
    BETWEEN = auto()
    ENOUGH = auto()


class _Book:
    """The lines of one stock in order, to be asked for any moment."""

    def __init__(self, supply: Supply, movements: Sequence[Movement], rules: SupplyRules) -> None:
        self._supply, self._lines, self._rules = supply, movements, rules
        self._times = [one.at_ms for one in movements]
        self._used = used_on(movements, rules.zone)
        self._begun = day_of(self._times[0], rules.zone)
        self._rates: dict[date, Rate | None] = {}

    def book(self, at_ms: int) -> int | None:
        """None before the first line that is kept."""
        lines = bisect_right(self._times, at_ms)
        return self._lines[lines - 1].book if lines else None

    def rate(self, at_ms: int) -> Rate | None:
        day = day_of(at_ms, self._rules.zone)
        if day not in self._rates:
            self._rates[day] = rate_on(day, self._begun, self._used, self._rules)
        return self._rates[day]

    def short(self, at_ms: int) -> Short | None:
        """By which limit it is short at that moment, the minimum before the days."""
        book = self.book(at_ms)
        if book is None:
            return None
        if book < self._supply.minimum:
            return Short.MINIMUM
        likely = _likely(book, self.rate(at_ms))
        return Short.DAYS if likely is not None and likely < self._rules.low_days else None

    def level(self, at_ms: int) -> _Level:
        book = self.book(at_ms)
        if book is None:
            return _Level.BETWEEN
        if self.short(at_ms) is not None:
            return _Level.SHORT
        likely, back_days = _likely(book, self.rate(at_ms)), self._rules.low_days + self._rules.back_days
        lasts = likely is None or likely >= back_days
        return _Level.ENOUGH if lasts and book >= self._rules.enough_from(self._supply.minimum) else _Level.BETWEEN

    def moments(self, since_ms: int, now_ms: int) -> Iterator[int]:
        """Backwards, every moment at which the level can have changed: lines of the book, and midnights, which end a day of use.

        A minimum that was changed counts from then on.
        """
        since_ms = max(self._times[0], self._supply.set_ms, since_ms)
        lines = [one for one in self._times if since_ms <= one <= now_ms]
        nights = _midnights(day_of(since_ms, self._rules.zone), day_of(now_ms, self._rules.zone), self._rules)
        found = {*lines, *(one for one in nights if since_ms <= one <= now_ms), since_ms, now_ms}
        yield from sorted((one for one in found if one <= now_ms), reverse=True)


def stock(supply: Supply, movements: Sequence[Movement], now_ms: int, rules: SupplyRules, since_ms: int = 0) -> Stock:
    """How it stands. `movements`: the lines of its book in order, the first one and the newest count among them.

    They have to be complete from `rate_days` before `since_ms` on, with the last one before that; a shortage is followed back to
    `since_ms` and no further.
    """
    if not movements:
        return Stock(StockLight.UNKNOWN, None, None, None, None, None, None)
    lines = _Book(supply, movements, rules)
    book, rate = movements[-1].book, lines.rate(now_ms)
    short_ms, enough = _short_since(lines, since_ms, now_ms)
    whole = enough or since_ms <= max(movements[0].at_ms, supply.set_ms)
    short = None if short_ms is None else lines.short(now_ms) or Short.RECOVERING
    counted = next((one for one in reversed(movements) if one.kind is MovementKind.COUNTED), None)
    left = None if rate is None else days_left(book, rate)
    return Stock(_light(counted, short_ms, now_ms, rules), book, rate, left, short, short_ms, counted, whole)


def _short_since(lines: _Book, back_to_ms: int, now_ms: int) -> tuple[int | None, bool]:
    """From the first moment of too little after the last one of enough; and whether there was one of enough."""
    since_ms = None
    for moment_ms in lines.moments(back_to_ms, now_ms):
        level = lines.level(moment_ms)
        if level is _Level.ENOUGH:
            return since_ms, True
        if level is _Level.SHORT:
            since_ms = moment_ms
    return since_ms, False


def _light(counted: Movement | None, short_since_ms: int | None, now_ms: int, rules: SupplyRules) -> StockLight:
    if short_since_ms is not None:
        return StockLight.SHORT
    if counted is None or now_ms - counted.at_ms > rules.count_ms:
        return StockLight.UNCOUNTED
    return StockLight.CONTRADICTED if counted.difference else StockLight.FINE


def _likely(book: int, rate: Rate | None) -> float | None:
    return None if rate is None else days_left(book, rate).likely


def _midnights(first: date, last: date, rules: SupplyRules) -> list[int]:
    days = range((last - first).days + 1)
    return [round(datetime.combine(first + timedelta(days=day), time(), rules.zone).timestamp() * 1000) for day in days]

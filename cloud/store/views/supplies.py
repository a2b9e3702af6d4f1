"""Stocks as screens see them. `id` is `supply-12`, of a line of its book `line-3`."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from cloud.ledger.facility.stocks import ORDER, Short, Stock, StockLight
from cloud.ledger.facility.supplies import Movement, MovementKind, Supply, SupplyKind, SupplyRules
from cloud.store.views.models import View, moment, moment_or_none


class LeftView(View):
    """For how many days it lasts, as it was used on other days; null: so little is used that nobody can say."""

    likely: float | None
    least: float | None
    most: float | None
    used_a_day: float = Field(description="the median of whole days")
    days: int = Field(description="of so many of them")


class StockView(View):
    """One stock and how it stands."""

    id: str
    site: str
    kind: SupplyKind
    name: str
    unit: str
    minimum: int
    light: StockLight
    book: int | None = Field(description="how many there are by the book; null: nobody has counted yet")
    left: LeftView | None = Field(description="null: not known yet, too few days were kept")
    short: Short | None
    short_since: datetime | None
    counted_at: datetime | None = Field(description="the newest count")
    difference: int | None = Field(description="what the newest count found more, or less, than the book; null: it was the first")


class SupplyLineView(View):
    """One line of a book. `book`: what it says after it; `before`: what it said."""

    id: str
    at: datetime
    by: str
    kind: MovementKind
    amount: int
    book: int
    before: int | None
    difference: int | None
    why: str


class StocksView(View):
    """Everything in reach, the most urgent first; and the limits, which are configuration."""

    at: datetime
    stocks: list[StockView]
    low_days: int
    least_days: int
    count_days: int


class BookView(View):
    """One stock and its book, the newest line first."""

    stock: StockView
    lines: list[SupplyLineView]


def supply_name(number: int) -> str:
    return f"supply-{number}"


def stock_view(one: Supply, how: Stock) -> StockView:
    return StockView(
        id=supply_name(one.number),
        site=one.site,
        kind=one.kind,
        name=one.name,
        unit=one.unit,
        minimum=one.minimum,
        light=how.light,
        book=how.book,
        left=_left(how),
        short=how.short,
        short_since=moment_or_none(how.short_since_ms),
        counted_at=None if how.counted is None else moment(how.counted.at_ms),
        difference=None if how.counted is None else how.counted.difference,
    )


def stocks_view(there: list[tuple[Supply, Stock]], now_ms: int, rules: SupplyRules) -> StocksView:
    ordered = sorted(there, key=lambda one: (ORDER.index(one[1].light), one[1].short_since_ms or 0, one[0].number))
    return StocksView(
        at=moment(now_ms),
        stocks=[stock_view(*one) for one in ordered],
        low_days=rules.low_days,
        least_days=rules.least_days,
        count_days=rules.count_ms // 86_400_000,
    )


def line_view(one: Movement) -> SupplyLineView:
    return SupplyLineView(
        id=f"line-{one.number}",
        at=moment(one.at_ms),
        by=one.user,
        kind=one.kind,
        amount=one.amount,
        book=one.book,
        before=one.before,
        difference=one.difference,
        why=one.why,
    )


def _left(how: Stock) -> LeftView | None:
    if how.left is None or how.rate is None:
        return None
    left = how.left
    return LeftView(likely=left.likely, least=left.least, most=left.most, used_a_day=how.rate.median, days=how.rate.days)

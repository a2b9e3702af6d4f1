"""The rules of stocks, for any history: what a book says, how long it lasts, and when one is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.facility.burn import day_of, rate_on, used_on
from cloud.ledger.facility.stocks import Short, Stock, StockLight, stock
from cloud.ledger.facility.supplies import DAY_MS, Movement, MovementKind, Objection, Supply, SupplyKind, SupplyRules, booked

MONDAY: Final = round(datetime(2026, 11, 2, 9, tzinfo=UTC).timestamp() * 1000)
RULES: Final = SupplyRules()
MASKS: Final = Supply(1, "hall", SupplyKind.MASK_DISPOSABLE, "Masks", "piece", 100, MONDAY, MONDAY)

Step = tuple[float, MovementKind, int]
"""Days after the Monday, what, how much."""


def book_of(*steps: Step) -> list[Movement]:
    """Lines that follow one another; each has to be possible."""
    lines: list[Movement] = []
    for number, (day, kind, amount) in enumerate(steps, 1):
        before = lines[-1].book if lines else None
        after = booked(before, kind, amount)
        assert isinstance(after, int), f"line {number}: {after}"
        lines.append(Movement(number, 1, MONDAY + round(day * DAY_MS), "chen", kind, amount, after, before))
    return lines


def daily(first: int, last: int, amount: int) -> list[Step]:
    return [(day, MovementKind.USED, amount) for day in range(first, last)]


def stands(lines: Sequence[Movement], day: float, supply: Supply = MASKS) -> Stock:
    return stock(supply, lines, MONDAY + round(day * DAY_MS), RULES)


def test_what_nobody_has_counted_is_unknown_and_nothing_can_be_taken_from_it() -> None:
    assert stands([], 3).light is StockLight.UNKNOWN
    assert booked(None, MovementKind.USED, 1) is Objection.NOT_COUNTED
    assert booked(None, MovementKind.RECEIVED, 500) is Objection.NOT_COUNTED, "what lay there before is not known"
    assert booked(None, MovementKind.COUNTED, 0) == 0


def test_a_rate_is_not_known_before_a_week_of_whole_days() -> None:
    lines = book_of((0, MovementKind.COUNTED, 1000), *daily(1, 8, 20))
    assert stands(lines, 7.5).left is None, "six whole days, and the day of the first count"
    left = stands(lines, 8).left
    assert left is not None
    assert left.likely == pytest.approx(860 / 20)


def test_days_left_come_with_how_far_they_can_be_off() -> None:
    used = [10, 10, 20, 20, 30, 30, 40, 10]
    lines = book_of((0, MovementKind.COUNTED, 1000), *((day, MovementKind.USED, amount) for day, amount in enumerate(used, 1)))
    left = stands(lines, 9).left
    assert left is not None
    assert [left.least, left.likely, left.most] == pytest.approx([830 / 30, 830 / 20, 830 / 10])


def test_what_is_seldom_used_lasts_nobody_knows_how_long() -> None:
    lines = book_of((0, MovementKind.COUNTED, 500), (3, MovementKind.USED, 50), (10, MovementKind.USED, 50))
    left = stands(lines, 20).left
    assert left is not None
    assert left.likely is None
    assert stands(lines, 20).light is StockLight.FINE, "it is above its minimum"


def test_a_stock_below_its_minimum_is_one_shortage_until_there_is_clearly_enough() -> None:
    """F7: the deadband. 99 is short, 105 is not clearly enough, 110 is."""
    lines = book_of((0, MovementKind.COUNTED, 120), (1, MovementKind.USED, 21))
    assert (stands(lines, 1).light, stands(lines, 1).short) == (StockLight.SHORT, Short.MINIMUM)
    since_ms = stands(lines, 1).short_since_ms
    lines = book_of((0, MovementKind.COUNTED, 120), (1, MovementKind.USED, 21), (2, MovementKind.RECEIVED, 6))
    assert (stands(lines, 2).short, stands(lines, 2).short_since_ms) == (Short.RECOVERING, since_ms)
    lines = book_of((0, MovementKind.COUNTED, 120), (1, MovementKind.USED, 21), (2, MovementKind.RECEIVED, 11))
    assert stands(lines, 2).light is StockLight.FINE


def test_a_stock_that_lasts_less_than_a_week_is_short_from_the_midnight_that_showed_it() -> None:
    """F7: above its minimum, and used up soon."""
    lines = book_of((0, MovementKind.COUNTED, 800), *daily(1, 9, 40))
    assert stands(lines, 8.2).light is StockLight.FINE, "480 at 40 a day: twelve days"
    lines = book_of((0, MovementKind.COUNTED, 800), *daily(1, 15, 40))
    now = stands(lines, 14.1)
    assert (now.book, now.short) == (240, Short.DAYS)
    assert now.short_since_ms == MONDAY + 14 * DAY_MS, "the line that left 240; with 280 it was seven days"


def test_a_minimum_that_was_raised_counts_from_then_on() -> None:
    lines = book_of((0, MovementKind.COUNTED, 150))
    raised = replace(MASKS, minimum=200, set_ms=MONDAY + 5 * DAY_MS)
    assert stands(lines, 6, raised).short_since_ms == MONDAY + 5 * DAY_MS


def test_a_count_that_contradicts_the_book_is_shown_until_another_count_agrees() -> None:
    lines = book_of((0, MovementKind.COUNTED, 500), (1, MovementKind.COUNTED, 480))
    now = stands(lines, 2)
    assert now.light is StockLight.CONTRADICTED
    assert now.counted is not None
    assert now.counted.difference == -20
    assert stands(
        book_of((0, MovementKind.COUNTED, 500), (1, MovementKind.COUNTED, 480), (2, MovementKind.COUNTED, 480)), 3
    ).light is (StockLight.FINE)


def test_a_book_that_nobody_compared_for_long_is_not_fine() -> None:
    lines = book_of((0, MovementKind.COUNTED, 500), (29, MovementKind.RECEIVED, 100))
    assert stands(lines, 30).light is StockLight.FINE
    assert stands(lines, 30.1).light is StockLight.UNCOUNTED


def test_what_is_moved_or_not_found_is_not_used() -> None:
    lines = book_of((0, MovementKind.COUNTED, 500), (1, MovementKind.MOVED_OUT, 50), (2, MovementKind.COUNTED, 400))
    assert used_on(lines, UTC) == {}


STEPS = st.lists(st.tuples(st.floats(0, 3), st.sampled_from(MovementKind), st.integers(0, 400)), min_size=1, max_size=25)


@given(STEPS, st.floats(0, 40))
def test_no_history_makes_a_book_negative_or_an_unknown_or_short_stock_green(steps: list[Step], later_days: float) -> None:
    lines: list[Movement] = []
    now_ms = MONDAY
    for number, (pause, kind, amount) in enumerate(steps, 1):
        now_ms += round(pause * DAY_MS)
        before = lines[-1].book if lines else None
        after = booked(before, kind, amount)
        if isinstance(after, int):
            lines.append(Movement(number, 1, now_ms, "chen", kind, amount, after, before))
    now_ms += round(later_days * DAY_MS)
    how = stock(MASKS, lines, now_ms, RULES)
    assert all(one.book >= 0 for one in lines)
    assert (how.book is None) == (how.light is StockLight.UNKNOWN)
    if how.book is not None and how.book < MASKS.minimum:
        assert how.light is StockLight.SHORT
    if how.left is not None and how.left.likely is not None and how.left.likely < RULES.low_days:
        assert how.light is StockLight.SHORT
    assert (how.short is None) == (how.short_since_ms is None)
    if how.short_since_ms is not None:
        assert MONDAY <= how.short_since_ms <= now_ms
    if how.light is StockLight.FINE:
        assert how.counted is not None
        assert now_ms - how.counted.at_ms <= RULES.count_ms
        assert not how.counted.difference


@given(STEPS, st.floats(0, 90), st.floats(0, 20))
def test_followed_back_for_a_while_or_to_the_beginning_a_stock_stands_alike(
    steps: list[Step], later_days: float, back_days: float
) -> None:
    """What is left out of a long book changes nothing but how far back a shortage is followed."""
    lines: list[Movement] = []
    now_ms = MONDAY
    for number, (pause, kind, amount) in enumerate([(0.0, MovementKind.COUNTED, 300), *steps], 1):
        now_ms += round(pause * DAY_MS)
        before = lines[-1].book if lines else None
        after = booked(before, kind, amount)
        if isinstance(after, int):
            lines.append(Movement(number, 1, now_ms, "chen", kind, amount, after, before))
    now_ms += round(later_days * DAY_MS)
    back_to_ms = now_ms - round(back_days * DAY_MS)
    read_ms = back_to_ms - (RULES.rate_days + 2) * DAY_MS
    count = max((one.number for one in lines if one.kind is MovementKind.COUNTED), default=0)
    last = max((one.number for one in lines if one.at_ms < read_ms), default=0)
    few = [one for one in lines if one.at_ms >= read_ms or one.number in {lines[0].number, count, last}]
    whole, part = stock(MASKS, lines, now_ms, RULES), stock(MASKS, few, now_ms, RULES, back_to_ms)
    assert (part.book, part.rate, part.left, part.counted) == (whole.book, whole.rate, whole.left, whole.counted)
    if part.whole:
        assert part == whole
    assert whole.whole


@given(st.lists(st.integers(0, 100), min_size=7, max_size=40), st.integers(0, 10_000))
def test_the_least_is_never_more_than_the_likely_nor_that_more_than_the_most(used: list[int], book: int) -> None:
    lines = book_of(
        (0, MovementKind.COUNTED, 10_000 + sum(used)), *((day, MovementKind.USED, n) for day, n in enumerate(used, 1) if n)
    )
    day = day_of(MONDAY + (len(used) + 1) * DAY_MS, UTC)
    rate = rate_on(day, day_of(MONDAY, UTC), used_on(lines, UTC), RULES)
    assert rate is not None
    assert rate.low <= rate.median <= rate.high
    assert rate.days == min(len(used), RULES.rate_days)
    assert book >= 0

"""Opening hours as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.config.hours import Hours

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 the site's own clock
OFFICE = Hours.of(["mon-fri 08:30-12:00", "mon-fri 14:00-17:30", "sat 09:00-12:00"])


def at(text: str, days: int = 0) -> datetime:
    hours, minutes = text.split(":")
    return MONDAY + timedelta(days=days, hours=int(hours), minutes=int(minutes))


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        (at("08:29"), False),
        (at("08:30"), True),
        (at("11:59"), True),
        (at("12:00"), False),
        (at("17:29", days=4), True),
        (at("17:31", days=4), False),
        (at("10:00", days=5), True),
        (at("15:00", days=5), False),
        (at("10:00", days=6), False),
    ],
)
def test_an_office_is_open_when_it_says_so(when: datetime, is_open: bool) -> None:
    assert OFFICE.open_at(when) is is_open


def test_a_night_shift_ends_on_the_next_morning() -> None:
    night = Hours.of(["fri-sun 22:00-06:00"])
    assert [night.open_at(at("23:00", days=day)) for day in range(7)] == [False] * 4 + [True] * 3
    assert [night.open_at(at("05:59", days=day)) for day in range(7)] == [True, *[False] * 4, True, True]


def test_a_week_may_begin_on_saturday() -> None:
    weekend = Hours.of(["sat-mon 00:00-24:00"])
    assert [weekend.open_at(at("12:00", days=day)) for day in range(7)] == [True, False, False, False, False, True, True]


@given(st.datetimes())
def test_a_gate_without_hours_is_always_open(when: datetime) -> None:
    assert Hours.of([]).open_at(when)


@pytest.mark.parametrize(
    "text", ["", "mo-fr 8-17", "mon 25:00-26:00", "mon 08:60-09:00", "mon 08:00-08:00", "mon 24:00-03:00", "Mon 8:00-9:00"]
)
def test_hours_that_nobody_can_read_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"mon-fri 08:30-17:30|no time"):
        Hours.of([text])


def test_the_visitor_reads_the_hours_in_both_languages() -> None:
    words = OFFICE.words()
    assert words["zh"].startswith("周一至周五 08:30–12:00，")
    assert words["en"].endswith("Sat 09:00–12:00")

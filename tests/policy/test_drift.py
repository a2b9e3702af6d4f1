"""A gate whose visitors read wrong on the whole says so, on either side."""

from __future__ import annotations

import math
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.policy.drift import DAY_S, DriftLimits, DriftWatch, Span
from edge.policy.running_median import RunningMedian

LIMITS = DriftLimits()
PEOPLE_C = (36.4, 36.6, 36.8, 36.9, 37.0, 37.2, 38.4)


class Hall:
    """Visitors who come every half minute."""

    def __init__(self) -> None:
        self.watch, self.now_s = DriftWatch(LIMITS), 0.0
        self.said: list[tuple[str, Span]] = []

    def visitors(self, count: int, off_c: float = 0.0, every_s: float = 30.0) -> Hall:
        for index in range(count):
            self.now_s += every_s
            drifted = self.watch.see(PEOPLE_C[index % len(PEOPLE_C)] + off_c, self.now_s)
            self.said += [] if drifted is None else [(drifted.state, drifted.span)]
        return self


def test_a_good_day_has_no_alarm() -> None:
    assert Hall().visitors(2000).said == []


@pytest.mark.parametrize("off_c", [-1.2, 0.9])
def test_a_thermometer_that_slips_is_found_out_within_thirty_visitors(off_c: float) -> None:
    hall = Hall().visitors(200)
    hall.visitors(30, off_c)
    assert hall.said == [("raised", Span.RECENT)]


def test_it_returns_when_it_reads_right_again() -> None:
    hall = Hall().visitors(200).visitors(30, -1.2).visitors(60)
    assert [state for state, _ in hall.said] == ["raised", "returned"]


def test_what_was_wrong_all_morning_is_not_told_of_until_midnight() -> None:
    hall = Hall().visitors(600, -1.2).visitors(80)
    assert [state for state, _ in hall.said] == ["raised", "returned"]


def test_a_median_at_the_edge_does_not_chatter() -> None:
    hall = Hall()
    for _ in range(40):
        hall.visitors(30, -0.93).visitors(30, -0.87)
    assert len(hall.said) <= 1


def test_a_day_sees_what_an_hour_forgives() -> None:
    hall = Hall()
    for _ in range(20):  # two thirds of every hour low
        hall.visitors(28, -1.0).visitors(12)
    assert hall.said[0][0] == "raised"


def test_people_too_cold_to_be_measured_count_as_low() -> None:
    hall = Hall().visitors(60)
    changes = [hall.watch.see(-math.inf, hall.now_s + step) for step in range(30)]
    raised = [change for change in changes if change]
    assert [(change.state, change.median_c) for change in raised] == [("raised", -math.inf)]


def test_a_few_visitors_are_no_median() -> None:
    assert Hall().visitors(29, -3.0).said == []


@given(st.lists(st.tuples(st.floats(30, 42), st.floats(0, 20_000)), min_size=1, max_size=40), st.integers(1, 20))
def test_a_running_median_is_the_median_of_what_is_left(arrivals: list[tuple[float, float]], most: int) -> None:
    window, now_s = RunningMedian(most, DAY_S), 0.0
    all_of: list[tuple[float, float]] = []
    for value, passed_s in arrivals:
        now_s += passed_s
        window.add(value, now_s)
        all_of.append((now_s, value))
    kept = [value for at_s, value in all_of[-most:] if now_s - at_s <= DAY_S]
    assert len(window) == len(kept)
    assert window.median() == median_low(kept)


def test_nobody_is_no_visitor() -> None:
    window = RunningMedian(3)
    window.add(math.nan, 1.0)
    assert len(window) == 0

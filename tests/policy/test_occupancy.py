"""How many people are inside, from who goes in and out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from edge.policy.occupancy import Inside, begun_anew, counted, limited

STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60)


@settings(deadline=None, max_examples=50)
@given(steps=STEPS)
def test_nobody_is_lost_there_are_never_fewer_than_none_and_what_was_clipped_is_known(steps: list[tuple[int, int]]) -> None:
    inside = Inside()
    for entered, left in steps:
        inside = counted(inside, entered, left)
        assert inside.people >= 0
    assert inside.people - inside.clipped == sum(entered - left for entered, left in steps)


@settings(deadline=None, max_examples=50)
@given(steps=STEPS, limit=st.integers(1, 6), fewer=st.integers(1, 6))
def test_full_begins_at_the_limit_and_ends_only_well_below_it(steps: list[tuple[int, int]], limit: int, fewer: int) -> None:
    inside = Inside()
    for entered, left in steps:
        was_full = inside.full
        inside = limited(counted(inside, entered, left), limit, fewer)
        if inside.people >= limit:
            assert inside.full
        if inside.people <= limit - fewer or (not was_full and inside.people < limit):
            assert not inside.full
        if was_full and limit - fewer < inside.people < limit:
            assert inside.full, "one who leaves does not make room again and again"


def test_without_a_limit_nobody_waits() -> None:
    assert not limited(Inside(people=100_000, full=True), None, 1).full


def test_what_is_left_over_at_night_is_the_drift_of_the_day() -> None:
    assert begun_anew(Inside(people=3, clipped=2, full=True)) == Inside(left_over=3)

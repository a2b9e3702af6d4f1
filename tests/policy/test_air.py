"""When air counts as bad: after a while at the limit, until a while well below it, and never because nobody knows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edge.policy.air import Condition, Limit, judged

CO2 = Limit(raise_at=1000.0, clear_at=900.0, for_s=300.0)
COLD = Limit(raise_at=16.0, clear_at=17.0, for_s=300.0)
VALUES = st.one_of(st.none(), st.floats(min_value=400.0, max_value=2000.0))


def after(values: list[float | None], begin: Condition = Condition(), limit: Limit = CO2) -> Condition:  # noqa: B008  frozen
    condition = begin
    for number, value in enumerate(values):
        condition = judged(condition, value, limit, number * 100.0)
    return condition


def test_air_is_bad_only_after_five_minutes_at_the_limit_without_a_break() -> None:
    assert after([1000.0, 1200.0, 1100.0]).bad is None
    assert after([1000.0, 1200.0, 1100.0, 1050.0]).bad is True
    assert after([1000.0, 1200.0, 999.0, 1100.0, 1200.0, 1200.0]).bad is None


def test_between_both_limits_it_stays_what_it_was() -> None:
    bad = Condition(bad=True)
    assert after([950.0] * 20, begin=bad).bad is True
    assert after([899.0] * 4, begin=bad).bad is False
    assert after([950.0] * 20, begin=Condition(bad=False)).bad is False


def test_too_little_is_the_same_the_other_way_round() -> None:
    assert after([16.0, 15.0, 15.9], limit=COLD).bad is None
    assert after([16.0, 15.0, 15.9, 12.0], limit=COLD).bad is True
    assert after([16.5] * 20, Condition(bad=True), COLD).bad is True
    assert after([16.5] * 20, Condition(bad=False), COLD).bad is False
    assert after([17.1] * 4, Condition(bad=True), COLD).bad is False


@given(st.lists(VALUES, max_size=30))
def test_too_little_of_a_value_is_too_much_of_its_opposite(values: list[float | None]) -> None:
    mirrored = Limit(-CO2.raise_at, -CO2.clear_at, CO2.for_s)
    assert after([None if one is None else -one for one in values], limit=mirrored) == after(values)


@given(st.lists(VALUES, max_size=30))
def test_it_becomes_bad_only_behind_values_at_the_limit_and_good_only_behind_values_below(values: list[float | None]) -> None:
    condition, so_far = Condition(), list[float | None]()
    for number, value in enumerate(values):
        before, condition = condition, judged(condition, value, CO2, number * 100.0)
        so_far.append(value)
        if condition.bad is not before.bad:
            last = so_far[-4:]
            border = CO2.clear_at if before.bad else CO2.raise_at
            assert [one is not None and (one >= border) is condition.bad for one in last] == [True] * 4


@given(st.lists(st.none(), max_size=50), st.sampled_from([None, True, False]))
def test_what_nobody_knows_changes_nothing(values: list[None], bad: bool | None) -> None:
    assert after(list(values), begin=Condition(bad=bad)).bad is bad

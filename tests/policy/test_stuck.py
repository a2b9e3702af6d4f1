"""A sensor that says one value for too long: when that is, and that nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from edge.policy.stuck import Repeats, is_stuck, repeated, step_of

SIX_HOURS_S = 21_600.0
GAP_S = 31.0
READINGS = st.lists(
    st.tuples(st.floats(min_value=0.0, max_value=900.0), st.one_of(st.none(), st.sampled_from([611.0, 612.0, 613.0]))),
    max_size=60,
)


def after(said: Sequence[tuple[float, float | None]], begin: Repeats = Repeats()) -> Repeats:  # noqa: B008  frozen
    """`said`: how long after the reading before, and what."""
    now, at_s = begin, begin.at_s
    for later_s, value in said:
        at_s += later_s
        now = repeated(now, value, at_s, GAP_S)
    return now


def test_612_ppm_is_believed_for_six_hours_and_then_no_more() -> None:
    until = after([(0.0, 612.0)] + [(10.0, 612.0)] * 2159)
    assert not is_stuck(until, SIX_HOURS_S)
    assert is_stuck(after([(10.0, 612.0)], until), SIX_HOURS_S)
    assert not is_stuck(after([(10.0, 613.0)], after([(10.0, 612.0)], until)), SIX_HOURS_S)
    assert not is_stuck(after([(10.0, 612.0)], until), 0.0), "0 is never"


@given(READINGS)
def test_it_is_stuck_for_no_longer_than_it_was_heard_since_it_last_said_something_else(
    said: list[tuple[float, float | None]],
) -> None:
    heard = [one for one in said if one[1] is not None]
    now = after(said)
    if not heard:
        assert now == Repeats()
        return
    run = next((number for number, one in enumerate(reversed(heard)) if one[1] != heard[-1][1]), len(heard))
    start = len(said) - 1 - next(n for n, one in enumerate(reversed(_positions(said))) if one == len(heard) - run)
    assert now.heard_s <= sum(later_s for later_s, _ in said[start + 1 :]) + 1e-6
    assert now.heard_s <= GAP_S * (run - 1) + 1e-6, "a silence counts for no more than a reading counts"


def _positions(said: list[tuple[float, float | None]]) -> list[int]:
    """The number among the heard ones, -1 for those without a value."""
    found, count = [], 0
    for _, value in said:
        found.append(-1 if value is None else count)
        count += value is not None
    return found


@given(READINGS, st.lists(st.floats(min_value=0.0, max_value=900.0), max_size=10))
def test_readings_that_fail_neither_end_a_repetition_nor_add_to_it(
    said: list[tuple[float, float | None]], failing_s: list[float]
) -> None:
    before = after(said)
    now, at_s = before, before.at_s
    for later_s in failing_s:
        at_s += later_s
        now = repeated(now, None, at_s, GAP_S)
    assert now == before


@given(READINGS)
def test_any_other_value_is_believed_at_once(said: list[tuple[float, float | None]]) -> None:
    assert not is_stuck(after([*said, (5.0, 500.0)]), 0.001)


def test_the_step_of_a_device_is_read_from_its_value() -> None:
    assert [step_of(one) for one in (612.0, 21.5, 47.25, 21.0, 0.0, 21.4567)] == [1.0, 0.1, 0.01, 1.0, 1.0, 0.0001]

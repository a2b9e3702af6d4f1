"""A UV-C lamp grows old: by its hours, by what it has lost, and by what a lamp in use must give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.policy.lamp import Lamp, Limits, Worn, worn

AT_1_M = Limits(rated_h=1000.0, least_share=0.7, new_uw_cm2=90.0, in_use_uw_cm2=70.0)
ELSEWHERE = replace(AT_1_M, new_uw_cm2=None, in_use_uw_cm2=None)


@pytest.mark.parametrize(
    ("lamp", "limits", "why"),
    [
        (Lamp(), AT_1_M, ()),
        (Lamp(lit_s=999.9 * 3600, first_uw_cm2=107.0, now_uw_cm2=90.0), AT_1_M, ()),
        (Lamp(lit_s=1000 * 3600, first_uw_cm2=107.0, now_uw_cm2=90.0), AT_1_M, (Worn.HOURS,)),
        (Lamp(first_uw_cm2=95.0, now_uw_cm2=69.0), AT_1_M, (Worn.DIM,)),
        (Lamp(first_uw_cm2=120.0, now_uw_cm2=80.0), AT_1_M, (Worn.FADED,)),
        (Lamp(first_uw_cm2=85.0, now_uw_cm2=85.0), AT_1_M, (Worn.DIM_WHEN_NEW,)),
        (Lamp(first_uw_cm2=12.0, now_uw_cm2=11.0), ELSEWHERE, ()),
        (Lamp(first_uw_cm2=12.0, now_uw_cm2=8.0), ELSEWHERE, (Worn.FADED,)),
    ],
)
def test_a_lamp_is_replaced_for_every_reason_there_is(lamp: Lamp, limits: Limits, why: tuple[Worn, ...]) -> None:
    assert worn(lamp, limits) == why


@given(st.lists(st.none() | st.floats(0.0, 500.0), max_size=20))
def test_what_a_lamp_was_in_its_first_measured_run_is_never_changed(runs: list[float | None]) -> None:
    lamp = Lamp()
    for warm in runs:
        lamp = lamp.after_run(warm)
    measured = [one for one in runs if one is not None]
    assert (lamp.first_uw_cm2, lamp.now_uw_cm2) == ((measured[0], measured[-1]) if measured else (None, None))


def test_a_lamp_that_gave_nothing_when_it_was_new_has_no_share() -> None:
    assert Lamp().after_run(0.0).after_run(50.0).share is None

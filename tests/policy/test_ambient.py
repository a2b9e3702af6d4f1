"""What is known of the room."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.policy.ambient import STALE_S, Ambient, look


def looked(*looks: tuple[float, int]) -> tuple[Ambient, float]:
    known, now_s = Ambient(), 100.0
    for seen_c, seconds in looks:
        for _ in range(seconds):
            now_s += 1.0
            known = look(known, seen_c, now_s)
    return known, now_s


def test_the_first_look_is_believed() -> None:
    known, now_s = looked((21.5, 1))
    assert known.at(now_s) == 21.5


def test_somebody_before_the_lens_is_no_weather() -> None:
    known, now_s = looked((22.0, 600), (33.0, 20))
    assert known.at(now_s) == pytest.approx(22.0, abs=0.8)


def test_a_room_that_warms_up_is_followed() -> None:
    known, now_s = looked((20.0, 600), (25.0, 1500))
    assert known.at(now_s) == pytest.approx(25.0, abs=0.1)


def test_a_room_nobody_has_looked_at_is_unknown() -> None:
    known, now_s = looked((22.0, 10))
    assert math.isnan(Ambient().at(now_s))
    assert math.isnan(known.at(now_s + STALE_S + 1))


@given(st.lists(st.tuples(st.floats(allow_nan=True, allow_infinity=True), st.floats(0, 2000)), max_size=30))
def test_it_stays_among_what_was_seen(looks: list[tuple[float, float]]) -> None:
    known, now_s, seen = Ambient(), 0.0, []
    for seen_c, passed_s in looks:
        now_s += passed_s
        known = look(known, seen_c, now_s)
        seen += [seen_c] if math.isfinite(seen_c) and abs(seen_c) < 1e9 else []
        if math.isfinite(seen_c) and abs(seen_c) >= 1e9:
            return
    assert math.isnan(known.celsius) if not seen else min(seen) - 1e-6 <= known.celsius <= max(seen) + 1e-6

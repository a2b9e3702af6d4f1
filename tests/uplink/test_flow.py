"""Less for a while, when the cloud asks for it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from edge.uplink.flow import BURST_S, LASTS_S, Flow


def test_nothing_is_held_back_before_anybody_asks_nor_a_minute_after() -> None:
    flow = Flow()
    assert flow.room(1, 500, 0.0) == 500
    flow.limit(10.0, 0.0)
    assert flow.room(1, 500, 1.0) == 10
    assert flow.room(1, 500, LASTS_S) == 500


def test_asking_again_makes_it_last_longer() -> None:
    flow = Flow()
    flow.limit(10.0, 0.0)
    flow.limit(10.0, 50.0)
    assert flow.room(2, 500, LASTS_S + 1) == 10


@settings(max_examples=40)
@given(
    rate=st.floats(0.1, 1000), steps=st.lists(st.tuples(st.floats(0.001, 2), st.integers(0, 3), st.integers(1, 500)), max_size=60)
)
def test_never_more_than_asked_for_and_alerts_never_less(rate: float, steps: list[tuple[float, int, int]]) -> None:
    flow, now_s, went = Flow(), 0.0, 0
    flow.limit(rate, now_s)
    for after_s, prio, wanted in steps:
        now_s += after_s
        if now_s >= LASTS_S:
            break
        room = flow.room(prio, wanted, now_s)
        assert 0 <= room <= wanted
        if prio == 0:
            assert room == wanted
        else:
            went += room
        flow.spent(prio, room)
        assert went <= rate * now_s + max(1.0, rate * BURST_S) + 1e-6

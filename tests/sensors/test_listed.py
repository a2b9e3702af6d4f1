"""A list that is too long says how many more there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edge.sensors.listed import LONGEST, listed


@given(st.lists(st.text("abc 1", min_size=1, max_size=60), min_size=1, max_size=40), st.integers(30, LONGEST))
def test_nothing_is_left_out_unsaid_and_nothing_is_too_long(parts: list[str], room: int) -> None:
    words = listed(parts, "; ", room)
    assert len(words) <= room
    if words != "; ".join(parts):
        told = words.split("; ")
        assert len(parts) == 1 or told[-1] == f"and {len(parts) - len(told) + 1} more"
        assert all(one == said or len(told) <= 2 for one, said in zip(parts, told[:-1], strict=False))


def test_as_many_as_there_is_room_for() -> None:
    assert listed(["a: silent", "b: silent"], ", ") == "a: silent, b: silent"
    assert listed(["one", "two", "three", "four", "five"], ", ", 20) == "one, two, and 3 more"
    assert listed([], ", ") == ""

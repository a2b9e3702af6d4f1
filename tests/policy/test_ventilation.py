"""What contacts say of the windows of a place: shut only where all of them say so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.policy.ventilation import Windows, windows


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ([1.0, 0.0, None], Windows.OPEN),
        ([0.0, 0.0], Windows.SHUT),
        ([0.0, None], Windows.UNKNOWN),
        ([], Windows.UNKNOWN),
    ],
)
def test_windows_are_open_shut_or_unknown(contacts: list[float | None], said: Windows) -> None:
    assert windows(contacts) is said


@given(st.lists(st.sampled_from([0.0, 1.0, None]), max_size=6))
def test_nobody_is_told_that_windows_are_shut_while_one_may_be_open(contacts: list[float | None]) -> None:
    if windows(contacts) is Windows.SHUT:
        assert set(contacts) == {0.0}

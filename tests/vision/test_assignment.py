"""The likeliest pairing as a whole, against trying them all."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.vision.assignment import assign

ALONE = 10.0
COST = st.integers(0, 14).map(float) | st.just(math.inf)


def total(costs: list[list[float]], pairs: list[tuple[int, int]]) -> float:
    return sum(costs[row][column] for row, column in pairs) + ALONE * (len(costs) - len(pairs))


def every_pairing(rows: int, columns: int) -> list[list[tuple[int, int]]]:
    choices = itertools.product([None, *range(columns)], repeat=rows)
    chosen = [[(row, column) for row, column in enumerate(choice) if column is not None] for choice in choices]
    return [pairs for pairs in chosen if len({column for _, column in pairs}) == len(pairs)]


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(COST, min_size=width, max_size=width), min_size=1, max_size=4)))
def test_no_pairing_is_likelier(costs: list[list[float]]) -> None:
    found = assign(costs, ALONE)
    pairs = [(pair.row, pair.column) for pair in found]
    best = min(total(costs, other) for other in every_pairing(len(costs), len(costs[0])))
    assert total(costs, pairs) == pytest.approx(best)
    assert all(costs[row][column] < ALONE for row, column in pairs)
    assert len({pair.row for pair in found}) == len({pair.column for pair in found}) == len(found)
    assert all(pair.lead >= -1e-9 for pair in found)


def test_the_nearest_face_is_not_taken_from_somebody_who_has_no_other() -> None:
    pairs = assign([[1.0, 2.0], [3.0, 9.0]], ALONE)
    assert {(pair.row, pair.column) for pair in pairs} == {(0, 1), (1, 0)}


def test_a_pair_without_a_rival_is_beyond_doubt_and_a_tie_is_none() -> None:
    assert [pair.lead for pair in assign([[1.0]], ALONE)] == [math.inf]
    assert [pair.lead for pair in assign([[1.0, 1.0]], ALONE)] == [0.0]


def test_nobody_and_nothing() -> None:
    assert assign([], ALONE) == []
    assert assign([[], []], ALONE) == []
    assert assign([[math.inf]], ALONE) == []

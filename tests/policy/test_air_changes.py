"""Simulated rooms of known air changes: measured where they can be, refused where not, never too high by people inside."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.policy.air_changes import WINDOWS_S, AirChanges, NotMeasured, Outdoor, Sample, air_changes

OUTDOOR = Outdoor(420.0, 20.0)
EVERY_S = 30


@dataclass
class Room:
    """Well mixed: each second air is changed, and whoever is inside breathes out `people` ppm an hour.

    Attributes:
        changes_h, people: at a time, seconds since the beginning.
        noise_ppm: standard deviation of one sample.
    """

    changes_h: Callable[[float], float]
    people: Callable[[float], float] = lambda _: 0.0
    began_ppm: float = 1400.0
    noise_ppm: float = 10.0
    seed: int = 1

    def samples(self, seconds: float) -> list[Sample]:
        dice, ppm, found = random.Random(self.seed), self.began_ppm, list[Sample]()
        for at_s in range(round(seconds) + 1):
            if at_s % EVERY_S == 0:
                found.append(Sample(float(at_s), ppm + dice.gauss(0.0, self.noise_ppm)))
            ppm += (self.people(at_s) - self.changes_h(at_s) * (ppm - OUTDOOR.ppm)) / 3600.0
        return found

    def measured(self, seconds: float = 3 * 3600, outdoor: Outdoor = OUTDOOR) -> list[tuple[float, AirChanges]]:
        """Every two minutes, where there is a value: when, and which."""
        every = self.samples(seconds)
        found = list[tuple[float, AirChanges]]()
        for end in range(1, len(every) + 1, 120 // EVERY_S):
            lately = [one for one in every[:end] if every[end - 1].at_s - one.at_s <= WINDOWS_S[-1]]
            value = air_changes(lately, outdoor)
            if isinstance(value, AirChanges):
                found.append((every[end - 1].at_s, value))
        return found


def even(changes_h: float) -> Callable[[float], float]:
    return lambda _: changes_h


@pytest.mark.parametrize("noise_ppm", [2.0, 10.0, 20.0])
@pytest.mark.parametrize("changes_h", [0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0])
def test_an_empty_room_s_air_changes_are_measured_within_what_is_told(changes_h: float, noise_ppm: float) -> None:
    found = [value for _, value in Room(even(changes_h), noise_ppm=noise_ppm).measured()]
    assert found
    inside = [abs(value.value_h - changes_h) <= value.off_h for value in found]
    assert sum(inside) >= 0.8 * len(inside), "windows that overlap share their noise: a walk is not many independent values"
    assert max(abs(value.value_h - changes_h) for value in found) <= 0.25 * changes_h


def test_over_many_nights_nine_of_ten_first_values_lie_within_what_is_told() -> None:
    firsts = [Room(even(3.0), noise_ppm=15.0, seed=seed).measured(1800)[0][1] for seed in range(100)]
    assert sum(abs(one.value_h - 3.0) <= one.off_h for one in firsts) >= 90


@pytest.mark.parametrize("changes_h", [1.0, 3.0, 6.0])
@pytest.mark.parametrize("steady_ppm", [60.0, 200.0, 500.0])
def test_people_who_stay_make_it_too_low_and_never_too_high(changes_h: float, steady_ppm: float) -> None:
    for seed in range(3):
        room = Room(even(changes_h), people=even(changes_h * steady_ppm), seed=seed)
        assert all(value.value_h <= changes_h + value.off_h for _, value in room.measured())


@pytest.mark.parametrize("began_ppm", [800.0, 1400.0])
def test_a_room_that_stays_as_full_as_it_was_is_not_measured(began_ppm: float) -> None:
    full = even(2.0 * (began_ppm - OUTDOOR.ppm))
    assert Room(even(2.0), people=full, began_ppm=began_ppm, noise_ppm=20.0).measured() == []


def test_a_room_that_fills_is_not_measured() -> None:
    samples = Room(even(2.0), people=even(3000.0), began_ppm=600.0).samples(3600)
    assert air_changes(samples, OUTDOOR) is NotMeasured.NO_DECAY


@pytest.mark.parametrize(("before_h", "after_h"), [(1.0, 6.0), (6.0, 1.0), (0.5, 3.0)])
def test_a_window_opened_in_the_middle_gives_no_mixture(before_h: float, after_h: float) -> None:
    for seed in range(3):
        room = Room(lambda at_s: before_h if at_s < 900 else after_h, seed=seed)
        for at_s, value in room.measured():
            true_h = before_h if at_s <= 900 else after_h
            moved = 900 < at_s < 900 + WINDOWS_S[0]
            near = abs(value.value_h - true_h) <= 0.3 * true_h
            assert near or (moved and abs(value.value_h - before_h) <= 0.4 * before_h), (at_s, value)


def test_air_as_outdoors_and_nothing_heard_are_no_value() -> None:
    assert air_changes([], OUTDOOR) is NotMeasured.NO_DECAY
    old = Room(even(5.0), began_ppm=500.0).samples(3600)
    assert air_changes(old, OUTDOOR) is NotMeasured.AT_OUTDOOR


def test_a_hole_in_the_middle_is_not_bridged() -> None:
    samples = Room(even(5.0), noise_ppm=2.0).samples(600)
    assert isinstance(air_changes(samples, OUTDOOR), AirChanges)
    holed = [one for one in samples if not 120 < one.at_s < 480]
    assert not isinstance(air_changes(holed, OUTDOOR), AirChanges)


def test_an_outdoor_level_that_is_off_is_in_what_is_told() -> None:
    wrong = Outdoor(450.0, 30.0)
    for _, value in Room(even(4.0), noise_ppm=2.0).measured(outdoor=wrong):
        assert 4.0 - value.off_h <= value.value_h + 0.1
        assert value.value_h - 4.0 <= 1.5 * value.off_h


@settings(max_examples=100, deadline=None)
@given(
    changes_h=st.floats(0.3, 12.0),
    steady_ppm=st.floats(0.0, 800.0),
    began_ppm=st.floats(450.0, 5000.0),
    noise_ppm=st.floats(0.0, 30.0),
    seed=st.integers(0, 10_000),
    seconds=st.sampled_from([300, 600, 1800, 3600, 7200]),
)
def test_whatever_the_room_a_value_is_never_far_above_the_truth(
    changes_h: float, steady_ppm: float, began_ppm: float, noise_ppm: float, seed: int, seconds: int
) -> None:
    room = Room(even(changes_h), even(changes_h * steady_ppm), began_ppm, noise_ppm, seed)
    value = air_changes(room.samples(seconds), OUTDOOR)
    assert isinstance(value, NotMeasured) or value.value_h <= changes_h + 3.0 * value.off_h


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 600.0), st.floats(200.0, 40_000.0)), max_size=60))
def test_any_readings_are_a_value_above_nothing_or_a_reason(moves: list[tuple[float, float]]) -> None:
    at_s, samples = 0.0, list[Sample]()
    for wait_s, ppm in moves:
        at_s += wait_s
        samples.append(Sample(at_s, ppm))
    value = air_changes(samples, OUTDOOR)
    if isinstance(value, AirChanges):
        assert value.value_h > 0.0
        assert 0.0 <= value.off_h <= value.value_h
        assert any(later.ppm < one.ppm for one, later in pairwise(samples))

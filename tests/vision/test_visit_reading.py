from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.verdicts import Region
from edge.policy.reading import Reading
from edge.vision.visit_reading import MOST, combine

ONE = Reading(33.5, 34.0, 36.0, 0.2, Region.FOREHEAD, 0.8, 1, 10.0, reference_seen=True)


def series(*core_c: float) -> list[Reading]:
    return [replace(ONE, core_c=value, corrected_c=value - 2.0, taken_s=10.0 + 0.1 * index) for index, value in enumerate(core_c)]


def test_one_picture_is_its_own_visit_reading() -> None:
    assert combine([ONE]) == ONE


def test_a_visit_reads_as_its_middle_picture() -> None:
    combined = combine(series(36.1, 36.3, 39.0, 36.2, 36.2))
    assert combined.core_c == 36.2
    assert combined.samples == 5
    assert combined.taken_s == pytest.approx(10.4)


def test_more_pictures_do_not_make_it_surer() -> None:
    assert combine(series(*[36.2] * 9)).uncertainty_c == pytest.approx(0.2)


def test_pictures_that_disagree_make_it_less_sure() -> None:
    assert combine(series(35.8, 36.8, 35.8, 36.8)).uncertainty_c > 0.5


def test_only_the_newest_pictures_count() -> None:
    combined = combine(series(*[36.0] * 20, *[38.0] * MOST))
    assert (combined.core_c, combined.samples) == (38.0, MOST)


def test_pictures_of_long_ago_do_not_count() -> None:
    assert combine([replace(ONE, taken_s=7.0, core_c=39.0), ONE]) == ONE


def test_a_slow_thermal_camera_is_counted_once_per_thermal_picture() -> None:
    assert combine([ONE, ONE, ONE]).samples == 1


def test_regions_are_not_mixed() -> None:
    eyes = [replace(reading, region=Region.UPPER_FACE) for reading in series(37.5, 37.6)]
    forehead = [replace(reading, taken_s=reading.taken_s + 0.5) for reading in series(36.0, 36.1, 36.2)]
    combined = combine(eyes + forehead)
    assert (combined.core_c, combined.region, combined.samples) == (36.1, Region.FOREHEAD, 3)


def test_one_picture_without_its_reference_spoils_the_visit() -> None:
    assert not combine([*series(36.0, 36.1), replace(ONE, taken_s=10.5, reference_seen=False)]).reference_seen


def test_a_visit_without_a_reading_has_no_temperature() -> None:
    with pytest.raises(ValueError, match="no temperature"):
        combine([])


@given(st.lists(st.floats(30, 45), min_size=1, max_size=12))
def test_a_visit_is_never_outside_what_was_read(core_c: list[float]) -> None:
    combined = combine(series(*core_c))
    assert min(core_c[-MOST:]) <= combined.core_c <= max(core_c[-MOST:])
    assert combined.uncertainty_c >= 0.2

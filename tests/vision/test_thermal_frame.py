from __future__ import annotations

import numpy as np
import pytest

from edge.vision.thermal_frame import from_counts, turned_point


def test_centikelvin_become_degrees() -> None:
    frame = from_counts(np.array([[30915, 27315]], np.uint16), 0, taken_s=5.0, number=3, ffc_age_s=7.0)
    assert frame.celsius == pytest.approx(np.array([[36.0, 0.0]]), abs=1e-4)
    assert frame.celsius.dtype == np.float32
    assert (frame.taken_s, frame.number, frame.ffc_age_s) == (5.0, 3, 7.0)


def test_a_pixel_that_says_nothing_is_no_number() -> None:
    frame = from_counts(np.array([[0, 65535, 30000]], np.uint16), 0, taken_s=0.0)
    assert np.isnan(frame.celsius).tolist() == [[True, True, False]]


def test_a_camera_lying_on_its_side_is_turned_clockwise() -> None:
    counts = np.array([[1, 2, 3], [4, 5, 6]], np.uint16)
    turned = from_counts(counts, 90, taken_s=0.0).celsius
    assert np.rint((turned + 273.15) * 100).tolist() == [[4, 1], [5, 2], [6, 3]]
    assert from_counts(counts, 180, taken_s=0.0).celsius.shape == (2, 3)
    assert np.rint((from_counts(counts, 270, taken_s=0.0).celsius + 273.15) * 100).tolist() == [[3, 6], [2, 5], [1, 4]]


@pytest.mark.parametrize("counts", [np.zeros((2, 2), np.float32), np.zeros((2, 2, 1), np.uint16), np.zeros(4, np.uint16)])
def test_anything_but_a_picture_of_counts_is_refused(counts: np.ndarray) -> None:
    with pytest.raises(ValueError, match="uint16"):
        from_counts(counts, 0, taken_s=0.0)


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_a_point_goes_where_its_pixel_goes_and_back_again(turn_deg: int) -> None:
    picture = np.arange(12 * 16).reshape(12, 16)
    turned = np.rot90(picture, -(turn_deg // 90))
    for row, col in ((0, 0), (3, 11), (11, 15)):
        there = turned_point(row, col, turn_deg, picture.shape)
        assert turned[int(there[0]), int(there[1])] == picture[row, col]
        assert turned_point(*there, -turn_deg, turned.shape) == (row, col)

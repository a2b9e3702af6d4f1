"""Real pairs of pictures of one board: a colour camera's and a thermal one's."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from edge.vision.calibration.board import find_markers
from edge.vision.calibration.plane import Plane, fit_plane, mapped_by

PAIRS = (1, 2, 4, 6, 8)


def plane_of(folder: Path, pair: int) -> Plane:
    thermal, colour = (cv2.imread(str(folder / f"{pair}_{which}.png"), cv2.IMREAD_GRAYSCALE) for which in (0, 1))
    assert thermal is not None
    assert colour is not None
    plane = fit_plane(find_markers(colour.astype(np.uint8)), find_markers(thermal.astype(np.uint8), warm_on_cold=True))
    assert plane is not None
    return plane


@pytest.mark.reference
@pytest.mark.parametrize("pair", PAIRS)
def test_a_real_board_is_one_plane_to_a_pixel(reference_data: Path, pair: int) -> None:
    plane = plane_of(reference_data / "thermal" / "board_pairs", pair)
    assert plane.rms_px <= 1.3
    assert len(plane.markers) >= (4 if pair == 2 else 11)  # the colour picture of pair 2 is out of focus


def test_too_few_markers_make_no_plane() -> None:
    square = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])
    seen = {number: square + np.array([20.0 * number, 0.0]) for number in range(2)}
    assert fit_plane(seen, seen) is None
    assert fit_plane({}, seen) is None


def test_squares_that_swell_with_warmth_and_one_misread_marker_do_not_bend_the_plane() -> None:
    square = np.array([[-5.0, -5.0], [5.0, -5.0], [5.0, 5.0], [-5.0, 5.0]])
    middles = {number: np.array([20.0 * (number % 4), 20.0 * (number // 4)]) for number in range(12)}
    true = np.array([[0.4, 0.02, 10.0], [-0.01, 0.42, 5.0], [1e-5, 2e-5, 1.0]])
    colour = {number: square + middle for number, middle in middles.items()}
    thermal = {}
    for number, corners in colour.items():
        mapped = mapped_by(true, corners)
        thermal[number] = mapped.mean(0) + 1.1 * (mapped - mapped.mean(0))
    thermal[7] = thermal[7] + np.array([9.0, -6.0])
    plane = fit_plane(colour, thermal)
    assert plane is not None
    assert plane.markers == (0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11)
    assert plane.swell == pytest.approx(0.1, abs=0.01)
    assert plane.rms_px < 0.05
    assert mapped_by(plane.homography, np.array([30.0, 20.0])) == pytest.approx(mapped_by(true, np.array([30.0, 20.0])), abs=0.05)


def test_an_empty_picture_holds_no_markers() -> None:
    assert find_markers(np.full((120, 160), 128, np.uint8)) == {}

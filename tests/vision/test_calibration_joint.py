"""Lenses and pose found again from a board held up in several positions."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from edge.vision.calibration.board import Markers
from edge.vision.calibration.joint import FEWEST_VIEWS, Board, solve_board
from edge.vision.two_cameras import Lens, TwoCameras

from .two_lenses import calibration

BOARD = Board(columns=4, rows=3, side_m=0.05, gap_m=0.02)
TRUE = TwoCameras.of(calibration())
BEGIN = (
    Lens(np.array([[650.0, 0, 320], [0, 650, 240], [0, 0, 1]]), np.zeros(5)),
    Lens(np.array([[160.0, 0, 80], [0, 160, 60], [0, 0, 1]]), np.zeros(5)),
)
SIZES = (640, 480), (160, 120)


def view(rng: np.random.Generator, noise_px: float = 0.15) -> tuple[Markers, Markers]:
    turn = cv2.Rodrigues(rng.uniform(-0.5, 0.5, 3))[0]
    place = np.array([rng.uniform(-0.18, -0.08), rng.uniform(-0.16, -0.04), rng.uniform(0.5, 1.1)])
    colour, thermal = {}, {}
    for number in range(1, 13):
        corners = BOARD.corners_m(number)
        assert corners is not None
        solid = corners @ turn.T + place
        here, _ = cv2.projectPoints(solid, np.zeros(3), np.zeros(3), TRUE.colour.matrix, TRUE.colour.distortion)
        colour[number] = here[:, 0] + rng.normal(0, noise_px, (4, 2))
        thermal[number] = TRUE.seen(solid) + rng.normal(0, noise_px, (4, 2))
    return colour, thermal


def test_lenses_and_pose_are_found_again_and_a_face_lands_where_it_is() -> None:
    rng = np.random.default_rng(5)
    found = solve_board([view(rng) for _ in range(14)], BOARD, *BEGIN, SIZES)
    assert found is not None
    assert found.rms_px < 0.35
    assert found.cameras.shift_m == pytest.approx(TRUE.shift_m, abs=0.006)
    points = rng.uniform([120, 80], [520, 400], (200, 2))
    for depth_m in (0.6, 1.0, 1.5):
        off = found.cameras.points(points, depth_m) - TRUE.points(points, depth_m)
        assert np.hypot(*off.T).max() < 1.0


def test_a_few_positions_of_a_board_do_not_suffice() -> None:
    rng = np.random.default_rng(6)
    assert solve_board([view(rng) for _ in range(FEWEST_VIEWS - 1)], BOARD, *BEGIN, SIZES) is None
    assert BOARD.corners_m(13) is None

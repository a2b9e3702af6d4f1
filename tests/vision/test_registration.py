from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import SettingsError
from edge.config.thermometry import RegistrationConfig
from edge.vision.registration import Registration


def registration(*rows: list[float]) -> Registration:
    return Registration(RegistrationConfig(matrix=list(rows)))


def test_a_point_is_scaled_and_shifted() -> None:
    mapped = registration([0.25, 0.0, 3.0], [0.0, 0.5, -2.0]).points(np.array([[100.0, 40.0]]))
    assert mapped.tolist() == [[28.0, 18.0]]


def test_landmarks_of_many_faces_are_mapped_at_once() -> None:
    landmarks = np.arange(20.0).reshape(2, 5, 2)
    assert registration([2.0, 0.0, 0.0], [0.0, 2.0, 0.0]).points(landmarks) == pytest.approx(landmarks * 2)


def test_a_thermal_camera_on_its_side_gets_upright_boxes() -> None:
    lying = registration([0.0, -0.25, 120.0], [0.25, 0.0, 0.0])
    assert lying.boxes(np.array([[100.0, 40.0, 200.0, 80.0]])).tolist() == [[100.0, 25.0, 110.0, 50.0]]
    assert lying.scale == pytest.approx(0.25)


@given(st.lists(st.floats(-1, 1), min_size=4, max_size=4), st.lists(st.floats(0, 640), min_size=4, max_size=4))
def test_a_mapped_box_holds_all_four_corners(turn: list[float], sides: list[float]) -> None:
    if abs(turn[0] * turn[3] - turn[1] * turn[2]) < 1e-3:
        return
    mapping = registration([turn[0], turn[1], 5.0], [turn[2], turn[3], 7.0])
    x1, x2 = sorted(sides[:2])
    y1, y2 = sorted(sides[2:])
    corners = mapping.points(np.array([[x1, y1], [x1, y2], [x2, y1], [x2, y2]]))
    box = mapping.boxes(np.array([[x1, y1, x2, y2]]))[0]
    assert box == pytest.approx(np.concatenate([corners.min(0), corners.max(0)]), abs=1e-6)


@pytest.mark.parametrize(
    "rows",
    [
        ([0.25, 0.0, 0.0], [0.5, 0.0, 0.0]),
        ([0.0, 0.0, 80.0], [0.0, 0.0, 60.0]),
        ([0.25, 0.0], [0.0, 0.25]),
        ([0.25, 0.0, math.nan], [0.0, 0.25, 0.0]),
        ([math.inf, 0.0, 0.0], [0.0, 0.25, 0.0]),
    ],
)
def test_a_matrix_that_maps_nothing_is_refused_by_name(rows: tuple[list[float], list[float]]) -> None:
    with pytest.raises(SettingsError, match=r"registration\.matrix") as refused:
        registration(*rows)
    assert refused.value.remedy

"""A head's place corrected by its edge in the thermal picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from edge.config.thermometry import RegistrationConfig
from edge.vision.head_edge import MOST_PX
from edge.vision.registration import Registration

from .test_registration_depth import face_at, straight

REGISTRATION = Registration(RegistrationConfig(calibrated=straight()))


def room(*heads: tuple[float, float, float], noise_c: float = 0.05) -> NDArray[np.float32]:
    """Heads (col, row, face height) with hair and neck before a wall of 22 degC."""
    rows, cols = np.mgrid[:120, :160]
    seen = np.full((120, 160), 22.0)
    for col, row, high in heads:
        across, down = (cols - col) / high, (rows - row) / high
        seen[(np.abs(across) < 0.28) & (down > 0) & (down < 1.1)] = 33.0
        seen[(across / 0.42) ** 2 + (down / 0.72) ** 2 < 1.0] = 27.5
        seen[(across / 0.37) ** 2 + ((down - 0.05) / 0.56) ** 2 < 1.0] = 34.0
    picture = cv2.GaussianBlur(seen, (0, 0), 0.7) + np.random.default_rng(3).normal(0.0, noise_c, seen.shape)
    return np.asarray(picture, np.float32)


def place_of(box: NDArray[np.float64], registration: Registration = REGISTRATION) -> tuple[NDArray[np.float64], float]:
    """Where a face lies without snapping, and how high it is there."""
    mapped = registration.faces(box[None])
    return mapped.points(((box[:2] + box[2:]) / 2)[None, None])[0, 0], float(mapped.scale[0] * (box[3] - box[1]))


def shift_of(box: NDArray[np.float64], landmarks: NDArray[np.float64], celsius: NDArray[np.float32]) -> NDArray[np.float64]:
    plain, moved = (REGISTRATION.faces(box[None], landmarks[None], seen) for seen in (None, celsius))
    return np.array(moved.shift[0] - plain.shift[0])


@pytest.mark.parametrize("z_m", [0.6, 0.8, 1.0])
@pytest.mark.parametrize("off_px", [-1.4, -0.7, 0.0, 0.7, 1.4])
def test_a_face_slides_to_its_head_along_the_line_that_depth_leaves_open(z_m: float, off_px: float) -> None:
    box, landmarks = face_at(0.0, 0.0, z_m)
    (col, row), high = place_of(box)
    depth_px = REGISTRATION.faces(box[None], landmarks[None]).depth_px[0]
    by = depth_px / np.hypot(*depth_px) * off_px
    shift = shift_of(box, landmarks, room((col + by[0], row + by[1], high)))
    assert np.hypot(*(shift - by)) <= max(0.55, 0.55 * abs(off_px))


def test_nobody_slides_farther_than_a_few_pixels_and_never_onto_another_head() -> None:
    box, landmarks = face_at(0.0, 0.0, 1.0)
    (col, row), high = place_of(box)
    shift = shift_of(box, landmarks, room((col + 12.0, row, high)))
    assert np.abs(shift).max() <= MOST_PX + 0.5
    two = [face_at(x_m, 0.0, 1.0) for x_m in (0.0, 0.16)]
    boxes, points = np.stack([two[0][0], two[1][0]]), np.stack([two[0][1], two[1][1]])
    other_col, _ = place_of(boxes[1])[0]
    alone = room((other_col, row, high))  # only the other one's head is warm
    moved = REGISTRATION.faces(boxes, points, alone).points((boxes[:, None, :2] + boxes[:, None, 2:]) / 2)[:, 0]
    assert abs(moved[0, 0] - col) < 0.35 * abs(other_col - col)
    assert abs(moved[0, 0] - other_col) > abs(moved[1, 0] - other_col)


def test_where_no_head_is_seen_nothing_moves_and_the_doubt_stays() -> None:
    box, landmarks = face_at(0.0, 0.0, 0.8)
    plain, looked = (REGISTRATION.faces(box[None], landmarks[None], seen) for seen in (None, room()))
    assert np.array_equal(plain.shift, looked.shift)
    assert np.array_equal(plain.residual_px, looked.residual_px)


def test_a_head_that_was_found_is_surer_than_one_that_was_only_mapped() -> None:
    box, landmarks = face_at(0.0, 0.0, 0.6)
    (col, row), high = place_of(box)
    plain, looked = (REGISTRATION.faces(box[None], landmarks[None], seen) for seen in (None, room((col, row, high))))
    assert looked.residual_px[0] < plain.residual_px[0]


def test_a_picture_with_holes_and_a_face_at_its_rim_are_no_trouble() -> None:
    celsius = room((30.0, 40.0, 22.0))
    celsius[20:60, :40] = np.nan
    boxes, points = zip(*[face_at(x_m, 0.0, 1.0) for x_m in (-0.5, 0.0, 0.5)], strict=True)
    mapped = REGISTRATION.faces(np.stack(boxes), np.stack(points), celsius)
    assert np.isfinite(mapped.shift).all()

"""A calibrated pair of cameras: faces near and far, lenses that bend, depths that are only known by size."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.config.calibration import CalibrationConfig
from edge.config.thermometry import RegistrationConfig
from edge.vision.face_depth import FACE_WIDTH_M, PUPILS_M, depths_m
from edge.vision.registration import Registration
from edge.vision.two_cameras import TwoCameras

from .two_lenses import calibration

FOCAL_PX = 700.0


def face_at(x_m: float, y_m: float, z_m: float, pupils_m: float = PUPILS_M) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Box (4,) and landmarks (5, 2) that an ideal colour camera of the test's focal length would see."""
    places = np.array([[-pupils_m / 2, -0.03], [pupils_m / 2, -0.03], [0.0, 0.0], [-0.02, 0.04], [0.02, 0.04]])
    at = np.array([x_m, y_m])
    landmarks = (places + at) / z_m * FOCAL_PX + [319.5, 239.5]
    half = np.array([FACE_WIDTH_M * pupils_m / PUPILS_M / 2, 0.1])
    corners = (np.array([at - half, at + half]) / z_m * FOCAL_PX + [319.5, 239.5]).ravel()
    return corners, landmarks


def straight(**changes: object) -> CalibrationConfig:
    """Without distortion in the colour camera, so that `face_at` is its picture."""
    lens = {"focal_px": [FOCAL_PX, FOCAL_PX], "centre_px": [319.5, 239.5], "distortion": [0.0] * 5}
    return calibration(colour_lens=lens, **changes)


@pytest.mark.parametrize("z_m", [0.6, 1.0, 1.5, 3.0])
@pytest.mark.parametrize("x_m", [-0.15, 0.0, 0.15])
def test_a_face_is_found_where_the_thermal_camera_sees_it_at_every_distance(z_m: float, x_m: float) -> None:
    config = straight()
    box, landmarks = face_at(x_m, -0.03, z_m)
    mapped = Registration(RegistrationConfig(calibrated=config)).faces(box[None], landmarks[None])
    true = TwoCameras.of(config).seen(np.array([[x_m, -0.03, z_m]]))[0]
    middle = (box[:2] + box[2:]) / 2
    assert mapped.points(middle[None, None])[0, 0] == pytest.approx(true, abs=0.05)


def test_the_cameras_disparity_is_what_the_optics_say() -> None:
    config = straight(pose={"rotation_rad": [0.0, 0.0, 0.0], "shift_m": [0.03, 0.0, 0.0]})
    lens = {"focal_px": [147.0, 147.0], "centre_px": [79.5, 59.5], "distortion": [0.0] * 5}
    registration = Registration(
        RegistrationConfig(calibrated=config.model_copy(update={"thermal_lens": type(config.thermal_lens)(**lens)}))
    )
    middle = np.array([[319.5, 239.5]])
    far_col = registration.points(middle, 1000.0)[0, 0]
    for z_m, disparity_px in ((0.6, 7.35), (1.0, 4.41), (1.5, 2.94)):
        assert registration.points(middle, z_m)[0, 0] - far_col == pytest.approx(disparity_px, abs=0.02)


@pytest.mark.parametrize("pupils_m", [0.057, 0.069])
@pytest.mark.parametrize("z_m", [0.6, 1.0, 1.5])
def test_narrow_and_wide_faces_stay_within_the_stated_residual(z_m: float, pupils_m: float) -> None:
    config = straight()
    box, landmarks = face_at(0.05, 0.0, z_m, pupils_m)
    mapped = Registration(RegistrationConfig(calibrated=config)).faces(box[None], landmarks[None])
    true = TwoCameras.of(config).seen(np.array([[0.05, 0.0, z_m]]))[0]
    off_px = np.hypot(*(mapped.points(((box[:2] + box[2:]) / 2)[None, None])[0, 0] - true))
    assert off_px <= mapped.residual_px[0]
    assert off_px <= 1.5


def test_what_an_unknown_depth_costs_is_in_the_residual_and_shrinks_with_distance() -> None:
    registration = Registration(RegistrationConfig(calibrated=straight()))
    near, far = (np.concatenate(face_at(0.0, 0.0, z_m)[:1])[None] for z_m in (0.6, 1.5))
    at_near, at_far = registration.faces(near).residual_px[0], registration.faces(far).residual_px[0]
    assert at_near == pytest.approx(np.hypot(0.5, 7.45 / 9), rel=0.1)
    assert 0.5 < at_far < 0.65 < at_near


def test_a_head_turned_aside_is_not_taken_for_one_far_away() -> None:
    box, landmarks = face_at(0.0, 0.0, 1.0)
    turned = (landmarks - landmarks.mean(0)) * [0.5, 1.0] + landmarks.mean(0)
    assert depths_m(box[None], turned[None], FOCAL_PX)[0] == pytest.approx(1.0, rel=0.02)


def test_a_mirrored_and_turned_thermal_picture_keeps_faces_whole() -> None:
    config = straight(pose={"rotation_rad": [0.0, 0.0, np.pi / 2], "shift_m": [0.0, 0.0, 0.0], "mirror": True})
    box, landmarks = face_at(0.0, 0.0, 1.0)
    mapped = Registration(RegistrationConfig(calibrated=config)).faces(box[None], landmarks[None])
    across = np.diff(mapped.points(landmarks[None, :2])[0], axis=0)[0]
    assert abs(across[0]) < 0.1
    assert abs(across[1]) == pytest.approx(0.063 * 147.0, rel=0.03)
    assert np.linalg.det(mapped.turn[0]) < 0


def test_numbers_that_are_none_stay_none_and_nobody_is_no_trouble() -> None:
    registration = Registration(RegistrationConfig(calibrated=straight()))
    box, landmarks = face_at(0.0, 0.0, 1.0)
    both = np.stack([box, np.full(4, np.nan)]), np.stack([landmarks, np.full((5, 2), np.nan)])
    mapped = registration.faces(*both, celsius=np.full((120, 160), 22.0, np.float32))
    assert np.isfinite(mapped.points(both[1])[0]).all()
    assert np.isnan(mapped.points(both[1])[1]).all()
    assert len(registration.faces(np.zeros((0, 4)), np.zeros((0, 5, 2)), np.zeros((120, 160), np.float32)).shift) == 0

"""Two cameras matched by a head that moves before both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision.calibration.heads import HeadTrack, Matched, match
from edge.vision.calibration.pose import solve_heads
from edge.vision.two_cameras import TwoCameras

from .two_lenses import calibration

FOV_DEG = float(2 * np.degrees(np.arctan(80 / 147.0)))


def way_m(times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    z = 1.0 + 0.45 * np.sin(times_s / 2.7)
    return np.column_stack([0.22 * z * np.sin(times_s * 0.9), 0.08 * np.sin(times_s * 0.61) - 0.03, z])


def walked(
    cameras: TwoCameras, lag_s: float = 0.0, noise_px: float = 0.4, strangers: float = 0.05, seconds: float = 40.0
) -> tuple[HeadTrack, HeadTrack]:
    """A head in both cameras' pictures: 15 a second and 8.77 a second, the thermal ones `lag_s` later than they say."""
    rng = np.random.default_rng(11)
    colour_s, thermal_s = np.arange(0, seconds, 1 / 15), np.arange(0.03, seconds, 0.114)
    solid = way_m(colour_s)
    focal = cameras.colour.matrix[0, 0]
    places = solid[:, :2] / solid[:, 2:] * focal + cameras.colour.matrix[:2, 2]
    size = focal / solid[:, 2] * (1 + rng.normal(0, 0.03, len(solid)))
    seen = cameras.seen(way_m(thermal_s - lag_s)) + rng.normal(0, noise_px, (len(thermal_s), 2))
    lost = rng.uniform(size=len(seen)) < strangers
    seen[lost] = rng.uniform(0, 120, (int(lost.sum()), 2))
    nothing = np.ones(len(seen))
    return HeadTrack(colour_s, places + rng.normal(0, 0.8, places.shape), size), HeadTrack(thermal_s, seen, nothing)


def cameras(**pose: object) -> TwoCameras:
    config = calibration()
    lens = config.colour_lens.model_copy(update={"distortion": [0.0] * 5})
    return TwoCameras.of(config.model_copy(update={"colour_lens": lens, "pose": config.pose.model_copy(update=pose)}))


def solved(true: TwoCameras, **how: float) -> tuple[Matched, TwoCameras]:
    matched = match(*walked(true, **how))
    assert matched is not None
    return matched, solve_heads(matched, (640, 480), (160, 120), FOV_DEG).cameras


def worst_px(found: TwoCameras, true: TwoCameras) -> float:
    """At 0.6 to 1.5 m, where faces are. Each depth is judged by each camera's own measure: a face's size in pixels."""
    x, y = np.meshgrid(np.linspace(150, 490, 7), np.linspace(140, 340, 5))
    points = np.column_stack([x.ravel(), y.ravel()])
    ratio = found.colour.matrix[0, 0] / true.colour.matrix[0, 0]
    off = [found.points(points, depth_m * ratio) - true.points(points, depth_m) for depth_m in (0.6, 0.8, 1.0, 1.5)]
    return float(np.hypot(*np.concatenate(off).T).max())


def test_a_walk_tells_pose_and_lenses_to_less_than_a_pixel_and_a_half() -> None:
    true = cameras()
    matched, found = solved(true)
    assert worst_px(found, true) <= 1.5
    assert matched.rms_px < 1.5
    assert matched.used.mean() > 0.85


@pytest.mark.parametrize("lag_s", [-0.12, 0.086, 0.2])
def test_a_camera_that_is_late_is_found_out_with_an_honest_uncertainty(lag_s: float) -> None:
    matched, _ = solved(cameras(), lag_s=lag_s)
    assert abs(matched.lag_s - lag_s) <= max(3 * matched.lag_uncertainty_s, 0.01)
    assert matched.lag_uncertainty_s < 0.02


@pytest.mark.parametrize(("quarter", "mirror"), [(0, True), (1, False), (2, False), (3, True), (3, False)])
def test_turned_and_mirrored_cameras_are_found_out(quarter: int, mirror: bool) -> None:
    true = cameras(rotation_rad=[0.0, 0.0, quarter * np.pi / 2 + 0.02], mirror=mirror)
    matched, found = solved(true)
    assert matched.mirror is mirror
    if not mirror:
        assert matched.quarter_turn_deg == (360 - 90 * quarter) % 360
    assert worst_px(found, true) <= 1.5


def test_passers_by_on_a_third_of_the_pictures_do_not_mislead() -> None:
    true = cameras()
    _, found = solved(true, strangers=0.3)
    assert worst_px(found, true) <= 1.5


def test_too_short_a_walk_is_no_calibration() -> None:
    colour, thermal = walked(cameras(), seconds=3.0)
    assert match(colour, thermal) is None
    assert match(replace(colour, times_s=colour.times_s + 100.0), walked(cameras())[1]) is None

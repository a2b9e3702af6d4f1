"""A thermal camera in a place of its own: what a true calibration makes of it, and what a wrong size of face costs."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from edge.app.calibration.written import calibration_of
from edge.clock import SystemClock
from edge.config.thermometry import RegistrationConfig
from edge.sim.apart import FOCAL_PX, UNIT_M, two_cameras
from edge.sim.cameras import simulated_thermal
from edge.sim.heat import place_of
from edge.sim.scenes import world_of
from edge.vision.calibration.solution import Solution
from edge.vision.registration import Registration
from edge.vision.thermal_frame import from_counts

from .gates import simulated_gate


@pytest.mark.parametrize("seed", [1, 3])
@pytest.mark.parametrize("size", [0.9, 1.0, 1.1])
def test_wide_and_narrow_faces_from_near_to_far_stay_within_a_pixel_and_a_half(seed: int, size: float) -> None:
    gate = simulated_gate(scene="walk_around", cameras="apart", seed=seed)
    true, world, camera = (
        two_cameras((160, 120), gate.sensor.fov_deg, seed),
        world_of(gate),
        simulated_thermal(gate, 0.0, SystemClock()),
    )
    made = calibration_of(gate, Solution(true, 0.5, 100, 0.6, 1.6), "heads", datetime(2026, 11, 22, tzinfo=UTC))
    registration = Registration(RegistrationConfig(calibrated=made))
    mapped_px, slid_px = list[float](), list[float]()
    for t_s in np.arange(0.5, 17.0, 0.75):
        actor = world.at(t_s).actors[0]
        depth_m = FOCAL_PX * UNIT_M / place_of(actor)[2]
        celsius = from_counts(camera.counts(t_s), 0, taken_s=t_s).celsius
        sides = np.array([actor.box])
        middle, half = (sides[:, :2] + sides[:, 2:]) / 2, (sides[:, 2:] - sides[:, :2]) / 2 * [size, 1.0]
        boxes, there = np.concatenate([middle - half, middle + half], 1), true.points(middle, depth_m)[0]
        for seen, off_px in ((None, mapped_px), (celsius, slid_px)):
            off = registration.faces(boxes, None, seen).points(middle[:, None])[0, 0] - there
            off_px.append(float(np.hypot(off[0], off[1])))
    assert max(mapped_px) <= 1.5
    assert max(slid_px) <= 1.5
    assert np.mean(slid_px) <= np.mean(mapped_px) + 0.15


def test_near_things_shift_more_than_far_ones() -> None:
    true = two_cameras((160, 120), 57.0, 3)
    middle = np.array([[319.5, 239.5]])
    near, far, farther = (true.points(middle, depth_m)[0] for depth_m in (0.6, 1.2, 2.4))
    assert np.hypot(*(near - far)) == pytest.approx(2 * np.hypot(*(far - farther)), rel=0.1)
    assert np.hypot(*(near - far)) > 2.0

"""A thermal picture drawn in grey for the eye."""

from __future__ import annotations

import numpy as np
import pytest

from edge.config.thermometry import RegistrationConfig
from edge.vision.registration import Registration
from edge.vision.thermal.rendering import exact_mapping, rendered

ROOM_C, SKIN_C = 22.0, 34.0


def picture() -> np.ndarray:
    celsius = np.full((120, 160), ROOM_C, np.float32)
    celsius[40:80, 60:90] = SKIN_C
    return celsius


def test_skin_is_bright_and_the_room_is_dark() -> None:
    grey = rendered(picture(), 3)
    assert grey.shape == (360, 480, 3)
    assert grey.dtype == np.uint8
    assert grey[180, 225].tolist() == [grey[180, 225, 0]] * 3
    assert grey[180, 225, 0] > 200
    assert grey[20, 20, 0] < 60


def test_an_offset_of_the_whole_sensor_changes_nothing() -> None:
    near, far = rendered(picture(), 2).astype(int), rendered((picture() + 4.0).astype(np.float32), 2).astype(int)
    assert np.abs(near - far).max() <= 1


def test_the_noise_of_an_empty_room_is_not_stretched_into_a_picture() -> None:
    empty = (ROOM_C + np.random.default_rng(1).normal(0, 0.05, (120, 160))).astype(np.float32)
    assert rendered(empty, 1).std() < 3


def test_a_lamp_does_not_take_the_light_from_a_face() -> None:
    lit = picture()
    lit[:4] = 150.0
    assert rendered(lit, 1)[60, 75, 0] > 120


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_pixels_without_a_value_do_no_harm(value: float) -> None:
    holed = picture()
    holed[::7, ::5] = value
    assert rendered(holed, 1)[61, 76, 0] > 200
    assert rendered(np.full((12, 16), value, np.float32), 2).max() == 0


@pytest.mark.parametrize("scale", [1, 2, 3, 5])
def test_every_drawn_pixel_maps_to_the_one_it_was_made_of(scale: int) -> None:
    registration = Registration(RegistrationConfig(matrix=exact_mapping(scale)))
    y, x = np.mgrid[0 : 12 * scale, 0 : 16 * scale]
    mapped = registration.points(np.stack([x.ravel(), y.ravel()], 1).astype(float))
    assert np.array_equal(np.floor(mapped + 0.5), np.stack([x.ravel() // scale, y.ravel() // scale], 1))

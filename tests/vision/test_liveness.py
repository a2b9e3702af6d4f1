from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.vision.liveness import Liveness, SourceState
from tests.vision.heat import Room

FPS = 25.0


def picture(seed: int, *, brightness: float = 120.0) -> NDArray[np.uint8]:
    noise = np.random.default_rng(seed).normal(brightness, 2.0, (120, 160, 3))
    return noise.clip(0, 255).astype(np.uint8)


def play(source: Liveness, pictures: list[NDArray[np.generic]], fps: float = FPS) -> SourceState:
    state = SourceState.STALE
    for index, pixels in enumerate(pictures):
        state = source.see(pixels, index + 1, index / fps)
    return state


def test_a_source_that_never_gave_a_picture_is_stale() -> None:
    assert Liveness(live=True).state(0.0) is SourceState.STALE


def test_a_camera_that_trembles_with_noise_is_well() -> None:
    assert play(Liveness(live=True), [picture(seed) for seed in range(60)]) is SourceState.OK


def test_a_camera_that_gives_nothing_for_a_second_is_stale() -> None:
    source = Liveness(live=True)
    source.see(picture(1), 1, 10.0)
    assert source.state(10.9) is not SourceState.STALE
    assert source.state(11.0) is SourceState.STALE
    assert source.see(picture(2), 2, 12.1) is SourceState.OK


def test_the_same_picture_read_twice_is_no_new_picture() -> None:
    source = Liveness(live=True)
    source.see(picture(1), 1, 0.0)
    assert source.see(picture(2), 1, 2.5) is SourceState.STALE


def test_a_live_camera_that_repeats_itself_for_a_second_is_frozen() -> None:
    assert play(Liveness(live=True), [picture(1)] * 25) is SourceState.OK
    assert play(Liveness(live=True), [picture(1)] * 28) is SourceState.FROZEN


def test_a_camera_that_stands_still_for_its_shutter_is_not_frozen() -> None:
    """A Lepton's shutter event: two seconds of the same picture, and the camera says so."""
    source = Liveness(live=True)
    states = {source.see(picture(1), index + 1, index / FPS, standing=index >= 5) for index in range(60)}
    assert states == {SourceState.OK}
    assert source.see(picture(1), 61, 61 / FPS) is SourceState.OK
    assert source.see(picture(1), 62, 62 / FPS + 1.1) is SourceState.FROZEN


def test_a_frozen_camera_that_moves_again_is_well() -> None:
    source = Liveness(live=True)
    play(source, [picture(1)] * 40)
    assert source.see(picture(2), 41, 41 / FPS) is SourceState.OK


def test_a_folder_of_pictures_may_stand_still() -> None:
    assert play(Liveness(live=False), [picture(1)] * 100) is SourceState.OK


@pytest.mark.parametrize("brightness", [0.0, 4.0])
def test_a_covered_lens_is_black(brightness: float) -> None:
    assert play(Liveness(live=True), [picture(seed, brightness=brightness) for seed in range(3)]) is SourceState.BLACK


def test_a_dark_hall_with_a_lit_doorway_is_not_black() -> None:
    dark = picture(1, brightness=4.0)
    dark[30:60, 60:100] = 200
    assert play(Liveness(live=True), [dark]) is SourceState.OK


def test_a_thermal_picture_without_a_number_is_named() -> None:
    assert play(Liveness(live=True), [np.full((12, 16), np.nan, np.float32)]) is SourceState.NAN
    assert play(Liveness(live=True), [np.zeros((12, 16), np.uint16)]) is SourceState.NAN


def test_a_thermal_camera_of_which_two_of_three_samples_repeat_is_not_frozen() -> None:
    generator = np.random.default_rng(1)
    counts, pictures = Room().counts(), []
    for _ in range(30):
        counts = np.where(generator.random(counts.shape) < 0.68, counts, counts + 1).astype(np.uint16)
        pictures.append(counts)
    assert play(Liveness(live=True), list(pictures), fps=8.77) is SourceState.OK


def test_a_shutter_event_of_two_seconds_is_not_a_lost_camera_for_a_source_that_has_one() -> None:
    source = Liveness(live=True, stale_s=2.5)
    source.see(Room(seed=1, noise_c=0.05).counts(), 1, 0.0)
    assert source.state(2.2) is not SourceState.STALE

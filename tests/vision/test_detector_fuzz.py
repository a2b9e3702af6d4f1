"""Whatever a camera hands in: an answer of finite numbers, inside memory that does not grow."""

import gc
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.sim.drawing import draw_person
from edge.vision.detector import Detections, Detector
from edge.vision.view import Region

GREYS = [(), (1,)]
COLOURS = [*GREYS, (3,)]
ROUNDS = 20


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.open(input_width=320, input_height=256, score_floor=0.05)


def sound(found: Detections) -> None:
    """Finite, of one length, best first, scores and probabilities in 0..1."""
    count = len(found)
    assert found.boxes.shape == (count, 4)
    assert found.landmarks.shape == (count, 5, 2)
    assert found.mask.shape == (count, 3)
    assert all(np.isfinite(part).all() for part in (found.boxes, found.scores, found.landmarks, found.mask))
    assert ((found.scores >= 0) & (found.scores <= 1)).all()
    assert (np.diff(found.scores) <= 0).all()
    assert (found.boxes[:, 2:] >= found.boxes[:, :2]).all()
    assert np.allclose(found.mask.sum(1), 1, atol=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(1, 400),
    width=st.integers(1, 400),
    colours=st.sampled_from(COLOURS),
    low=st.integers(0, 255),
    spread=st.integers(0, 255),
    seed=st.integers(0, 9),
)
def test_any_picture_gets_a_sound_answer(
    detector: Detector, height: int, width: int, colours: tuple[int, ...], low: int, spread: int, seed: int
) -> None:
    high = min(255, low + spread)
    sound(detector.find(np.random.default_rng(seed).integers(low, high + 1, (height, width, *colours), np.uint8)))


@pytest.mark.parametrize("fill", [0, 128, 255])
@pytest.mark.parametrize("colours", COLOURS)
@pytest.mark.parametrize("size", [(1, 1), (1, 8000), (8000, 1), (2, 7680), (33, 31), (4320, 7680)])
def test_plain_pictures_from_one_pixel_to_8k_hold_nobody(
    detector: Detector, size: tuple[int, int], colours: tuple[int, ...], fill: int
) -> None:
    found = detector.find(np.full((*size, *colours), fill, np.uint8))
    sound(found)
    assert not (found.scores > 0.5).any()


@pytest.mark.parametrize("size", [(4320, 7680), (1, 8000), (8000, 1), (1080, 1920)])
def test_noise_of_any_size_gets_a_sound_answer(detector: Detector, size: tuple[int, int]) -> None:
    sound(detector.find(np.random.default_rng(2).integers(0, 256, (*size, 3), np.uint8)))


@pytest.mark.parametrize("way", [np.s_[::-1], np.s_[:, ::-1], np.s_[::2, ::3], np.s_[..., ::-1], np.s_[5:200, 7:300]])
def test_a_view_reads_as_its_copy_does(detector: Detector, way: tuple[slice, ...]) -> None:
    picture = np.full((400, 500, 3), 150, np.uint8)
    draw_person(4, 150).paste(picture, 150, 60)
    view = picture[way]
    assert np.array_equal(detector.find(view).boxes, detector.find(view.copy()).boxes)


def test_a_grey_picture_is_read_like_the_same_grey_in_three_colours() -> None:
    picture = np.full((480, 640, 3), 140, np.uint8)
    draw_person(3, 150).paste(picture, 220, 100)
    grey = picture.mean(2).astype(np.uint8)
    detector = Detector.open()
    colour = detector.find(np.repeat(grey[:, :, None], 3, 2))
    assert len(colour) == 1
    for same in (grey, grey[:, :, None]):
        assert np.abs(detector.find(same).boxes - colour.boxes).max() < 1


def test_grey_and_colour_may_come_in_turns(detector: Detector) -> None:
    picture = np.random.default_rng(3).integers(0, 256, (240, 320, 3), np.uint8)
    before = detector.find(picture)
    detector.find(np.full((240, 320), 255, np.uint8))
    assert np.array_equal(before.boxes, detector.find(picture).boxes)


@pytest.mark.parametrize(
    "region", [Region(0, 0, 0, 0), Region(1, 1, 1, 1), Region(0.9, 0.9, 0.1, 0.1), Region(0.49, 0.2, 0.51, 0.9)]
)
@pytest.mark.parametrize("size", [(1, 1), (480, 640), (3, 5000)])
def test_no_region_stops_it(region: Region, size: tuple[int, int]) -> None:
    sound(Detector.open(input_width=96, input_height=64, region=region).find(np.zeros((*size, 3), np.uint8)))


def crowd(count: int) -> np.ndarray:
    picture = np.full((480, 640, 3), 140, np.uint8)
    for index in range(count):
        draw_person(index, 80).paste(picture, 130 * (index % 4), 150 * (index // 4))
    return picture


@pytest.mark.parametrize("count", [0, 1, 8])
def test_a_pass_works_in_memory_it_keeps(count: int) -> None:
    """What a pass makes anew is what it hands out and the rows of the few candidates; the network's tensors are kept."""
    detector, picture = Detector.open(), crowd(count)

    def held_after(rounds: int) -> int:
        for _ in range(rounds):
            detector.find(picture)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = held_after(ROUNDS)
        tracemalloc.reset_peak()
        after = held_after(ROUNDS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert after - before < ROUNDS * 400, "a pass leaves something behind"
    assert peak - before < 60_000, "one plane of the input alone would be 530 kB"

"""Where the network looks and how large: enough pixels on the smallest face that is judged, and nobody at the zone's edge cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.sim.drawing import draw_person
from edge.vision.detector import Detector
from edge.vision.view import FACE_NEEDS_PX, INPUTS, WHOLE, Region, proposed_input, region_around, scale_of, turned_for

share = st.floats(0, 1)
side = st.integers(1, 8000)


def test_a_usual_gate_keeps_the_middle_size() -> None:
    assert proposed_input((640, 480), 0.16 * 480) == (416, 320)


def test_the_largest_is_for_faces_that_are_too_small_for_the_middle_one() -> None:
    assert proposed_input((640, 480), 0.09 * 480) == (416, 320)
    assert proposed_input((640, 480), 0.08 * 480) == (640, 480)


def test_a_close_gate_is_quick_and_a_wide_one_looks_closely() -> None:
    assert proposed_input((640, 480), 0.3 * 480) == (320, 256)
    assert proposed_input((1920, 1080), 0.1 * 1080) == (640, 480)


def test_an_upright_camera_gets_an_upright_input() -> None:
    assert proposed_input((480, 640), 0.16 * 640) == (256, 320)
    assert proposed_input((1080, 1920), 0.1 * 1080) == (480, 640)


@given(side, side, st.floats(1, 4000))
def test_no_quicker_input_would_have_done(width: int, height: int, face_px: float) -> None:
    chosen = proposed_input((width, height), face_px)
    inputs = [turned_for((width, height), one) for one in INPUTS]
    needs_px = [*FACE_NEEDS_PX, 0.0]
    place = inputs.index(chosen)
    seen_px = [face_px * scale_of((width, height), one) for one in inputs]
    assert all(has_px < needed_px for has_px, needed_px in zip(seen_px[:place], needs_px, strict=False))
    assert seen_px[place] >= needs_px[place] or scale_of((width, height), chosen) >= 1


@given(share, share, share, share, side, side)
def test_a_region_is_a_part_of_every_picture(
    left: float, top: float, right: float, bottom: float, width: int, height: int
) -> None:
    x1, y1, x2, y2 = Region(left, top, right, bottom).pixels(width, height)
    assert 0 <= x1 < x2 <= width
    assert 0 <= y1 < y2 <= height


def test_the_whole_picture_is_the_whole_picture() -> None:
    assert WHOLE.pixels(640, 480) == (0, 0, 640, 480)
    assert WHOLE.pixels(1, 1) == (0, 0, 1, 1)


def test_a_zone_that_is_nearly_the_whole_picture_is_no_region() -> None:
    assert region_around([[0.1, 0], [0.9, 0], [0.9, 1], [0.1, 1]], 0.16, (640, 480)) is WHOLE


def test_around_a_small_zone_there_is_room_for_the_head_of_whoever_stands_at_its_edge() -> None:
    region = region_around([[0.4, 0.3], [0.6, 0.3], [0.6, 0.8], [0.4, 0.8]], 0.1, (640, 480))
    x1, y1, x2, y2 = region.pixels(640, 480)
    face_px = 0.1 * 480
    assert 0.4 * 640 - x1 >= 1.49 * face_px
    assert x2 - 0.6 * 640 >= 1.49 * face_px
    assert 0.3 * 480 - y1 >= 1.49 * face_px
    assert y2 - 0.8 * 480 >= 1.49 * face_px - 1


@pytest.fixture(scope="module")
def street() -> np.ndarray:
    """A wide camera: a person far away, 36 px of face in 1920x1440."""
    picture = np.empty((1440, 1920, 3), np.uint8)
    picture[:] = np.linspace(90, 180, 1440).astype(np.uint8)[:, None, None]
    person = draw_person(3, 36)
    person.paste(picture, 930, 600)
    return picture


def test_a_face_far_away_is_seen_well_in_its_region(street: np.ndarray) -> None:
    detector = Detector.open(input_width=320, input_height=256, region=Region(0.4, 0.3, 0.65, 0.65))
    found = detector.find(street)
    assert len(found) == 1
    truth = draw_person(3, 36).box + np.tile((930, 600), 2)
    assert np.abs(found.boxes[0] - truth).max() < 12


def test_what_is_found_in_a_region_lies_where_it_lies_in_the_picture() -> None:
    picture = np.full((480, 640, 3), 140, np.uint8)
    draw_person(4, 130).paste(picture, 220, 120)
    whole = Detector.open().find(picture)
    part = Detector.open(region=Region(0.2, 0.1, 0.8, 1.0)).find(picture)
    assert len(whole) == len(part) == 1
    assert np.abs(whole.boxes - part.boxes).max() < 12
    assert np.abs(whole.landmarks - part.landmarks).max() < 8

"""Drawn people: the same seed is the same person, and the numbers that come along are true."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.verdicts import Mask
from edge.sim.drawing import STATE_OF, Cloth, Placement, draw_mask, draw_person

POINTS = np.array([(70, 80), (110, 80), (90, 104), (74, 122), (106, 122)], np.float32)
BOX = np.array([45, 30, 135, 150], np.float32)


def test_the_same_seed_is_the_same_person() -> None:
    assert np.array_equal(draw_person(5, 120, Placement.WORN).bgra, draw_person(5, 120, Placement.WORN).bgra)


def test_another_seed_is_another_person() -> None:
    assert not np.array_equal(draw_person(5, 120).bgra, draw_person(6, 120).bgra)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 500), face_px=st.floats(40, 260))
def test_the_face_is_as_high_as_was_asked_for_and_holds_its_points(seed: int, face_px: float) -> None:
    person = draw_person(seed, face_px)
    assert person.box[3] - person.box[1] == pytest.approx(face_px, abs=0.5)
    assert ((person.landmarks > person.box[:2]) & (person.landmarks < person.box[2:])).all()
    right_eye, left_eye, nose, right_mouth, left_mouth = person.landmarks
    assert right_eye[0] < nose[0] < left_eye[0]
    assert right_mouth[0] < left_mouth[0]
    assert max(right_eye[1], left_eye[1]) < nose[1] < min(right_mouth[1], left_mouth[1])


@pytest.mark.parametrize("placement", Placement)
def test_a_mask_changes_the_face_and_its_state(placement: Placement) -> None:
    bare, masked = draw_person(9, 120), draw_person(9, 120, placement)
    assert bare.mask is Mask.ABSENT
    assert masked.mask is STATE_OF[placement]
    assert np.array_equal(bare.landmarks, masked.landmarks)
    assert (np.abs(bare.bgra.astype(int) - masked.bgra) > 20).mean() > 0.01


def test_the_corner_of_a_sprite_is_clear_and_the_face_is_not() -> None:
    person = draw_person(2, 120)
    x, y = person.landmarks[2].astype(int)
    assert person.bgra[0, 0, 3] == 0
    assert person.bgra[y, x, 3] == 255


@pytest.mark.parametrize("corner", [(-50, -60), (600, 440), (-1000, 0), (0, 2000)])
def test_a_person_half_outside_the_picture_is_cut_off(corner: tuple[int, int]) -> None:
    picture = np.zeros((480, 640, 3), np.uint8)
    draw_person(1, 100).paste(picture, *corner)
    assert picture.shape == (480, 640, 3)


def test_mask_seed_changes_the_mask_and_not_the_person() -> None:
    one, other = (draw_person(3, 120, Placement.WORN, mask_seed=seed) for seed in (1, 2))
    forehead = slice(0, int(one.landmarks[0, 1]) - 8)
    assert np.array_equal(one.bgra[forehead], other.bgra[forehead])
    assert not np.array_equal(one.bgra, other.bgra)


@pytest.mark.parametrize("cloth", Cloth)
def test_each_cloth_is_drawn_on_any_picture_with_points(cloth: Cloth) -> None:
    picture = np.full((200, 180, 3), 128, np.uint8)
    assert draw_mask(picture, POINTS, BOX, Placement.WORN, 1, cloth=cloth)
    assert (picture[105:140, 70:110] != 128).any()
    assert (picture[:50] == 128).all()


def test_a_profile_carries_no_mask() -> None:
    picture = np.full((200, 180, 3), 128, np.uint8)
    profile = POINTS.copy()
    profile[:, 0] = 90 + (profile[:, 0] - 90) * 0.2
    assert not draw_mask(picture, profile, BOX, Placement.WORN, 1)
    assert (picture == 128).all()


@settings(max_examples=30, deadline=None)
@given(shift=st.tuples(st.floats(-150, 150), st.floats(-150, 150)), size=st.floats(0.2, 4), placement=st.sampled_from(Placement))
def test_a_mask_at_the_rim_of_a_picture_is_cut_off(shift: tuple[float, float], size: float, placement: Placement) -> None:
    picture = np.full((200, 180, 3), 128, np.uint8)
    draw_mask(picture, POINTS * size + np.array(shift), BOX * size + np.tile(shift, 2), placement, 3)
    assert picture.shape == (200, 180, 3)

"""How much a view is worth, and what makes it poor: drawn people before the camera."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from edge.policy.view import Factor
from edge.policy.vote import COUNTED
from edge.sim.backdrop import draw_hall
from edge.sim.drawing import Placement, draw_person
from edge.vision.face_quality import FACTORS, Quality, judge

PEOPLE = range(2, 10)
FACE_PX = 140.0


def scene(seed: int, left: int = 200, top: int = 60) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]:
    """A picture with one drawn person, the face's box (1, 4) and landmarks (1, 5, 2)."""
    picture, person = draw_hall(None).copy(), draw_person(seed, FACE_PX, Placement.WORN if seed % 2 else None)
    person.paste(picture, left, top)
    at = np.array([left, top], np.float32)
    return picture, person.box[None] + np.tile(at, 2), person.landmarks[None] + at


def view(picture: NDArray[np.uint8], boxes: NDArray[np.float32], landmarks: NDArray[np.float32], score: float = 0.9) -> Quality:
    return judge(picture, boxes, np.full(len(boxes), score, np.float32), landmarks)


def factor(quality: Quality, name: Factor) -> float:
    return float(quality.factors[0, FACTORS.index(name)])


@pytest.mark.parametrize("seed", PEOPLE)
def test_a_face_seen_well_counts_nearly_fully(seed: int) -> None:
    quality = view(*scene(seed))
    assert quality.weight[0] > 0.6
    assert quality.limit == (None,)


@pytest.mark.parametrize("seed", PEOPLE)
def test_a_blurred_face_counts_less_than_a_sharp_one(seed: int) -> None:
    picture, box, points = scene(seed)
    unfocused = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.1 * FACE_PX), np.uint8)
    sharp, blurred = (factor(view(one, box, points), Factor.SHARPNESS) for one in (picture, unfocused))
    assert blurred < sharp


def test_most_blurred_faces_are_asked_to_hold_still() -> None:
    limits: list[Factor | None] = []
    for seed in PEOPLE:
        picture, box, points = scene(seed)
        unfocused = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.1 * FACE_PX), np.uint8)
        limits += view(unfocused, box, points).limit
    assert limits.count(Factor.SHARPNESS) >= 0.75 * len(limits)


def test_the_light_makes_no_face_blurred() -> None:
    picture, box, points = scene(4)
    for gain in (0.4, 0.7, 1.2):
        lit = np.clip(picture * gain, 0, 255).astype(np.uint8)
        assert factor(view(lit, box, points), Factor.SHARPNESS) > 0.6


def turned(points: NDArray[np.float32], yaw_deg: float, nod_deg: float = 0.0) -> NDArray[np.float32]:
    """Landmarks after a turn of a head whose nose tip stands out by 0.4 eye distances."""
    middle = points[:, :2].mean(1, keepdims=True)
    gap = float(points[0, 1, 0] - points[0, 0, 0])
    depth = np.array([0.0, 0.0, 0.4 * gap, 0.05 * gap, 0.05 * gap])
    flat = points - middle
    x = flat[..., 0] * math.cos(math.radians(yaw_deg)) + depth * math.sin(math.radians(yaw_deg))
    y = flat[..., 1] * math.cos(math.radians(nod_deg)) + depth * math.sin(math.radians(nod_deg))
    return np.asarray(np.stack([x, y], 2) + middle, np.float32)


@pytest.mark.parametrize("seed", PEOPLE)
def test_the_farther_a_head_is_turned_the_less_it_counts(seed: int) -> None:
    picture, box, points = scene(seed)
    worth = [factor(view(picture, box, turned(points, yaw)), Factor.FRONTALITY) for yaw in (0, 20, 40, 55, 75)]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > 0.8
    assert worth[-1] < 0.1
    assert view(picture, box, turned(points, 60)).limit == (Factor.FRONTALITY,)
    assert factor(view(picture, box, turned(points, 0, 55)), Factor.FRONTALITY) < 0.6


def test_a_tilted_head_is_not_a_turned_one() -> None:
    picture, box, points = scene(4)
    turn, middle = np.radians(25), points.mean(1, keepdims=True)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]], np.float32)
    tilted = (points - middle) @ matrix + middle
    before, after = (factor(view(picture, box, one), Factor.FRONTALITY) for one in (points, tilted))
    assert after == pytest.approx(before, abs=1e-3)


def test_a_face_cut_off_by_the_edge_counts_little() -> None:
    quality = view(*scene(4, left=-150))
    assert quality.limit == (Factor.WHOLENESS,)
    assert quality.weight[0] < COUNTED


def test_a_face_behind_another_counts_little_and_the_nearer_one_fully() -> None:
    picture, box, points = scene(4)
    both = np.concatenate([box, box + np.array([40, 0, 0, 0], np.float32)])
    quality = view(picture, both, np.concatenate([points, points]))
    assert quality.limit[1] is Factor.WHOLENESS
    assert quality.limit[0] is None


def test_a_small_face_is_asked_to_come_closer() -> None:
    picture, box, points = scene(4)
    quality = view(np.pad(picture, ((0, 1600), (0, 0), (0, 0))), box, points)
    assert quality.limit == (Factor.SIZE,)


def test_grey_pictures_are_judged_like_colour_ones() -> None:
    picture, box, points = scene(4)
    grey = np.ascontiguousarray(picture[..., 1])
    assert view(grey, box, points).weight[0] == pytest.approx(view(picture, box, points).weight[0])


NUMBER = st.floats(-1e5, 1e5, width=32) | st.sampled_from([math.nan, math.inf, -math.inf])


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(1, 60), st.integers(1, 60), st.booleans()),
    st.lists(st.lists(NUMBER, min_size=15, max_size=15), max_size=4),
)
def test_whatever_the_detector_says_a_weight_is_a_share(size: tuple[int, int, bool], faces: list[list[float]]) -> None:
    rows, columns, colour = size
    picture = np.full((rows, columns, 3) if colour else (rows, columns), 90, np.uint8)
    values = np.array(faces, np.float32).reshape(-1, 15)
    with np.errstate(all="ignore"):
        quality = judge(picture, values[:, :4], values[:, 4], values[:, 5:].reshape(-1, 5, 2))
    assert len(quality.limit) == len(faces)
    assert ((quality.weight >= 0) & (quality.weight <= 1)).all()

"""The heated body is found without being told where it is, and nothing else is taken for it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from edge.vision.reference_search import search

ROWS, COLS = 120, 160
PICTURES = 24


def room(seed: int = 1) -> list[np.ndarray]:
    """An empty room with a slope in it, noise and drift."""
    rng = np.random.default_rng(seed)
    base = 22.0 + np.linspace(0, 1.5, ROWS)[:, None] + np.zeros((ROWS, COLS))
    return [(base + 0.02 * i + rng.normal(0, 0.05, base.shape)).astype(np.float32) for i in range(PICTURES)]


def disc(pictures: list[np.ndarray], row: float, col: float, radius_px: float, celsius: float) -> None:
    y, x = np.mgrid[0:ROWS, 0:COLS]
    cover = np.clip(radius_px + 0.5 - np.hypot(y - row, x - col), 0, 1)
    for picture in pictures:
        picture[:] = cv2.GaussianBlur(picture * (1 - cover) + celsius * cover, (0, 0), 0.6)


def walker(pictures: list[np.ndarray]) -> None:
    """Somebody crosses the picture: head and body."""
    for index, picture in enumerate(pictures):
        col = -20 + index * 9
        cv2.ellipse(picture, (col, 50), (14, 19), 0, 0, 360, 34.0, -1)
        cv2.rectangle(picture, (col - 25, 72), (col + 25, ROWS), 28.0, -1)


@pytest.mark.parametrize(("row", "col", "radius_px"), [(20.0, 30.0, 4.0), (95.3, 140.6, 5.5), (30.0, 12.0, 8.0)])
def test_the_body_is_found_also_while_somebody_walks_past(row: float, col: float, radius_px: float) -> None:
    pictures = room()
    walker(pictures)
    disc(pictures, row, col, radius_px, 36.0)
    found = search(pictures)
    assert found is not None
    assert np.hypot(found.row - row, found.col - col) < 1.0
    assert abs(found.radius_px - radius_px) <= 1.5
    assert abs(found.raw_c - 36.2) < 0.4


def test_an_empty_room_has_none() -> None:
    assert search(room()) is None


def test_a_lamp_tube_is_none() -> None:
    pictures = room()
    for picture in pictures:
        cv2.line(picture, (20, 20), (70, 34), 38.0, 9)
    assert search(pictures) is None


def test_a_person_who_stands_still_is_none() -> None:
    pictures = room()
    for picture in pictures:
        cv2.ellipse(picture, (80, 60), (16, 22), 0, 0, 360, 34.0, -1)
        cv2.rectangle(picture, (50, 84), (110, ROWS), 29.0, -1)
    assert search(pictures) is None


def test_the_body_is_found_beside_a_lamp_tube_that_is_hotter() -> None:
    pictures = room()
    for picture in pictures:
        cv2.line(picture, (20, 20), (70, 34), 45.0, 9)
    disc(pictures, 90.0, 130.0, 5.0, 36.0)
    found = search(pictures)
    assert found is not None
    assert (round(found.row), round(found.col)) == (90, 130)


def test_a_shutter_event_does_not_hide_it() -> None:
    pictures = room()
    disc(pictures, 40.0, 40.0, 5.0, 36.0)
    after = [picture + np.float32(0.8) for picture in pictures[PICTURES // 2 :]]
    assert search([*pictures[: PICTURES // 2], *after]) is not None


def test_dead_pixels_do_not_hide_it() -> None:
    pictures = room()
    disc(pictures, 40.0, 40.0, 5.0, 36.0)
    for picture in pictures:
        picture[::9, ::7] = np.nan
    found = search(pictures)
    assert found is not None
    assert np.hypot(found.row - 40, found.col - 40) < 1.0


def test_too_few_pictures_are_refused() -> None:
    with pytest.raises(ValueError, match="3 pictures are too few"):
        search(room()[:3])

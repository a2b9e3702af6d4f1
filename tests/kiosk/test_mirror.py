"""No face leaves the kiosk process recognisable, whatever the gate knows or does not know."""

from __future__ import annotations

import time

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from edge.kiosk.mirror import Mirror
from edge.kiosk.mosaic import pixelate_all, pixelate_faces
from tests.kiosk.conftest import COLS, FACE, ROWS, Kiosk, visitor_picture

FACE_PART = (slice(150, 330), slice(250, 390))
NOISE = visitor_picture(3)
FAR_PART = (slice(0, 60), slice(0, 60))


def detail(picture: NDArray[np.uint8], part: tuple[slice, slice]) -> float:
    """Mean difference between neighbours, in grey levels: about 85 for noise, near 0 for a mosaic."""
    return float(np.abs(np.diff(picture[part].astype(np.float32), axis=1)).mean())


def mirrored(mirror: Mirror) -> NDArray[np.uint8]:
    jpeg = mirror.jpeg(time.monotonic())
    assert jpeg is not None
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def test_a_face_the_gate_has_found_is_covered_and_the_rest_is_not(gate: Kiosk) -> None:
    mirror = Mirror(gate.ring, gate.board)
    gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)))
    mirror.look(time.monotonic())
    picture = mirrored(mirror)
    assert detail(picture, FACE_PART) < 12
    assert detail(picture, FAR_PART) > 30


def test_a_picture_the_gate_has_not_judged_is_covered_whole(gate: Kiosk) -> None:
    mirror = Mirror(gate.ring, gate.board)
    gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)) + 1)
    mirror.look(time.monotonic())
    assert detail(mirrored(mirror), FAR_PART) < 12


def test_the_judged_picture_is_shown_even_when_a_newer_one_has_come(gate: Kiosk) -> None:
    mirror = Mirror(gate.ring, gate.board)
    judged = gate.show(np.full((ROWS, COLS, 3), 60, np.uint8))
    mirror.look(time.monotonic())
    gate.show(np.full((ROWS, COLS, 3), 200, np.uint8))
    mirror.look(time.monotonic())
    gate.say("wait", faces=[FACE], frame=judged)
    assert abs(mirrored(mirror).mean() - 60) < 3


def test_a_gate_that_stands_still_gets_its_visitor_covered_whole(gate: Kiosk) -> None:
    mirror = Mirror(gate.ring, gate.board)
    gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)))
    gate.quiet.set()
    now_s = time.monotonic()
    mirror.look(now_s)
    gate.board.beat(now_s - 1.5)
    assert detail(mirrored(mirror), FAR_PART) < 12


def test_a_face_lost_for_a_moment_stays_covered(gate: Kiosk) -> None:
    mirror = Mirror(gate.ring, gate.board)
    gate.say("wait", faces=[FACE], frame=gate.show(visitor_picture(1)))
    mirror.look(time.monotonic())
    gate.say("wait", faces=[], frame=gate.show(visitor_picture(2)))
    mirror.look(time.monotonic())
    assert detail(mirrored(mirror), FACE_PART) < 12


def test_an_old_picture_is_not_shown(gate: Kiosk) -> None:
    mirror = Mirror(gate.ring, gate.board)
    gate.ring.write(visitor_picture(1), time.monotonic() - 3)
    mirror.look(time.monotonic())
    assert mirror.jpeg(time.monotonic()) is None


edge_px = st.floats(-2000, 3000, allow_nan=False)


@given(x1=edge_px, y1=edge_px, x2=edge_px, y2=edge_px)
def test_any_box_is_survived(x1: float, y1: float, x2: float, y2: float) -> None:
    assert pixelate_faces(np.zeros((48, 64, 3), np.uint8), [[x1, y1, x2, y2]]).shape == (48, 64, 3)


@settings(deadline=None)
@given(x=st.floats(0, COLS - 20), y=st.floats(0, ROWS - 20), size=st.floats(4, 400))
def test_every_pixel_of_every_face_is_covered(x: float, y: float, size: float) -> None:
    covered = pixelate_faces(NOISE, [[x, y, x + size, y + size]])
    inside = covered[int(y) : int(y + size), int(x) : int(x + size)]
    assert colours(inside) <= 49


def test_a_whole_picture_becomes_few_cells() -> None:
    assert colours(pixelate_all(visitor_picture(4))) <= 300


def colours(picture: NDArray[np.uint8]) -> int:
    return len(np.unique(picture.reshape(-1, 3).astype(np.uint32) @ np.array([1, 256, 65536], np.uint32)))

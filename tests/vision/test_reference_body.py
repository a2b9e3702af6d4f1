from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from edge.config.thermometry import ReferenceConfig
from edge.vision.reference_body import ReferenceBody, ReferenceMissing, ReferenceSeen
from tests.vision.heat import NO_BOXES, REFERENCE, REGISTRATION, SENSOR, Room, look

NOISY = Room(noise_c=0.05)


def why(seen: ReferenceSeen | ReferenceMissing) -> str:
    assert isinstance(seen, ReferenceMissing)
    return seen.why


def body(**changes: float) -> ReferenceBody:
    return ReferenceBody(REFERENCE.model_copy(update=changes), SENSOR)


def test_the_body_is_read_where_it_stands() -> None:
    seen = look(NOISY)
    assert isinstance(seen, ReferenceSeen)
    assert (seen.row, seen.col) == (100.0, 20.0)
    assert seen.raw_c == pytest.approx(36.0 - 0.4, abs=0.05)  # emissivity 0.97 in a room of 22 degC
    assert seen.offset_c == pytest.approx(0.4, abs=0.05)
    assert seen.spread_c < 0.1


@pytest.mark.parametrize("off", [(-3, 0), (2, 3), (3, -3), (0, 1)])
def test_a_body_that_was_nudged_is_found_again(off: tuple[int, int]) -> None:
    nudged = body(row=REFERENCE.row + off[0], col=REFERENCE.col + off[1])
    seen = nudged.look(NOISY.celsius(), NO_BOXES, 0.0)
    assert isinstance(seen, ReferenceSeen)
    assert (seen.row, seen.col) == (100.0, 20.0)


def test_a_body_at_the_very_edge_of_the_picture_is_found() -> None:
    celsius = np.roll(NOISY.celsius(), (14, -14), (0, 1))
    seen = body(row=114, col=6).look(celsius, NO_BOXES, 0.0)
    assert isinstance(seen, ReferenceSeen)
    assert seen.raw_c == pytest.approx(35.6, abs=0.1)


def test_a_body_that_was_carried_away_is_missing() -> None:
    assert "surroundings" in why(look(replace(NOISY, reference_c=None)))


def test_a_body_that_is_switched_off_is_missing() -> None:
    assert "surroundings" in why(look(replace(NOISY, reference_c=22.4)))


def test_a_body_still_heating_up_is_not_believed() -> None:
    assert "setpoint" in why(look(replace(NOISY, reference_c=29.0)))


def test_a_hand_half_across_the_body_makes_it_missing() -> None:
    celsius = NOISY.celsius()
    celsius[:, 20:24] = 33.0
    assert "uneven" in why(body().look(celsius, NO_BOXES, 0.0))


def test_a_warm_forehead_of_the_same_temperature_is_not_the_body() -> None:
    celsius = NOISY.celsius()
    celsius[85:115, 5:35] = 35.6
    assert "surroundings" in why(body().look(celsius, NO_BOXES, 0.0))


def test_a_lamp_tube_is_not_the_body() -> None:
    celsius = replace(NOISY, reference_c=None).celsius()
    celsius[97:104, :] = 36.0
    assert "surroundings" in why(body().look(celsius, NO_BOXES, 0.0))


def among_skin() -> np.ndarray:
    """The body, and all round it something of 34.3 degC."""
    celsius = NOISY.celsius()
    y, x = np.mgrid[0 : celsius.shape[0], 0 : celsius.shape[1]]
    around = np.hypot(y - REFERENCE.row, x - REFERENCE.col)
    celsius[(around > REFERENCE.radius_px + 1) & (around < 20)] = 34.3
    return celsius


def test_a_face_in_front_of_the_body_hides_it() -> None:
    boxes = REGISTRATION.boxes(np.array([[60.0, 380.0, 140.0, 480.0]]))
    assert "face" in why(body().look(among_skin(), boxes, 0.0))
    beside = REGISTRATION.boxes(np.array([[300.0, 100.0, 420.0, 250.0]]))
    assert isinstance(body().look(among_skin(), beside, 0.0), ReferenceSeen)


def test_what_is_taken_for_a_face_and_is_as_cold_as_the_room_hides_nothing() -> None:
    boxes = REGISTRATION.boxes(np.array([[60.0, 380.0, 140.0, 480.0]]))
    assert isinstance(body().look(NOISY.celsius(), boxes, 0.0), ReferenceSeen)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_pixel_without_a_value_on_the_body_makes_it_missing(value: float) -> None:
    celsius = NOISY.celsius()
    celsius[101, 21] = value
    assert "no value" in why(body(search_px=0.0).look(celsius, NO_BOXES, 0.0))


def test_a_dead_pixel_beside_the_body_does_not_hide_it() -> None:
    celsius = NOISY.celsius()
    celsius[92, 20] = math.nan
    assert isinstance(body().look(celsius, NO_BOXES, 0.0), ReferenceSeen)


def test_a_picture_of_nothing_has_no_body() -> None:
    assert isinstance(body().look(np.full((120, 160), np.nan, np.float32), NO_BOXES, 0.0), ReferenceMissing)


def test_a_place_outside_the_picture_is_said() -> None:
    outside = ReferenceBody(ReferenceConfig(row=400, col=20, setpoint_c=36.0), SENSOR)
    assert "outside" in why(outside.look(NOISY.celsius(), NO_BOXES, 0.0))


def test_a_reading_that_jumps_is_not_followed_until_it_has_lasted() -> None:
    watched, steady, jumped = body(), NOISY.celsius(), replace(NOISY, drift_c=0.9).celsius()
    for tick in range(10):
        assert isinstance(watched.look(steady, NO_BOXES, tick * 0.1), ReferenceSeen)
    assert "jumped" in why(watched.look(jumped, NO_BOXES, 1.0))
    answers = [watched.look(jumped, NO_BOXES, 1.0 + tick * 0.1) for tick in range(1, 12)]
    assert isinstance(answers[3], ReferenceMissing)
    assert isinstance(answers[6], ReferenceSeen)
    assert watched.lost_for_s(1.6) < 1.0


def test_after_a_shutter_event_a_new_level_starts_at_once() -> None:
    watched = body()
    watched.look(NOISY.celsius(), NO_BOXES, 0.0)
    assert isinstance(watched.look(replace(NOISY, drift_c=1.2).celsius(), NO_BOXES, 2.05), ReferenceSeen)


def test_noise_from_picture_to_picture_is_smoothed_away() -> None:
    watched = body()
    readings = [watched.look(replace(NOISY, seed=seed).celsius(), NO_BOXES, seed * 0.04) for seed in range(100)]
    levels = [seen.raw_c for seen in readings if isinstance(seen, ReferenceSeen)]
    assert len(levels) == 100
    assert max(levels[50:]) - min(levels[50:]) < 0.03


def test_a_body_lost_for_a_second_says_so() -> None:
    watched = body()
    assert watched.lost_for_s(5.0) == math.inf
    watched.look(NOISY.celsius(), NO_BOXES, 5.0)
    assert watched.lost_for_s(5.0) == 0.0
    gone = replace(NOISY, reference_c=None).celsius()
    watched.look(gone, NO_BOXES, 5.5)
    watched.look(gone, NO_BOXES, 6.0)
    assert watched.lost_for_s(6.0) == pytest.approx(1.0)


def test_a_wide_search_is_a_setting() -> None:
    seen = body(row=70.0, col=50.0, search_px=40.0).look(NOISY.celsius(), NO_BOXES, 0.0)
    assert isinstance(seen, ReferenceSeen)
    assert (seen.row, seen.col) == (100.0, 20.0)

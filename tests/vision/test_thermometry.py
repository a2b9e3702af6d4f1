from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.verdicts import CoreRule, Reason, Region
from edge.config.thermometry import RegistrationConfig
from edge.policy.core_temperature import CoreOffset
from edge.policy.reading import Reading, Unmeasured
from edge.vision.reference_body import ReferenceMissing, ReferenceSeen
from edge.vision.registration import Registration
from edge.vision.thermal_frame import ThermalFrame
from edge.vision.thermometry import Thermometer
from tests.vision.heat import REFERENCE, REGISTRATION, SCREENING, SENSOR, Face, Room, look, measure

NOISY = Room(noise_c=0.05)
THERMOMETER = Thermometer(SENSOR, SCREENING, REGISTRATION)


def reading(room: Room) -> Reading:
    answer = measure(room)[0]
    assert isinstance(answer, Reading), answer
    return answer


def reason(answer: Reading | Unmeasured) -> Reason:
    assert isinstance(answer, Unmeasured), answer
    return answer.reason


@pytest.mark.parametrize("ambient_c", [18.0, 22.0, 28.0])
@pytest.mark.parametrize("drift_c", [-2.5, 0.0, 1.5])
@pytest.mark.parametrize("height_px", [13.0, 20.0, 40.0, 60.0])
def test_a_face_is_measured_as_warm_as_it_is(ambient_c: float, drift_c: float, height_px: float) -> None:
    room = replace(NOISY, ambient_c=ambient_c, drift_c=drift_c).with_face(skin_c=34.2, height_px=height_px)
    measured = reading(room)
    assert measured.corrected_c == pytest.approx(34.2, abs=0.15)
    assert measured.core_c == pytest.approx(measured.corrected_c + SCREENING.skin_to_core_c)
    assert measured.region is Region.FOREHEAD
    assert measured.reference_seen
    assert measured.samples == 1
    assert 0.1 < measured.uncertainty_c < 0.5


def test_nothing_is_pulled_towards_normal() -> None:
    truth = np.arange(33.0, 38.01, 0.25)
    measured = np.array([reading(replace(NOISY, drift_c=-1.0).with_face(skin_c=float(skin_c))).corrected_c for skin_c in truth])
    slope = np.polyfit(truth, measured, 1)[0]
    assert slope == pytest.approx(1.0, abs=0.02)
    assert np.abs(measured - truth).max() <= 0.15
    assert all(after > before for before, after in pairwise(measured))


def test_raw_and_corrected_stand_side_by_side() -> None:
    measured = reading(replace(NOISY, drift_c=2.0).with_face())
    assert measured.raw_c == pytest.approx(35.8, abs=0.15)
    assert measured.corrected_c == pytest.approx(34.0, abs=0.15)


def test_eight_people_in_view_get_their_own_temperatures() -> None:
    room = NOISY
    skins = [33.0 + 0.5 * index for index in range(8)]
    for index, skin_c in enumerate(skins):
        room = room.with_face(col=48.0 + (index % 4) * 33.0, row=25.0 + (index // 4) * 55.0, height_px=24.0, skin_c=skin_c)
    answers = measure(room)
    measured = [answer.corrected_c for answer in answers if isinstance(answer, Reading)]
    assert measured == pytest.approx(skins, abs=0.15)


def test_the_distance_follows_from_the_size_of_the_face() -> None:
    # 160 pixels over 57 degrees: at 1 m a pixel is 6.8 mm and a face of 150 mm 22 pixels wide.
    assert reading(NOISY.with_face(height_px=22.0 / 0.8)).distance_m == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, 270.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_turned_or_mirrored_camera_finds_the_same_forehead(turn: float, mirrored: bool) -> None:
    room = NOISY.with_face(forehead_c=33.0, skin_c=33.6)
    cos, sin, flip = math.cos(math.radians(turn)), math.sin(math.radians(turn)), -1.0 if mirrored else 1.0
    turned = np.array([[cos * flip, -sin], [sin * flip, cos]]) * 0.25
    back = np.linalg.inv(turned)
    places = room.landmarks[0] * 0.25
    mapping = Registration(RegistrationConfig(matrix=[[*turned[0].tolist(), 0.0], [*turned[1].tolist(), 0.0]]))
    landmarks = (places @ back.T)[None]
    half = np.array([16.0, 20.0]) @ np.abs(back.T)
    centre = np.array([90.0, 55.0]) @ back.T
    box = np.concatenate([centre - half, centre + half])[None]
    answers = Thermometer(SENSOR, SCREENING, mapping).measure(room.frame(), box, landmarks, look(room), 100.0, 0.0)
    measured = answers[0]
    assert isinstance(measured, Reading)
    assert measured.corrected_c == pytest.approx(33.0, abs=0.15)


def test_a_hot_cheek_or_breath_below_the_eyes_is_not_the_forehead() -> None:
    room = NOISY.with_face(skin_c=34.0)
    breath = replace(room, spots=((65.0, 90.0, 6.0, 36.8),))
    assert reading(breath).corrected_c == pytest.approx(34.0, abs=0.15)


def test_one_hot_pixel_in_a_pair_of_glasses_sends_nobody_to_recheck() -> None:
    room = NOISY.with_face(skin_c=34.0, height_px=30.0)
    glint = replace(room, spots=((47.0, 92.0, 0.9, 60.0),))
    assert reading(glint).corrected_c == pytest.approx(34.0, abs=0.3)


def test_a_hat_over_the_forehead_leaves_the_rest_of_the_upper_face() -> None:
    measured = reading(NOISY.with_face(skin_c=34.0, forehead_c=27.0, height_px=60.0))
    assert measured.region is Region.UPPER_FACE
    assert measured.corrected_c == pytest.approx(34.0, abs=0.4)


def test_a_photograph_of_a_face_is_not_a_visitor() -> None:
    assert reason(measure(NOISY.with_face(skin_c=22.3))[0]) is Reason.NO_WARM_FACE


def test_a_photograph_held_before_the_chest_is_not_a_visitor() -> None:
    room = replace(NOISY, spots=((55.0, 90.0, 45.0, 33.0), (55.0, 90.0, 18.0, 24.0))).with_face(skin_c=33.0)
    assert reason(measure(room)[0]) is Reason.NO_WARM_FACE


def test_a_lamp_behind_a_picture_of_a_face_is_not_a_visitor() -> None:
    assert reason(measure(NOISY.with_face(skin_c=70.0))[0]) is Reason.NO_WARM_FACE


def test_someone_straight_from_the_frost_is_told_so() -> None:
    assert reason(measure(NOISY.with_face(skin_c=29.5))[0]) is Reason.COLD_SKIN


def test_someone_still_far_away_is_asked_to_come_closer() -> None:
    assert reason(measure(NOISY.with_face(height_px=11.0))[0]) is Reason.APPROACH


def test_someone_seen_from_the_side_is_asked_to_look_here() -> None:
    assert reason(measure(NOISY.with_face(turned=0.4))[0]) is Reason.LOOK_HERE


def test_a_tall_person_whose_forehead_leaves_the_picture_is_not_guessed() -> None:
    assert reason(measure(NOISY.with_face(row=5.0))[0]) is Reason.LOOK_HERE


def test_a_dead_pixel_on_the_forehead_is_no_temperature() -> None:
    room = NOISY.with_face(height_px=20.0)
    frame = room.frame()
    frame.celsius[49, 90] = math.nan
    answer = THERMOMETER.measure(frame, room.boxes, room.landmarks, SEEN, 100.0, 0.0)[0]
    assert reason(answer) is Reason.THERMAL_LOST


def test_an_uncertain_reading_is_none() -> None:
    strict = SENSOR.model_copy(update={"max_uncertainty_c": 0.05})
    assert reason(measure(NOISY.with_face(), sensor=strict)[0]) is Reason.UNCERTAIN


def test_a_badly_known_registration_makes_an_uneven_forehead_uncertain() -> None:
    loose = Registration(RegistrationConfig(matrix=[[0.25, 0.0, 0.0], [0.0, 0.25, 0.0]], residual_px=8.0))
    room = NOISY.with_face(forehead_c=33.2, skin_c=34.0, height_px=30.0)
    sure, unsure = (
        Thermometer(SENSOR, SCREENING, mapping).measure(room.frame(), room.boxes, room.landmarks, look(room), 100.0, 0.0)[0]
        for mapping in (REGISTRATION, loose)
    )
    assert isinstance(sure, Reading)
    assert not isinstance(unsure, Reading) or unsure.uncertainty_c > sure.uncertainty_c


def ask(
    frame: ThermalFrame | None,
    *,
    reference: ReferenceSeen | ReferenceMissing | None = None,
    now_s: float = 100.0,
    started_s: float = 0.0,
    warm_up_s: float = 0.0,
) -> Reading | Unmeasured:
    room = NOISY.with_face()
    sensor = SENSOR.model_copy(update={"warm_up_s": warm_up_s})
    thermometer = Thermometer(sensor, SCREENING, REGISTRATION)
    return thermometer.measure(frame, room.boxes, room.landmarks, reference or look(room), now_s, started_s)[0]


@pytest.mark.parametrize("age_s", [-1.0, 0.0, 4.9, math.nan, -math.inf])
def test_during_and_just_after_a_shutter_event_or_where_nobody_knows_of_one_nobody_is_measured(age_s: float) -> None:
    assert reason(ask(NOISY.with_face().frame(ffc_age_s=age_s))) is Reason.FFC


@pytest.mark.parametrize("age_s", [5.0, 300.0, math.inf])
def test_long_after_a_shutter_event_or_without_a_shutter_people_are_measured(age_s: float) -> None:
    assert isinstance(ask(NOISY.with_face().frame(ffc_age_s=age_s)), Reading)


def test_a_gate_that_is_warming_up_measures_nobody() -> None:
    frame = NOISY.with_face().frame()
    assert reason(ask(frame, started_s=50.0, warm_up_s=60.0)) is Reason.WARMING_UP
    assert isinstance(ask(frame, started_s=30.0, warm_up_s=60.0), Reading)


def test_without_its_reference_the_gate_measures_nobody() -> None:
    assert reason(ask(NOISY.with_face().frame(), reference=ReferenceMissing("gone"))) is Reason.REFERENCE_LOST


@pytest.mark.parametrize("now_s", [103.0, 99.0, math.nan, math.inf])
def test_an_old_picture_measures_nobody(now_s: float) -> None:
    assert reason(ask(NOISY.with_face().frame(taken_s=100.0), now_s=now_s)) is Reason.THERMAL_LOST


def test_without_a_picture_the_first_reason_is_the_camera() -> None:
    assert reason(ask(None, reference=ReferenceMissing("gone"), started_s=99.0, warm_up_s=60.0)) is Reason.THERMAL_LOST


def test_the_gate_s_own_reasons_come_before_the_person_s() -> None:
    frame = NOISY.with_face().frame(ffc_age_s=1.0)
    assert reason(ask(frame, reference=ReferenceMissing("gone"), started_s=99.0, warm_up_s=60.0)) is Reason.WARMING_UP
    assert reason(ask(frame, reference=ReferenceMissing("gone"))) is Reason.FFC


def test_nobody_in_view_is_no_answer() -> None:
    assert measure(NOISY) == []


NONSENSE = st.sampled_from([math.nan, math.inf, -math.inf])


@settings(deadline=None)
@given(value=NONSENSE, row=st.integers(39, 44), col=st.integers(81, 97), extent=st.integers(2, 40))
def test_no_face_with_a_value_that_is_no_number_gets_a_temperature(value: float, row: int, col: int, extent: int) -> None:
    frame = NOISY.with_face().frame()
    frame.celsius[row : row + extent, col : col + extent] = value
    assert isinstance(ask(frame), Unmeasured)


@settings(deadline=None)
@given(
    now_s=st.floats(0, 1e6) | NONSENSE,
    taken_s=st.floats(0, 1e6) | NONSENSE,
    started_s=st.floats(0, 1e6) | NONSENSE,
    ffc_age_s=st.floats(-10, 1e4) | NONSENSE,
)
def test_whatever_the_clocks_say_only_a_fresh_settled_picture_is_a_temperature(
    now_s: float, taken_s: float, started_s: float, ffc_age_s: float
) -> None:
    frame = replace(FRAME, taken_s=taken_s, ffc_age_s=ffc_age_s)
    answer = ask(frame, reference=SEEN, now_s=now_s, started_s=started_s, warm_up_s=60.0)
    good = -0.25 <= now_s - taken_s <= 2.0 and now_s - started_s >= 60.0 and ffc_age_s >= 5.0
    assert isinstance(answer, Reading) == good


@settings(deadline=None)
@given(
    raw_c=st.floats(-400, 400) | NONSENSE,
    spread_c=st.floats(0, 10) | NONSENSE,
    offset_c=st.floats(-400, 400) | NONSENSE,
)
def test_a_reference_that_is_no_number_never_makes_a_temperature_that_is_none(
    raw_c: float, spread_c: float, offset_c: float
) -> None:
    answer = ask(FRAME, reference=ReferenceSeen(raw_c, 100.0, 20.0, spread_c, offset_c, REFERENCE))
    if isinstance(answer, Reading):
        assert all(map(math.isfinite, (answer.raw_c, answer.corrected_c, answer.core_c, answer.uncertainty_c)))


@settings(deadline=None)
@given(st.lists(st.floats(width=32) | NONSENSE, min_size=14, max_size=14))
def test_whatever_the_detector_says_a_temperature_is_a_number_from_inside_the_picture(numbers: list[float]) -> None:
    boxes, landmarks = np.array([numbers[:4]], np.float32), np.array(numbers[4:], np.float32).reshape(1, 5, 2)
    with np.errstate(all="ignore"):
        answer = THERMOMETER.measure(FRAME, boxes, landmarks, SEEN, 100.0, 0.0)[0]
    if isinstance(answer, Reading):
        assert 31.0 <= answer.corrected_c <= 45.0


@settings(deadline=None)
@given(
    place=st.sampled_from(
        (
            "now_s",
            "taken_s",
            "started_s",
            "ffc_age_s",
            "raw_c",
            "spread_c",
            "offset_c",
            "contrast_c",
            "added_c",
            "shift_c",
            "ambient_c",
        )
    ),
    value=NONSENSE,
)
def test_one_number_that_is_none_is_enough_and_no_reading_holds_one(place: str, value: float) -> None:
    """NaN of anything a reading rests on is no reading; what is infinitely long ago, or infinitely uneven, may be one."""
    numbers = {"now_s": 100.0, "taken_s": 100.0, "started_s": 0.0, "ffc_age_s": 60.0, "ambient_c": 22.0}
    numbers |= {"raw_c": 35.6, "spread_c": 0.05, "offset_c": 0.4, "contrast_c": 13.0, "added_c": 2.0, "shift_c": 0.1}
    numbers[place] = value
    frame = replace(FRAME, taken_s=numbers["taken_s"], ffc_age_s=numbers["ffc_age_s"])
    seen = ReferenceSeen(
        numbers["raw_c"], 100.0, 20.0, numbers["spread_c"], numbers["offset_c"], REFERENCE, numbers["contrast_c"]
    )
    regions, shifts = dict.fromkeys(Region, numbers["added_c"]), dict.fromkeys(Region, numbers["shift_c"])
    core = CoreOffset(CoreRule.BASELINE, regions, shifts, numbers["ambient_c"])
    room = NOISY.with_face()
    answer = THERMOMETER.measure(frame, room.boxes, room.landmarks, seen, numbers["now_s"], numbers["started_s"], core)[0]
    if math.isnan(value):
        assert isinstance(answer, Unmeasured), place
    if isinstance(answer, Reading):
        said = (answer.raw_c, answer.corrected_c, answer.core_c, answer.uncertainty_c, answer.distance_m, answer.taken_s)
        assert all(map(math.isfinite, (*said, answer.shift_c, answer.ambient_c or 0.0)))


@pytest.mark.parametrize("forehead_c", [26.0, 29.0, 31.5])
@pytest.mark.parametrize("height_px", [30.0, 60.0])
def test_hair_at_any_depth_over_a_forehead_never_reads_cold(forehead_c: float, height_px: float) -> None:
    """From a bare forehead to a covered one, row by row: right within 0.4 degC, or nothing."""
    for down in np.linspace(-0.45, -0.1, 12):
        room = NOISY.with_face(skin_c=36.5, height_px=height_px)
        celsius = room.frame().celsius
        last = round(55.0 + float(down) * height_px)
        celsius[:last, 40:140] = np.minimum(celsius[:last, 40:140], forehead_c)
        frame = replace(room.frame(), celsius=np.asarray(cv2.GaussianBlur(celsius, (0, 0), 0.6), np.float32))
        answer = THERMOMETER.measure(frame, room.boxes, room.landmarks, SEEN, 100.0, 0.0)[0]
        if isinstance(answer, Reading):
            assert answer.corrected_c == pytest.approx(36.5, abs=0.4), (down, answer)


FRAME = NOISY.with_face().frame()
SEEN = look(NOISY)
FACE = Face()

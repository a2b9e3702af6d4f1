"""What the two simulated cameras show of the one world."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from contract.errors import SettingsError
from edge.clock import SystemClock
from edge.policy.reading import Reading
from edge.sim.cameras import SimulatedColourCamera, simulated_colour, simulated_thermal
from edge.sim.drawing import draw_person
from edge.sim.stage import on_stage, registration_matrix
from edge.sim.world import Actor
from edge.vision.reference_body import ReferenceBody, ReferenceSeen
from edge.vision.registration import Registration
from edge.vision.thermal_frame import from_counts
from edge.vision.thermometry import Thermometer

from .gates import REFERENCE, simulated_gate

CLOCK = SystemClock()
GATE = simulated_gate()
NORMAL_S, WARM_S, COLD_S, EMPTY_S = 2.0, 26.0, 46.0, 52.0


@pytest.fixture(scope="module")
def colour() -> SimulatedColourCamera:
    return simulated_colour(GATE, 0.0, CLOCK)


def celsius_at(t_s: float) -> NDArray[np.float32]:
    return from_counts(simulated_thermal(GATE, 0.0, CLOCK).counts(t_s), 0, taken_s=t_s).celsius


def the_only(t_s: float) -> Actor:
    actors = simulated_thermal(GATE, 0.0, CLOCK)._world.at(t_s).actors
    assert len(actors) == 1
    return actors[0]


def landmarks_of(actor: Actor) -> NDArray[np.float32]:
    assert actor.appearance is not None
    sprite = draw_person(actor.appearance.person, actor.box[3] - actor.box[1], actor.appearance.placement)
    middle = np.add(actor.box[:2], actor.box[2:]) / 2
    return (sprite.landmarks - (sprite.box[:2] + sprite.box[2:]) / 2 + middle).astype(np.float32)


def measured_at(t_s: float) -> object:
    """What the gate's own thermometer says of the one person there, after half a second of looking at the reference."""
    camera, body = simulated_thermal(GATE, 0.0, CLOCK), ReferenceBody(GATE.reference, GATE.sensor)  # type: ignore[arg-type]
    registration = Registration(GATE.registration)  # type: ignore[arg-type]
    thermometer = Thermometer(GATE.sensor, GATE.screening, registration)
    actor = the_only(t_s)
    boxes = np.array([actor.box])
    answer: object = None
    for now_s in np.arange(t_s - 0.5, t_s + 0.01, 0.1):
        frame = from_counts(camera.counts(now_s), 0, taken_s=now_s, ffc_age_s=camera._world.ffc_age_s(now_s))
        seen = body.look(frame.celsius, registration.boxes(boxes), now_s)
        answer = thermometer.measure(frame, boxes, landmarks_of(actor)[None], seen, now_s, 0.0)[0]
    return answer


def test_no_two_pictures_are_identical_and_the_person_walks_up(colour: SimulatedColourCamera) -> None:
    pictures = [colour.picture(t_s) for t_s in np.arange(0.0, 2.0, 0.1)]
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)
    assert all(picture.shape == (480, 640, 3) and picture.dtype == np.uint8 for picture in pictures)


def test_the_colour_picture_says_that_it_is_simulated(colour: SimulatedColourCamera) -> None:
    corner = colour.picture(EMPTY_S)[455:475, 520:620]
    assert int(corner.max()) > 230
    assert int(corner.min()) < 60


def test_a_camera_of_another_size_shows_the_same_stage() -> None:
    small = simulated_colour(simulated_gate(colour={"width": 320, "height": 240}), 0.0, CLOCK).picture(EMPTY_S)
    assert small.shape == (240, 320, 3)
    whole = cv2.resize(simulated_colour(GATE, 0.0, CLOCK).picture(EMPTY_S), (320, 240), interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - whole.astype(int)).mean() < 4


def test_frames_come_in_time_and_are_stamped_with_it() -> None:
    camera = simulated_thermal(GATE, CLOCK.monotonic_s(), CLOCK)
    shots = [camera.read() for _ in range(10)]
    steps_s = np.diff([shot.taken_s for shot in shots])
    assert 0.03 < float(np.median(steps_s)) < 0.06
    assert shots[0].counts.dtype == np.uint16
    assert shots[0].counts.shape == (120, 160)
    assert camera.replay


@pytest.mark.parametrize("t_s", [NORMAL_S, WARM_S])
def test_the_face_is_warm_where_the_mapping_puts_it(t_s: float) -> None:
    x1, y1, x2, y2 = the_only(t_s).box
    matrix = np.array(registration_matrix())
    col, row = matrix @ [(x1 + x2) / 2, y1 + 0.3 * (y2 - y1), 1.0]
    celsius = celsius_at(t_s)
    forehead = celsius[round(row) - 2 : round(row) + 3, round(col) - 4 : round(col) + 5]
    beside_col, beside_row = matrix @ [x1 - 0.4 * (x2 - x1), y1 + 0.3 * (y2 - y1), 1.0]
    assert float(forehead.mean()) > 31.0
    assert float(celsius[round(beside_row), round(beside_col)]) < 25.0


@pytest.mark.parametrize("t_s", [NORMAL_S, 10.0, WARM_S])
def test_the_gates_own_thermometer_finds_the_true_temperature(t_s: float) -> None:
    answer = measured_at(t_s)
    assert isinstance(answer, Reading)
    assert answer.core_c == pytest.approx(the_only(t_s).core_c, abs=0.25)
    assert abs(answer.raw_c - answer.corrected_c) > 0.8


def test_a_face_straight_from_the_cold_is_no_reading() -> None:
    assert not isinstance(measured_at(COLD_S), Reading)


def test_the_reference_body_stands_where_the_settings_say_and_is_drawn_there(colour: SimulatedColourCamera) -> None:
    body = ReferenceBody(GATE.reference, GATE.sensor)  # type: ignore[arg-type]
    seen = body.look(celsius_at(EMPTY_S), np.zeros((0, 4)), EMPTY_S)
    assert isinstance(seen, ReferenceSeen)
    assert (seen.row, seen.col) == pytest.approx((REFERENCE["row"], REFERENCE["col"]), abs=0.6)
    x, y, _ = on_stage(REFERENCE["row"], REFERENCE["col"], REFERENCE["radius_px"], (160, 120))
    assert colour.picture(EMPTY_S)[round(y), round(x)].mean() < 60


def test_while_the_shutter_is_closed_the_thermal_picture_stands_still() -> None:
    camera = simulated_thermal(GATE, 0.0, CLOCK)
    start_s = camera._world.scene.shutter(100.0).start_s
    assert start_s > 0
    still = [camera.counts(start_s + since_s) for since_s in (0.1, 1.0, 2.0)]
    assert all(np.array_equal(still[0], other) for other in still)
    again = simulated_thermal(GATE, 0.0, CLOCK).counts(start_s + 1.0)
    assert np.abs(again.astype(int) - still[0]).mean() < 20
    assert not np.array_equal(camera.counts(start_s + 3.0), still[0])


def test_a_sensor_mounted_on_its_side_is_upright_after_the_gate_turned_it() -> None:
    turned = simulated_gate(sensor={"rotate": 90})
    counts = simulated_thermal(turned, 0.0, CLOCK).counts(NORMAL_S)
    assert counts.shape == (120, 160)
    upright = from_counts(counts, 90, taken_s=0.0).celsius
    assert upright.shape == (160, 120)
    col, row = np.array(registration_matrix(thermal_size=(120, 160))) @ [320, 180, 1]
    assert float(upright[round(row), round(col)]) > 31.0


def test_a_gate_without_simulated_cameras_has_none() -> None:
    plain = GATE.model_copy(update={"colour": GATE.colour.model_copy(update={"source": "v4l2"})})
    with pytest.raises(SettingsError, match="no simulated thermal camera"):
        simulated_thermal(plain.model_copy(update={"thermal": plain.colour}), 0.0, CLOCK)

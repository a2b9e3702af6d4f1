"""Twenty simulated people each with glasses, a fringe, both, and a mask they breathe through: read right, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from contract.verdicts import Mask, Reason, Region
from edge.app.in_simulation.setting import SENSORS, Standing, gate_with, person_at
from edge.config.sources import SimulatedThermal
from edge.policy.reading import Reading, Unmeasured
from edge.sim.drawing.face import BOX_TOP
from edge.sim.drawing.look import Hair, Look
from edge.sim.drawing.placement import Placement
from edge.sim.heat import place_of
from edge.sim.thermal_picture import ThermalPicture
from edge.sim.world import EFFECTS, Actor, Appearance, World
from edge.vision.face_geometry import FOREHEAD_POINTS, UPPER_POINTS, locate
from edge.vision.reference_body import ReferenceBody
from edge.vision.registration import Registration
from edge.vision.thermal_frame import from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.visit_reading import combine
from tests.vision.heat import REGISTRATION, Room

LEPTON = SENSORS["lepton35"]
PEOPLE = 20
PICTURES = 3
EVERY_S = 1.0  # breathed out, between, breathed in


@dataclass(frozen=True)
class Told:
    """What came of one person: the error of the reading and what was said of it, or the reason."""

    error_c: float
    uncertainty_c: float
    region: Region | None
    reason: Reason | None


def of_look(fits: Callable[[Look], bool]) -> Iterator[Look]:
    return (look for look in map(Look.of_seed, range(1000)) if fits(look))


@lru_cache
def told(glasses: bool, fringe: bool, masked: bool) -> tuple[Told, ...]:
    looks = of_look(lambda look: look.glasses == glasses and (look.hair is Hair.FRINGE) == fringe)
    return tuple(one(next(looks), masked) for _ in range(PEOPLE))


def one(look: Look, masked: bool) -> Told:
    rng = np.random.default_rng([look.seed, 3])
    ambient_c, skin_c, distance_m = (float(rng.uniform(*span)) for span in ((18, 30), (33.2, 38.2), LEPTON.distance_m))
    actor = person_at(LEPTON, distance_m, skin_c, look.seed, rng)
    worn = Placement.WORN if masked else None
    actor = replace(actor, mask=Mask.WORN if masked else Mask.ABSENT, appearance=Appearance(look.seed, worn))
    answers = list(read(actor, look, ambient_c))
    readings = [answer for answer in answers if isinstance(answer, Reading)]
    if len(readings) < 3:
        return Told(0.0, 0.0, None, next(answer.reason for answer in answers if isinstance(answer, Unmeasured)))
    reading = combine(readings)
    return Told(reading.corrected_c - skin_c, reading.uncertainty_c, reading.region, None)


def read(actor: Actor, look: Look, ambient_c: float) -> Iterator[Reading | Unmeasured]:
    config = gate_with(LEPTON, ambient_c, look.seed)
    assert isinstance(config.thermal, SimulatedThermal)
    assert config.reference is not None
    assert config.registration is not None
    thermal = ThermalPicture(
        World(Standing(actor), ambient_c, 0.042, look.seed, EFFECTS), config.thermal, config.sensor, config.reference
    )
    registration, body = Registration(config.registration), ReferenceBody(config.reference, config.sensor)
    thermometer, (boxes, landmarks) = Thermometer(config.sensor, config.screening, registration), face(actor, look)
    for number in range(1, PICTURES + 1):
        t_s = EVERY_S * number
        frame = from_counts(thermal.counts(t_s), 0, taken_s=t_s, number=number, ffc_age_s=600.0)
        seen = body.look(frame.celsius, registration.boxes(boxes), t_s)
        yield thermometer.measure(frame, boxes, landmarks, seen, t_s, -600.0)[0]


def face(actor: Actor, look: Look) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where a detector that makes small errors sees it."""
    x, y, unit_px = place_of(actor)
    points = np.array([(-look.eye_gap, 0.0), (look.eye_gap, 0.0), (0.0, 0.55), (-0.33, 1.0), (0.33, 1.0)])
    points += np.random.default_rng([look.seed, 5]).normal(0.0, 0.03, points.shape)
    corners = np.array([-1.06, BOX_TOP, 1.06, look.chin]) * unit_px + (x, y, x, y)
    return corners[None].astype(np.float32), (points * unit_px + (x, y))[None].astype(np.float32)


def right(people: tuple[Told, ...]) -> None:
    """Within twice what is said; nobody colder by more than 0.3 degC, which could hide a fever."""
    for person in people:
        assert abs(person.error_c) <= 2.0 * person.uncertainty_c, person
        assert person.error_c >= -0.3, person
    errors = np.array([person.error_c for person in people])
    assert abs(float(errors.mean())) <= 0.1


@pytest.mark.parametrize("masked", [False, True])
def test_people_with_glasses_are_read_on_their_foreheads(masked: bool) -> None:
    people = told(glasses=True, fringe=False, masked=masked)
    assert Counter(person.region for person in people) == {Region.FOREHEAD: PEOPLE}
    right(people)


def test_people_under_a_fringe_are_read_below_it() -> None:
    """Not the warmest quarter of what is left of the forehead: that is the fringe's edge, 0.2 to 0.6 degC too cold."""
    people = told(glasses=False, fringe=True, masked=False)
    measured = tuple(person for person in people if person.region is not None)
    assert len(measured) >= 18
    assert {person.region for person in measured} == {Region.UPPER_FACE}
    right(measured)


def test_who_hides_forehead_and_eyes_is_not_guessed() -> None:
    people = told(glasses=True, fringe=True, masked=False)
    measured = tuple(person for person in people if person.region is not None)
    assert len(measured) <= 2
    assert {person.reason for person in people if person.region is None} <= {Reason.COLD_SKIN, Reason.UNCERTAIN}


def test_breath_in_a_mask_and_over_its_edge_is_not_the_temperature() -> None:
    people = told(glasses=False, fringe=False, masked=True)
    assert Counter(person.region for person in people) == {Region.FOREHEAD: PEOPLE}
    right(people)
    bare = told(glasses=False, fringe=False, masked=False)
    more_c = [with_mask.error_c - without.error_c for with_mask, without in zip(people, bare, strict=True)]
    assert np.abs(more_c).max() <= 0.1


def test_nothing_is_read_below_the_edge_of_a_mask() -> None:
    """Which lies 0.2 eye distances below the eyes or lower; no turn or mirror of the camera changes that."""
    room = Room().with_face(height_px=60.0)
    points = locate(room.boxes, room.landmarks, REGISTRATION.faces(room.boxes)).points[0]
    eyes = room.landmarks[0, :2].mean(0) / 4.0
    eye_px = float(np.hypot(*(room.landmarks[0, 1] - room.landmarks[0, 0]))) / 4.0
    below = (points[1, : UPPER_POINTS + 18] - eyes[1]) / eye_px
    assert below.max() < 0.1
    assert below[:FOREHEAD_POINTS].max() < -0.3

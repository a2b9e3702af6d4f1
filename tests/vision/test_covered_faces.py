"""Twenty simulated people each with glasses, a fringe, both, and a mask they breathe through: read right, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from contract.verdicts import Mask, Reason, Region
from edge.app.in_simulation.setting import person_at
from edge.policy.reading import Reading, Unmeasured
from edge.sim.drawing.look import Hair, Look
from edge.sim.drawing.placement import Placement
from edge.sim.world import Appearance
from edge.vision.face_geometry import FOREHEAD_POINTS, UPPER_POINTS, locate
from edge.vision.visit_reading import combine
from tests.vision.heat import REGISTRATION, Room
from tests.vision.standing import LEPTON, read

PEOPLE = 20


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


def right(people: tuple[Told, ...]) -> None:
    """Within twice what is said; nobody colder by more than 0.3 degC, which could hide a fever."""
    for person in people:
        assert abs(person.error_c) <= 2.0 * person.uncertainty_c, person
        assert person.error_c >= -0.3, person
    errors = np.array([person.error_c for person in people])
    assert abs(float(errors.mean())) <= 0.1


def test_people_with_glasses_are_read_on_their_foreheads() -> None:
    people = told(glasses=True, fringe=False, masked=False)
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
    assert {person.reason for person in people if person.region is None} <= {Reason.FOREHEAD_COVERED, Reason.UNCERTAIN}


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

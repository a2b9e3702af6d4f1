"""Two heated bodies in view: while they agree they correct together, and when they do not nobody is measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from contract.errors import SettingsError
from contract.settings_file import check
from contract.verdicts import Reason
from edge.app.in_simulation.setting import person_at
from edge.config import GateConfig
from edge.config.thermometry import SecondReferenceConfig
from edge.policy.reading import Reading, Unmeasured
from edge.sim.drawing.look import Look
from edge.vision.band_radiance import apparent_c
from edge.vision.reference_body import ReferenceBody, ReferenceMissing, ReferenceSeen
from edge.vision.reference_pair import ReferencePair, most_apart_c, reference_of
from edge.vision.thermometry import Thermometer
from tests.vision.heat import NO_BOXES, REFERENCE, REGISTRATION, SCREENING, SENSOR, Room
from tests.vision.standing import LEPTON, read

SECOND = SecondReferenceConfig(row=100.0, col=140.0, radius_px=5.0, setpoint_c=34.0)
THERMOMETER = Thermometer(SENSOR, SCREENING, REGISTRATION)
LIMIT_C = most_apart_c(REFERENCE, SECOND)


def room(first_c: float | None = 36.0, second_c: float | None = 34.0, drift_c: float = 0.0) -> Room:
    """Both bodies, as warm as they really are; None: taken away. A face of 34 degC between them."""
    spots = () if second_c is None else ((100.0, 140.0, 5.0, float(apparent_c(second_c, SECOND.emissivity, 22.0))),)
    return Room(reference_c=first_c, spots=spots, noise_c=0.05, drift_c=drift_c).with_face(skin_c=34.0)


def pair(*, one_is_enough: bool = False, **changes: float) -> ReferencePair:
    return ReferencePair(REFERENCE, SECOND.model_copy(update={"one_is_enough": one_is_enough, **changes}), SENSOR)


def look(at: Room, bodies: ReferencePair | None = None, now_s: float = 100.0) -> ReferenceSeen | ReferenceMissing:
    return (bodies or pair()).look(at.frame().celsius, NO_BOXES, now_s)


def why(seen: ReferenceSeen | ReferenceMissing) -> str:
    assert isinstance(seen, ReferenceMissing)
    return seen.why


def measured(at: Room, seen: ReferenceSeen | ReferenceMissing) -> Reading | Unmeasured:
    return THERMOMETER.measure(at.frame(), at.boxes, at.landmarks, seen, 100.0, 0.0)[0]


@pytest.mark.parametrize("drift_c", [-2.0, 0.0, 1.5])
def test_two_that_agree_correct_together(drift_c: float) -> None:
    at = room(drift_c=drift_c)
    seen = look(at)
    assert isinstance(seen, ReferenceSeen)
    assert seen.numbers == (1, 2)
    answer = measured(at, seen)
    assert isinstance(answer, Reading)
    assert answer.corrected_c == pytest.approx(34.0, abs=0.15)
    assert answer.reference_bodies == (1, 2)


def test_the_surer_body_has_the_say() -> None:
    """The second reads 0.2 degC wrong: within what is allowed, and weighted by what is stated of it."""
    at = room(second_c=34.2)
    read = []
    for uncertainty_c in (0.02, 0.1, 1.0):
        answer = measured(at, look(at, pair(uncertainty_c=uncertainty_c)))
        assert isinstance(answer, Reading)
        read.append(answer.corrected_c)
    assert read[0] == pytest.approx(33.8, abs=0.12)
    assert read[2] == pytest.approx(34.0, abs=0.12)
    assert read[0] < read[1] < read[2]


def test_two_are_surer_than_one() -> None:
    both, alone = look(room()), look(room(second_c=None), pair(one_is_enough=True))
    assert isinstance(both, ReferenceSeen)
    assert isinstance(alone, ReferenceSeen)
    assert both.uncertainty_c == pytest.approx(alone.uncertainty_c / np.sqrt(2), rel=0.2)


@pytest.mark.parametrize("one_is_enough", [False, True])
@pytest.mark.parametrize(("first_c", "second_c"), [(36.0 + LIMIT_C + 0.15, 34.0), (36.0, 34.0 - LIMIT_C - 0.15)])
def test_when_they_disagree_nobody_is_measured(first_c: float, second_c: float, one_is_enough: bool) -> None:
    at = room(first_c, second_c)
    seen = look(at, pair(one_is_enough=one_is_enough))
    assert "disagree" in why(seen)
    assert "one of them is wrong" in why(seen)
    assert measured(at, seen) == Unmeasured(Reason.REFERENCE_LOST, 100.0)


def test_what_the_bodies_and_the_sensor_are_allowed_is_no_disagreement() -> None:
    assert pytest.approx(0.57 + 0.03 * 2.0, abs=0.01) == LIMIT_C
    assert isinstance(look(room(second_c=34.0 + LIMIT_C - 0.12)), ReferenceSeen)
    assert most_apart_c(REFERENCE, SECOND.model_copy(update={"setpoint_c": 44.0})) > LIMIT_C
    assert most_apart_c(REFERENCE, SECOND.model_copy(update={"uncertainty_c": 0.3})) > LIMIT_C


@pytest.mark.parametrize(("at", "named"), [(room(second_c=None), "the second one"), (room(first_c=None), "the first one")])
def test_one_alone_is_enough_only_where_the_settings_say_so(at: Room, named: str) -> None:
    assert why(look(at)).startswith(named)
    seen = look(at, pair(one_is_enough=True))
    assert isinstance(seen, ReferenceSeen)
    answer = measured(at, seen)
    assert isinstance(answer, Reading)
    assert answer.corrected_c == pytest.approx(34.0, abs=0.15)
    assert answer.reference_bodies == ((1,) if named == "the second one" else (2,))


def test_after_a_disagreement_neither_is_believed_alone_until_both_agree_again() -> None:
    bodies, right, wrong = pair(one_is_enough=True), room(), room(second_c=35.2)
    assert isinstance(look(right, bodies, 100.0), ReferenceSeen)
    assert "disagree" in why(look(wrong, bodies, 103.0))
    assert "disagree" in why(look(room(second_c=None), bodies, 106.0))
    assert "disagree" in why(look(room(first_c=None), bodies, 109.0))
    assert isinstance(look(right, bodies, 112.0), ReferenceSeen)
    assert isinstance(look(room(second_c=None), bodies, 115.0), ReferenceSeen)


def test_a_body_that_was_not_seen_for_a_minute_is_told_also_where_one_is_enough() -> None:
    bodies = pair(one_is_enough=True)
    assert isinstance(look(room(), bodies, 100.0), ReferenceSeen)
    for now_s in (130.0, 165.0):
        assert isinstance(look(room(second_c=None), bodies, now_s), ReferenceSeen)
    assert bodies.missed(130.0) == ()
    assert bodies.missed(165.0) == (2,)
    assert bodies.missed(float("nan")) == (1, 2)


def test_a_body_that_is_switched_off_is_named() -> None:
    assert why(look(room(first_c=22.3))).startswith("the first one: not warmer")
    assert why(look(room(first_c=None, second_c=None))).count("not warmer") == 2


def test_a_face_before_one_of_them_hides_that_one_only() -> None:
    celsius = room().celsius()
    y, x = np.mgrid[0 : celsius.shape[0], 0 : celsius.shape[1]]
    away = np.hypot(y - SECOND.row, x - SECOND.col)
    celsius[(away > SECOND.radius_px + 1) & (away < 20)] = 32.3
    boxes = np.array([[125.0, 80.0, 155.0, 118.0]])
    assert why(pair().look(celsius, boxes, 1.0)) == "the second one: a face is in front of it"
    seen = pair(one_is_enough=True).look(celsius, boxes, 1.0)
    assert isinstance(seen, ReferenceSeen)
    assert seen.numbers == (1,)


def test_a_jump_of_one_of_them_is_not_followed() -> None:
    bodies = pair()
    for tick in range(10):
        assert isinstance(look(room(), bodies, 100.0 + 0.1 * tick), ReferenceSeen)
    assert "jumped" in why(look(room(second_c=34.9), bodies, 101.0))
    assert bodies.lost_for_s(101.4) == pytest.approx(0.5)


def test_the_second_of_them_never_takes_the_first_for_itself() -> None:
    with pytest.raises(SettingsError, match="apart"):
        check(gate(second_reference={"row": 100.0, "col": 32.0, "setpoint_c": 34.0}), GateConfig, where="gate.toml")


def test_a_second_body_needs_a_first_one_and_the_same_knowledge_of_the_way() -> None:
    alone = {name: value for name, value in gate(second_reference=SECOND.model_dump()).items() if name != "reference"}
    with pytest.raises(SettingsError, match="first"):
        check(alone | {"screening": {"temperature": False}}, GateConfig, where="gate.toml")
    with pytest.raises(SettingsError, match="neither"):
        check(gate(second_reference=SECOND.model_dump() | {"distance_m": 1.0}), GateConfig, where="gate.toml")


def test_old_settings_with_one_body_are_settings() -> None:
    config = check(gate(), GateConfig, where="gate.toml")
    assert config.reference is not None
    assert isinstance(reference_of(config.reference, config.second_reference, config.sensor), ReferenceBody)
    both = check(gate(second_reference=SECOND.model_dump()), GateConfig, where="gate.toml")
    assert isinstance(reference_of(REFERENCE, both.second_reference, both.sensor), ReferencePair)


def gate(**changes: object) -> dict[str, object]:
    return {
        "gate": "two-bodies",
        "colour": {"source": "simulated"},
        "thermal": {"source": "simulated"},
        "reference": REFERENCE.model_dump(),
        "registration": {"matrix": [[0.25, 0.0, 0.0], [0.0, 0.25, 0.0]]},
        "uplink": {"database": "unused.db"},
    } | changes


def test_a_pair_without_a_single_number_is_missing() -> None:
    nothing = np.full((120, 160), np.nan, np.float32)
    assert isinstance(pair().look(nothing, NO_BOXES, 1.0), ReferenceMissing)
    assert isinstance(look(replace(room(), ambient_c=22.0), pair(), float("nan")), ReferenceSeen)
    assert not pair().lost_for_s(float("nan")) < 1.0


def test_the_simulator_shows_two_and_a_person_is_read_by_both() -> None:
    actor = person_at(LEPTON, 0.6, 36.0, 2, np.random.default_rng(2))
    second = {"row": 100.0, "col": 12.8, "radius_px": 4.8, "setpoint_c": 33.0}
    answers = list(read(actor, Look.of_seed(2), 22.0, second_reference=second))
    readings = [answer for answer in answers if isinstance(answer, Reading)]
    assert len(readings) == len(answers)
    assert all(reading.reference_bodies == (1, 2) for reading in readings)
    assert np.mean([reading.corrected_c for reading in readings]) == pytest.approx(36.0, abs=0.15)

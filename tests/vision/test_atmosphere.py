from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from edge.config.thermometry import SecondReferenceConfig
from edge.policy.reading import Reading
from edge.vision.atmosphere import arriving, leaving, through_air_c, transmission
from edge.vision.band_radiance import radiance
from edge.vision.reference_body import ReferenceSeen
from edge.vision.thermometry import Thermometer
from tests.vision.heat import REFERENCE, REGISTRATION, SCREENING, SENSOR, Room, look

THERMOMETER = Thermometer(SENSOR, SCREENING, REGISTRATION)


@pytest.mark.parametrize(("distance_m", "lost_c"), [(1.0, 0.076), (2.0, 0.108)])
def test_air_takes_as_much_as_the_makers_model_says(distance_m: float, lost_c: float) -> None:
    assert 34.5 - through_air_c(34.5, distance_m, 22.0) == pytest.approx(lost_c, abs=0.003)
    assert transmission(1.0, 22.0) == pytest.approx(0.994, abs=0.0005)


@pytest.mark.parametrize("humidity", [0.2, 0.8])
def test_humidity_nobody_measured_is_worth_two_hundredths(humidity: float) -> None:
    band = radiance(34.5)
    usual, other = (arriving(band, transmission(1.0, 22.0, h), 22.0) for h in (0.5, humidity))
    assert abs(float(usual - other)) / float(radiance(35.0) - radiance(34.0)) <= 0.028


def test_what_air_took_is_given_back() -> None:
    band, through = radiance(np.array([33.0, 36.0, 40.0])), transmission(1.3, 25.0)
    assert leaving(arriving(band, through, 25.0), through, 25.0) == pytest.approx(band)


def test_things_as_warm_as_the_air_lose_nothing() -> None:
    assert through_air_c(22.0, 3.0, 22.0) == pytest.approx(22.0, abs=1e-6)


def test_what_is_no_number_stays_none() -> None:
    assert math.isnan(transmission(math.nan, 22.0))
    assert math.isnan(transmission(1.0, math.nan))


def corrected_c(raw_c: float, distance_m: float, body_m: float | None) -> float:
    seen = ReferenceSeen(35.6, 100.0, 20.0, 0.05, 0.4, REFERENCE.model_copy(update={"distance_m": body_m}))
    return float(THERMOMETER.correct(np.array([raw_c]), seen, 22.0, np.array([distance_m]))[0])


def test_only_the_difference_to_the_body_s_own_way_counts() -> None:
    assert corrected_c(34.0, 1.0, 1.0) == pytest.approx(corrected_c(34.0, 1.0, None), abs=0.02)
    assert corrected_c(34.0, 2.0, 1.0) - corrected_c(34.0, 1.0, 1.0) == pytest.approx(0.03, abs=0.01)
    assert corrected_c(34.0, 0.5, 1.0) < corrected_c(34.0, 1.0, 1.0)
    assert corrected_c(34.0, 0.5, None) == corrected_c(34.0, 2.0, None)


def test_the_correction_does_not_know_normal() -> None:
    added = [corrected_c(raw_c, 2.0, 1.0) - corrected_c(raw_c, 2.0, None) for raw_c in np.arange(33.0, 40.1, 0.5)]
    assert np.ptp(np.diff(added)) < 1e-3  # a straight line: the share of physics, whoever stands there
    assert np.polyfit(np.arange(33.0, 40.1, 0.5), added, 1)[0] == pytest.approx(0.0, abs=0.01)


def test_a_way_that_is_told_makes_a_reading_surer() -> None:
    room = Room(noise_c=0.05).with_face(height_px=24.0)
    seen = look(room)
    assert isinstance(seen, ReferenceSeen)
    answers = [
        THERMOMETER.measure(room.frame(), room.boxes, room.landmarks, _with(seen, body_m), 100.0, 0.0)[0]
        for body_m in (None, 1.0)
    ]
    untold, told = (answer for answer in answers if isinstance(answer, Reading))
    assert told.uncertainty_c < untold.uncertainty_c


def _with(seen: ReferenceSeen, body_m: float | None) -> ReferenceSeen:
    return replace(seen, body=seen.body.model_copy(update={"distance_m": body_m}))


def test_a_second_body_loses_on_its_own_way() -> None:
    second = SecondReferenceConfig(row=10, col=10, setpoint_c=36.0, distance_m=2.0)
    near, far = (ReferenceSeen(35.6, 0, 0, 0.0, 0.4, body) for body in (second.model_copy(update={"distance_m": 0.5}), second))
    assert far.looks_c(22.0) < near.looks_c(22.0)

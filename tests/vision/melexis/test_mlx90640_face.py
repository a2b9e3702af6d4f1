"""A face before an MLX90640, from the sensor's bytes to the verdict: a temperature, and never a pass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from contract.verdicts import Mask, Reason, Verdict
from edge.config.thermometry import ReferenceConfig, RegistrationConfig, ScreeningConfig, SensorConfig
from edge.policy.reading import Reading, Unmeasured
from edge.policy.rule import Decision, Facts, Limits, decide
from edge.policy.vote import MaskVote
from edge.vision.reference_body import ReferenceBody
from edge.vision.registration import Registration
from edge.vision.thermal_frame import from_counts
from edge.vision.thermometry import Thermometer
from edge.vision.visit_reading import combine
from tests.vision.heat import COLOUR_PX, Face, Room
from tests.vision.melexis.test_mlx90640_source import Bench

SENSOR = SensorConfig(fov_deg=55.0, noise_c=0.7, max_uncertainty_c=2.0, min_face_px=6.0)
"""As docs/reference/thermal-sensors.md recommends it."""
REFERENCE = ReferenceConfig(row=5.0, col=5.0, radius_px=2.5, setpoint_c=36.0, search_px=1.0)
REGISTRATION = Registration(RegistrationConfig(matrix=[[1 / COLOUR_PX, 0.0, 0.0], [0.0, 1 / COLOUR_PX, 0.0]]))
SCREENING = ScreeningConfig(skin_to_core_c=2.5)
NOISE_C = 0.7
"""Data sheet, table 14: 0.25 degC for one pixel of a BAB at 1 Hz; times the root of the rate, 8 Hz."""


def before(skin_c: float) -> tuple[Bench, Room]:
    """A face at half a metre, nine to ten pixels high, and a reference body."""
    face = Face(col=19.0, row=14.0, height_px=10.0, skin_c=skin_c)
    room = Room(reference_c=None, faces=(face,), shape=(24, 32), spots=((5.0, 5.0, 2.5, 35.7),), blur_px=0.4)
    still, rng = room.celsius().astype(np.float64).ravel(), np.random.default_rng(3)

    def scene(_: float) -> NDArray[np.float64]:
        return still + rng.normal(0.0, NOISE_C, 768)

    made = Bench(scene=scene)
    made.open()
    made.watch(36.0)  # until the die has come to rest, and five seconds
    return made, room


def answers(bench: Bench, room: Room) -> list[Reading | Unmeasured]:
    body, thermometer = ReferenceBody(REFERENCE, SENSOR), Thermometer(SENSOR, SCREENING, REGISTRATION)
    said: list[Reading | Unmeasured] = []
    for shot in bench.watch(4.0):
        frame = from_counts(shot.counts, 0, taken_s=shot.taken_s, ffc_age_s=shot.ffc_age_s)
        seen = body.look(frame.celsius, REGISTRATION.boxes(room.boxes), frame.taken_s)
        said += thermometer.measure(frame, room.boxes, room.landmarks, seen, frame.taken_s, 0.0)
    return said


def decision(reading: Reading, limits: Limits) -> Decision:
    now_s = reading.taken_s
    mask = MaskVote(Mask.WORN, 12, 0.6, now_s)
    return decide(Facts(now_s, None, 1, near=True, mask=mask, reading=reading, gap_s=0.04, waiting_s=0.0), limits)


@pytest.mark.parametrize(
    ("skin_c", "said"), [(34.0, Decision(Verdict.CANNOT_MEASURE, Reason.ADVISORY)), (37.5, Decision(Verdict.RECHECK))]
)
def test_a_face_gets_a_temperature_within_a_degree_and_no_pass(skin_c: float, said: Decision) -> None:
    bench, room = before(skin_c)
    readings = [answer for answer in answers(bench, room) if isinstance(answer, Reading)]
    assert len(readings) >= 8
    reading = combine(readings)
    assert reading.corrected_c == pytest.approx(skin_c, abs=1.0)
    limits = Limits(mask=True, temperature=True, limit_c=37.3, max_uncertainty_c=SENSOR.max_uncertainty_c, advisory=True)
    assert decision(reading, limits) == said
    if said.verdict is not Verdict.RECHECK:
        assert decision(reading, replace(limits, advisory=False)).verdict is Verdict.PASS

"""Real recordings of an entrance kiosk with a Lepton 3.5 and a heated body in view."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from contract.verdicts import Reason, Region
from edge.config.thermometry import ReferenceConfig, RegistrationConfig, ScreeningConfig, SensorConfig
from edge.policy.reading import Reading, Unmeasured
from edge.vision.reference_body import ReferenceBody, ReferenceMissing, ReferenceSeen
from edge.vision.registration import Registration
from edge.vision.thermal_frame import ThermalFrame, from_counts
from edge.vision.thermometry import Thermometer
from tests.vision.heat import NO_BOXES

pytestmark = pytest.mark.reference
DATA = os.environ.get("MENSHEN_REFERENCE_DATA")
FOLDER = Path(DATA or ".") / "thermal" / "kiosk_clips"
if DATA is None or not FOLDER.is_dir():
    pytest.skip("MENSHEN_REFERENCE_DATA is not set or has no thermal/kiosk_clips", allow_module_level=True)

ROWS_AS_TAKEN = 120
DISC_PX = 5.5
# The kiosks lay on their side: turned clockwise by 90 degrees people stand upright.
LEPTON = SensorConfig(rotate=90, fov_deg=44.0, ffc_hold_s=5.0)
UNTOUCHED = Registration(RegistrationConfig(matrix=[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], residual_px=1.0))
SETPOINT_C = {"TKO8": 35.8, "TKO11": 36.0, "TKO16": 37.0, "manually-moral-bonefish": 36.6, "tko-0257-2888-4209": 36.0}
CLIPS = {row["clip"]: row for row in csv.DictReader((FOLDER / "clips.csv").read_text(encoding="utf-8").splitlines())}
COLD_START = "27792028"


@dataclass(frozen=True)
class Kiosk:
    clip: str

    @property
    def reference(self) -> ReferenceConfig:
        row, col = float(CLIPS[self.clip]["ref_row"]), float(CLIPS[self.clip]["ref_col"])
        setpoint_c = SETPOINT_C[CLIPS[self.clip]["device"]]
        return ReferenceConfig(row=col, col=ROWS_AS_TAKEN - 1 - row, radius_px=DISC_PX, setpoint_c=setpoint_c)

    def frames(self) -> Iterator[ThermalFrame]:
        cptv = pytest.importorskip("cptv")
        with (FOLDER / f"{self.clip}.cptv").open("rb") as file:
            for number, frame in enumerate(cptv.CPTVReader(file)):
                taken_s, ffc_s = frame.time_on.total_seconds(), frame.last_ffc_time.total_seconds()
                yield from_counts(frame.pix, LEPTON.rotate, taken_s=taken_s, number=number, ffc_age_s=taken_s - ffc_s)

    def looks(self) -> list[ReferenceSeen | ReferenceMissing]:
        body = ReferenceBody(self.reference, LEPTON)
        return [body.look(frame.celsius, NO_BOXES, frame.taken_s) for frame in self.frames()]

    def measure(self, box: tuple[float, ...], landmarks: list[tuple[float, float]]) -> list[Reading | Unmeasured]:
        """Every frame's answer for a face at one place, boxes and points in turned thermal pixels."""
        body = ReferenceBody(self.reference, LEPTON)
        thermometer = Thermometer(LEPTON, ScreeningConfig(), UNTOUCHED)
        boxes, points = np.array([box], np.float32), np.array([landmarks], np.float32)
        return [
            thermometer.measure(frame, boxes, points, body.look(frame.celsius, boxes, frame.taken_s), frame.taken_s, 0.0)[0]
            for frame in self.frames()
        ]


@pytest.mark.parametrize("clip", sorted(CLIPS.keys() - {COLD_START}))
def test_the_reference_is_found_in_a_real_recording(clip: str) -> None:
    looks = Kiosk(clip).looks()
    seen = [look for look in looks if isinstance(look, ReferenceSeen)]
    assert len(seen) >= 0.98 * len(looks)
    assert np.median([look.raw_c for look in seen]) == pytest.approx(float(CLIPS[clip]["ref_raw_c"]), abs=0.15)


def test_a_body_that_reads_29_degrees_on_a_cold_start_is_not_believed() -> None:
    looks = Kiosk(COLD_START).looks()
    assert all(isinstance(look, ReferenceMissing) and "setpoint" in look.why for look in looks)


# Where each of these people stands in the middle of the recording: box, eyes, nose, corners of the mouth.
STANDING = {
    "2afa22ad": ((72.0, 30.0, 106.0, 86.0), [(80.0, 49.0), (99.0, 52.0), (89.0, 61.0), (82.0, 72.0), (95.0, 73.0)]),
    "10500917": ((41.0, 49.0, 81.0, 107.0), [(51.0, 75.0), (72.0, 78.0), (60.0, 88.0), (52.0, 98.0), (66.0, 98.0)]),
    "9f136378": ((30.0, 61.0, 72.0, 125.0), [(43.0, 91.0), (62.0, 91.0), (52.0, 103.0), (45.0, 113.0), (60.0, 113.0)]),
    "6f3a68a3": ((55.0, 47.0, 89.0, 104.0), [(67.0, 72.0), (82.0, 74.0), (74.0, 83.0), (68.0, 91.0), (81.0, 92.0)]),
}


# Hair over most of the forehead: 31.5 degC where the band above the eyes has 32.9. Refused, not read as a cool person.
COVERED = "6f3a68a3"


def test_a_forehead_under_hair_is_no_temperature() -> None:
    answers = Kiosk(COVERED).measure(*STANDING[COVERED])
    middle = len(answers) // 2
    reasons = [answer.reason for answer in answers[middle - 3 : middle + 4] if isinstance(answer, Unmeasured)]
    assert reasons == [Reason.COLD_SKIN] * 7


@pytest.mark.parametrize("clip", sorted(STANDING.keys() - {COVERED}))
def test_a_real_person_before_a_real_kiosk_has_a_skin_temperature(clip: str) -> None:
    answers = Kiosk(clip).measure(*STANDING[clip])
    middle = len(answers) // 2
    readings = [answer for answer in answers[middle - 3 : middle + 4] if isinstance(answer, Reading)]
    assert len(readings) == 7
    corrected_c = [reading.corrected_c for reading in readings]
    assert 31.0 < min(corrected_c) <= max(corrected_c) < 36.0
    assert max(corrected_c) - min(corrected_c) < 0.5  # the place is fixed here, and they move
    assert all(reading.uncertainty_c < 0.5 for reading in readings)


def test_sunglasses_leave_the_forehead() -> None:
    answers = Kiosk("10500917").measure(*STANDING["10500917"])
    reading = answers[len(answers) // 2]
    assert isinstance(reading, Reading)
    assert reading.region is Region.FOREHEAD


def test_an_empty_entrance_has_no_temperature_wherever_one_looks() -> None:
    for box, landmarks in STANDING.values():
        assert not any(isinstance(answer, Reading) for answer in Kiosk("f123f6db").measure(box, landmarks))


def test_somebody_too_far_away_is_asked_to_come_closer() -> None:
    # Half a face across eight pixels at the upper edge of the picture, as in the recording of a passer-by.
    answers = Kiosk("1b5f1407").measure((100.0, 60.0, 108.0, 70.0), [(102, 63), (106, 63), (104, 65), (102, 67), (106, 67)])
    assert {answer.reason for answer in answers if isinstance(answer, Unmeasured)} == {Reason.APPROACH}
    assert len(answers) == 102


@pytest.mark.parametrize("clip", ["15069269", "35bc8ba1"])
def test_no_reading_within_five_seconds_of_a_real_shutter_event(clip: str) -> None:
    answers = Kiosk(clip).measure(*STANDING["9f136378"])
    late = [answer for answer, frame in zip(answers, Kiosk(clip).frames(), strict=True) if frame.ffc_age_s < 5.0]
    assert late
    assert all(isinstance(answer, Unmeasured) and answer.reason is Reason.FFC for answer in late)

"""Real recordings of an entrance kiosk through the gate's own thermometry, faces found in the thermal picture itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from contract.errors import SettingsError
from demo.child import console_command
from edge.app.clips.recording import recordings
from edge.errors import SourceError

SCANNED = {"15069269": 0, "6d8de70b": 0, "87a24e9c": 0, "fb8b1945": 1}
"""How many people tried to be scanned, as those who recorded it noted; three more are left to the whole evaluation."""

EMPTY_OR_TOO_FAR = ("f123f6db", "1b5f1407")
ONE_PERSON = ("0755cc2b", "9f136378", "fb8b1945")
UNSETTLED = "27792028"
"""Its heated body reads 6 degC below what it was set to."""


@pytest.fixture(scope="module")
def evaluated(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The command on a folder of some of the recordings, as anybody would call it."""
    folder = tmp_path_factory.mktemp("clips")
    source = reference_data / "thermal" / "kiosk_clips"
    wanted = {*SCANNED, *EMPTY_OR_TOO_FAR, *ONE_PERSON, UNSETTLED, "no_people_skyline"}
    for name in (*(f"{clip}.cptv" for clip in wanted), "clips.csv"):
        (folder / name).symlink_to(source / name)
    out = folder / "result.json"
    command = [console_command("menshen-edge"), "evaluate", "clips", str(folder), "--json", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(out.read_text(encoding="utf-8"))
    assert [one["clip"] for one in result["refused"]] == ["no_people_skyline"]
    assert "no_people_skyline" in done.stdout
    return {clip["clip"]: clip for clip in result["clips"]}


pytestmark = [pytest.mark.reference, pytest.mark.slow]


def test_the_recordings_are_found_to_lie_on_their_side(evaluated: dict[str, dict[str, Any]]) -> None:
    assert {evaluated[name]["turned_deg"] for name in ONE_PERSON} == {90}


def test_the_heated_body_is_found_in_every_recording_and_in_nearly_every_picture(evaluated: dict[str, dict[str, Any]]) -> None:
    for name, clip in evaluated.items():
        assert clip["reference"] is not None, name
        if name != UNSETTLED:
            assert clip["reference_found"] >= 0.98, name


def test_as_many_people_are_measured_as_tried_to_be(evaluated: dict[str, dict[str, Any]]) -> None:
    right = [name for name, people in SCANNED.items() if evaluated[name]["people_measured"] == people]
    assert len(right) >= 0.8 * len(SCANNED), {name: evaluated[name]["people_measured"] for name in SCANNED}
    assert evaluated["0755cc2b"]["people_measured"] == 1


def test_an_empty_scene_and_somebody_too_far_away_give_no_measurement(evaluated: dict[str, dict[str, Any]]) -> None:
    assert [evaluated[name]["people_measured"] for name in EMPTY_OR_TOO_FAR] == [0, 0]


def test_a_body_that_cannot_be_right_gives_no_measurement(evaluated: dict[str, dict[str, Any]]) -> None:
    clip = evaluated[UNSETTLED]
    assert clip["people_measured"] == 0
    assert clip["reference_found"] == 0.0
    assert clip["reasons"].keys() == {"reference_lost"}


def test_readings_of_one_person_stay_together_and_send_nobody_to_recheck(evaluated: dict[str, dict[str, Any]]) -> None:
    for name in ONE_PERSON:
        assert evaluated[name]["spread_c"] <= 0.3, name
        assert 31.0 < evaluated[name]["reading_c"] < 37.0
        assert evaluated[name]["uncertainty_c"] <= 0.5
    assert sum(clip["rechecks"] for clip in evaluated.values()) == 0


def test_nobody_is_measured_during_and_after_a_shutter_event(evaluated: dict[str, dict[str, Any]]) -> None:
    assert evaluated["15069269"]["ffc_holdoffs"] > 20
    assert evaluated["15069269"]["people_measured"] == 0


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no CPTV recording"):
        recordings(tmp_path)


@pytest.mark.parametrize(
    ("notes", "said"),
    [("name,reference\na,35\n", "no column `clip`"), ("clip,upstream_reference_c\na,warm\n", "'warm' is no number")],
)
def test_notes_that_cannot_be_read_are_named(notes: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.cptv").write_bytes(b"CPTV")
    (tmp_path / "clips.csv").write_text(notes, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        recordings(tmp_path)


def test_a_recording_without_a_note_takes_the_setpoint_of_its_device(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.cptv").write_bytes(b"")
    notes = "clip,device,upstream_reference_c\na,one,36.5\nb,one,\nc,two,\n"
    (tmp_path / "clips.csv").write_text(notes, encoding="utf-8")
    assert [recording.setpoint_c for recording in recordings(tmp_path)] == [36.5, 36.5, None]

"""Real recordings of a kiosk's Lepton through `menshen-edge run`: they play, they are measured in, they let nobody through."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from contract.verdicts import Verdict
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.settings import rest, text
from tests.system.until import until

pytestmark = [pytest.mark.reference, pytest.mark.slow]

ROWS_AS_TAKEN = 120
SETPOINT_C = {"TKO8": 35.8, "TKO11": 36.0, "TKO16": 37.0, "manually-moral-bonefish": 36.6, "tko-0257-2888-4209": 36.0}
CLIPS = ("2afa22ad", "9f136378", "15069269")
"""Two people who stand before a kiosk, and one with a shutter event while somebody stands there."""
LEPTON_FPS = 8.77


@pytest.mark.parametrize("clip", CLIPS)
def test_a_real_recording_plays_beside_drawn_people_and_lets_none_of_them_pass(
    clip: str, reference_data: Path, tmp_path: Path
) -> None:
    gate = _gate(tmp_path, reference_data / "thermal" / "kiosk_clips", clip, 'source = "simulated"')
    gate.start()
    try:
        until(lambda: Verdict.CANNOT_MEASURE in _verdicts(gate), 60, "somebody with a mask is not warm where the face is")
        until(lambda: _thermal_fps(gate) > LEPTON_FPS / 2, 20, "the recording is shown in its own time")
        _no_trouble(gate)
    finally:
        gate.stop()
    assert Verdict.PASS not in _verdicts(gate)


def test_a_recording_of_somebody_is_no_visitor_where_the_colour_camera_sees_nobody(reference_data: Path, tmp_path: Path) -> None:
    pictures = tmp_path / "walls"
    pictures.mkdir()
    for number in range(2):
        noise = np.random.default_rng(number).normal(120, 6, (480, 640, 3)).clip(0, 255).astype(np.uint8)
        cv2.imwrite(str(pictures / f"{number}.png"), cv2.GaussianBlur(noise, (0, 0), 2))
    colour = f'source = "folder"\npath = {text(pictures)}\nhold_s = 2.0'
    gate = _gate(tmp_path, reference_data / "thermal" / "kiosk_clips", CLIPS[0], colour)
    gate.start()
    try:
        until(lambda: _thermal_fps(gate) > LEPTON_FPS / 2, 30, "the recording is shown in its own time")
        _no_trouble(gate)
        assert gate.note("gate")["verdict"] == "idle"
    finally:
        gate.stop()
    assert gate.events("visit") == []


def test_a_gate_without_a_colour_camera_measures_a_recorded_visitor(reference_data: Path, tmp_path: Path) -> None:
    colour = 'source = "thermal"\nwidth = 360\nheight = 480'
    gate = _gate(tmp_path, reference_data / "thermal" / "kiosk_clips", CLIPS[1], colour, alone=True)
    gate.start()
    try:
        until(lambda: Verdict.PASS in _verdicts(gate), 60, "the visitor of the recording is measured")
        _no_trouble(gate)
        assert "colour" not in gate.restarts
    finally:
        gate.stop()
    [measured, *_] = [event.data for event in gate.events("visit") if event.data["verdict"] == Verdict.PASS]
    assert measured["screened_for"] == {"mask": False, "temperature": True}


def _gate(folder: Path, clips: Path, clip: str, colour: str, *, alone: bool = False) -> Gate:
    """A gate that needs no broker: nobody hears it, and that is no trouble.

    The drawn faces are laid onto the recording's upper edge, where nobody of these recordings has a face.
    """
    [name] = gate_names(1)
    with (clips / "clips.csv").open(encoding="utf-8", newline="") as lines:
        about = next(row for row in csv.DictReader(lines) if row["clip"] == clip)
    cameras = f"""gate = "{name}"

[colour]
{colour}

[thermal]
source = "cptv"
path = {text(clips / f"{clip}.cptv")}

[sensor]
rotate = 90
fov_deg = 44.0

[reference]
row = {float(about["ref_col"])}
col = {ROWS_AS_TAKEN - 1 - float(about["ref_row"])}
radius_px = 5.5
setpoint_c = {SETPOINT_C[about["device"]]}

"""
    cameras += _ALONE if alone else _BESIDE
    port = free_port()
    return Gate(name, folder, cameras + rest(folder / f"{name}.db", free_port(), _secret(folder), port), port)


_ALONE = """
[screening]
mask = false

[zone]
polygon = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
min_face = 0.21
"""
_BESIDE = """
[registration]
matrix = [[0.09, 0.0, 30.0], [0.0, 0.09, -6.0]]
"""


def _secret(folder: Path) -> Path:
    path = folder / "gate.secret"
    path.write_text("unused\n", encoding="ascii")
    return path


def _verdicts(gate: Gate) -> set[str]:
    return {event.data["verdict"] for event in gate.events("visit")}


def _thermal_fps(gate: Gate) -> float:
    """By the gate's newest health message."""
    health = gate.events("health")
    return float(health[-1].data["thermal_fps"]) if health else 0.0


def _no_trouble(gate: Gate) -> None:
    assert set(gate.restarts.values()) == {0}, gate.program.said
    for word in ("Traceback", "ERROR", "thermal_camera raised", "reference_lost raised"):
        assert word not in gate.program.said, gate.program.said

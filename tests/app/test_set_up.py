"""What the steps of the set-up write, find and remember."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from edge.app.hardware.found import Found, Kind
from edge.app.set_up.body import FEWEST, touched
from edge.app.set_up.choice import choose
from edge.app.set_up.confirmed import confirm, confirmed, file_of
from edge.clock import SystemClock
from edge.config import GateConfig, load_gate
from edge.config.draft import Draft
from edge.config.thermometry import ReferenceConfig
from edge.policy.set_up import Step
from edge.sim.cameras import simulated_thermal
from edge.vision.thermal_frame import from_counts
from tests.sim.gates import simulated_gate

NEW = Path(__file__).parents[2] / "firmware_configs" / "gates" / "new.toml"
WEBCAM = Found(
    "w", Kind.COLOUR, "Webcam", "", {"colour": {"source": "v4l2", "device": "/dev/video4", "width": 640, "height": 480}}
)
_LEPTON = {"source": "lepton_uvc", "device": "auto", "rows": 120, "cols": 160}
LEPTON = Found("l", Kind.THERMAL, "Lepton", "", {"thermal": _LEPTON, "sensor": {"fov_deg": 57.0}})
ARRAY = Found("m", Kind.THERMAL, "MLX90640", "", {"thermal": {"source": "mlx90640", "i2c_bus": 1}, "sensor": {"fov_deg": 55.0}})
PRESENCE = Found("a", Kind.THERMAL, "AMG8833", "", {"thermal": {"source": "amg8833", "i2c_bus": 1}})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(NEW, tmp_path / "gate.toml"))


def chosen(file: Path, colour: Found | None, thermal: Found | None) -> GateConfig:
    draft = Draft.of(file)
    choose(draft, load_gate(file), colour, thermal)
    file.write_text(draft.text, encoding="utf-8")
    return draft.checked()


def test_a_lepton_beside_a_webcam_screens_for_both_and_maps_by_nominal_numbers(file: Path) -> None:
    config = chosen(file, WEBCAM, LEPTON)
    assert config.screening.mask
    assert config.screening.temperature
    assert config.registration is not None
    assert config.registration.matrix is not None
    assert np.array(config.registration.matrix) == pytest.approx(np.array([[0.2658, 0.0, -5.06], [0.0, 0.2658, -3.8]]), abs=0.02)
    assert config.registration.residual_px == 8.0
    assert config.reference is not None
    assert config.set_up.unfinished


def test_a_sensor_that_only_tells_presence_measures_nobody_and_none_at_all_neither(file: Path) -> None:
    assert chosen(file, WEBCAM, LEPTON).screening.temperature
    assert not chosen(file, WEBCAM, PRESENCE).screening.temperature
    assert chosen(file, WEBCAM, None).reference is None
    assert "registration" not in file.read_text(encoding="utf-8")


def test_a_thermal_camera_alone_is_looked_at_in_its_own_picture(file: Path) -> None:
    config = chosen(file, None, LEPTON)
    assert (config.colour.source, config.colour.width, config.screening.mask) == ("thermal", 480, False)
    assert config.registration is None
    assert config.screening.temperature


def test_what_was_measured_stays_with_its_cameras_and_goes_with_them(file: Path) -> None:
    chosen(file, WEBCAM, LEPTON)
    draft = Draft.of(file)
    draft.set("reference.row", 33.0)
    draft.set("thermal.latency_s", 0.2)
    draft.set("registration.residual_px", 1.5)
    file.write_text(draft.text, encoding="utf-8")
    again = chosen(file, WEBCAM, LEPTON)
    assert again.reference is not None
    assert again.registration is not None
    assert (again.reference.row, again.registration.residual_px) == (33.0, 1.5)
    assert getattr(again.thermal, "latency_s") == 0.2  # noqa: B009 not every thermal source has one
    other = chosen(file, WEBCAM, ARRAY)
    assert other.reference is not None
    assert other.reference.row == 4.0
    assert getattr(other.thermal, "latency_s") == 0.06  # noqa: B009


def test_what_somebody_found_right_holds_for_those_settings_alone(file: Path, tmp_path: Path) -> None:
    gate = simulated_gate()
    gate = gate.model_copy(update={"uplink": gate.uplink.model_copy(update={"database": tmp_path / "gate.db"})})
    assert confirmed(gate) == frozenset()
    for step in (Step.ZONE, Step.AIM, Step.BARRIER):
        confirm(gate, step, file)
    assert confirmed(gate) == {Step.ZONE, Step.AIM, Step.BARRIER}
    smaller = gate.model_copy(update={"zone": gate.zone.model_copy(update={"min_face": 0.3})})
    assert confirmed(smaller) == {Step.AIM, Step.BARRIER}
    calibrated = gate.model_copy(update={"thermal": gate.thermal.model_copy(update={"latency_s": 0.3})})
    assert confirmed(calibrated) == confirmed(gate)
    turned = gate.model_copy(update={"sensor": gate.sensor.model_copy(update={"rotate": 180})})
    assert confirmed(turned) == {Step.ZONE, Step.BARRIER}
    file_of(gate).write_text("torn", encoding="utf-8")
    assert confirmed(gate) == frozenset()


@pytest.fixture(scope="module")
def pictures() -> list[np.ndarray]:
    camera = simulated_thermal(simulated_gate(), 0.0, SystemClock())
    return [from_counts(camera.counts(t_s), 0, taken_s=t_s).celsius for t_s in np.arange(FEWEST) * 0.15]


def test_a_finger_beside_the_reference_body_finds_it(pictures: list[np.ndarray]) -> None:
    told = ReferenceConfig(row=60.0, col=80.0, radius_px=4.0, setpoint_c=35.8)
    found = touched(pictures, (27.0, 30.0), told, simulated_gate().sensor)
    assert found.why is None
    assert [found.body.row, found.body.col] == pytest.approx([20.0, 22.0], abs=1.0)
    assert found.body.radius_px == pytest.approx(4.5, abs=1.0)
    assert found.raw_c == pytest.approx(35.8, abs=3.0)


def test_a_finger_where_there_is_none_is_told_why(pictures: list[np.ndarray]) -> None:
    told = ReferenceConfig(row=60.0, col=80.0, radius_px=4.0, setpoint_c=35.8)
    assert touched(pictures, (100.0, 140.0), told, simulated_gate().sensor).why
    warmer = touched(pictures, (20.0, 22.0), told.model_copy(update={"setpoint_c": 50.0}), simulated_gate().sensor)
    assert warmer.why is not None
    assert "at a setpoint of 50.0" in warmer.why

"""Which network, size and provider a gate ends up with, and that a measurement is believed only where it was made."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contract.errors import MenshenError, SettingsError
from contract.settings_file import check
from edge.app.eye import eye_of, input_of, region_of, runner_of
from edge.app.eye_profile import EyeProfile, profile_path, store, stored_runner
from edge.config import GateConfig
from edge.errors import ModelError
from edge.vision.model_file import entry_of
from edge.vision.network import PLAIN, Runner, available
from edge.vision.view import WHOLE

SHA = entry_of().sha256
ABSENT = next(name for name in ("acl", "xnnpack", "tensorrt", "cuda") if name not in available())


def gate(folder: Path, zone: dict[str, Any] | None = None, **model: Any) -> GateConfig:
    values = {
        "gate": "south-1",
        "colour": {"source": "v4l2"},
        "thermal": {"source": "none"},
        "screening": {"temperature": False},
        "zone": zone or {},
        "model": model,
        "uplink": {"database": str(folder / "gate.db")},
    }
    return check(values, GateConfig, where="a test")


def measured(folder: Path, runner: Runner, **otherwise: Any) -> GateConfig:
    """A gate on whose machine this runner was found to be the best, unless `otherwise`."""
    config = gate(folder)
    store(replace(EyeProfile.of(runner, SHA), **otherwise), profile_path(config))
    return config


def test_a_usual_gate_looks_at_its_whole_picture_at_the_middle_size(tmp_path: Path) -> None:
    assert region_of(gate(tmp_path)) is WHOLE
    assert input_of(gate(tmp_path)) == (416, 320)


def test_a_gate_whose_people_come_close_takes_the_quick_size(tmp_path: Path) -> None:
    assert input_of(gate(tmp_path, {"min_face": 0.3})) == (320, 256)


def test_a_narrow_zone_gets_the_pixels(tmp_path: Path) -> None:
    zone = {"polygon": [[0.4, 0.2], [0.6, 0.2], [0.6, 0.7], [0.4, 0.7]], "min_face": 0.08}
    x1, y1, x2, y2 = region_of(gate(tmp_path, zone)).pixels(640, 480)
    assert x1 > 150
    assert x2 - x1 < 300
    assert y2 - y1 < 400
    assert region_of(gate(tmp_path, zone, region="whole")) is WHOLE


def test_a_named_size_is_taken(tmp_path: Path) -> None:
    assert input_of(gate(tmp_path, input="512x384")) == (512, 384)


@pytest.mark.parametrize("size", ["416", "416x321", "0x0", "32x32", "9600x320", "autox", "416 x 320", ""])
def test_a_size_the_network_cannot_take_is_refused(tmp_path: Path, size: str) -> None:
    with pytest.raises(SettingsError, match="multiples of 32"):
        gate(tmp_path, input=size)


def test_without_a_measurement_the_processor_runs_it_with_one_thread(tmp_path: Path) -> None:
    assert runner_of(gate(tmp_path), entry_of()) == PLAIN


def test_a_measurement_is_used(tmp_path: Path) -> None:
    assert runner_of(measured(tmp_path, Runner("cpu", 2)), entry_of()) == Runner("cpu", 2)
    assert eye_of(gate(tmp_path))[1] == Runner("cpu", 2)


def test_what_the_settings_name_wins_over_a_measurement(tmp_path: Path) -> None:
    measured(tmp_path, Runner("cpu", 4))
    assert runner_of(gate(tmp_path, threads=3), entry_of()) == Runner("cpu", 3)
    assert runner_of(gate(tmp_path, provider="cuda"), entry_of()) == Runner("cuda", 1)


@pytest.mark.parametrize(
    ("otherwise", "why"),
    [
        ({"model_sha256": "0" * 64}, "another network"),
        ({"runtime": "0.1"}, "another onnxruntime"),
        ({"processor": "abacus"}, "another processor"),
        ({"provider": "magic"}, "damaged"),
        ({"threads": 0}, "damaged"),
        ({"threads": "many"}, "damaged"),
    ],
)
def test_a_measurement_of_something_else_is_left_aside_with_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, otherwise: dict[str, Any], why: str
) -> None:
    config = measured(tmp_path, Runner("cpu", 2), **otherwise)
    with caplog.at_level(logging.WARNING):
        assert runner_of(config, entry_of()) == PLAIN
    (line,) = caplog.messages
    assert why in line
    assert "menshen-edge bench" in line


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"provider": "cpu"', "\x00", json.dumps({"surplus": 1})])
def test_a_damaged_measurement_is_left_aside(tmp_path: Path, text: str) -> None:
    (tmp_path / "gate.eye.json").write_text(text)
    assert stored_runner(tmp_path / "gate.eye.json", SHA) is None


def test_a_measured_provider_that_is_gone_gives_way_to_the_processor(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = measured(tmp_path, Runner(ABSENT, 1))
    with caplog.at_level(logging.WARNING):
        _, runner = eye_of(config)
    assert runner == PLAIN
    assert any(ABSENT in line for line in caplog.messages)


def test_a_named_provider_that_is_absent_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no provider .* There are: .*cpu"):
        eye_of(gate(tmp_path, provider=ABSENT))


def test_a_measurement_that_cannot_be_stored_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(MenshenError, match="cannot be stored"):
        store(EyeProfile.of(PLAIN, SHA), tmp_path / "file" / "gate.eye.json")

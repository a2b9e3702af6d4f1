"""Settings of a gate without a colour camera."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contract.errors import SettingsError
from edge.app.generation import parts_of
from edge.app.mapping import mapping_of
from edge.app.rundir import RunDir
from edge.config import load_gate

ALONE = """gate = "g1"
[colour]
source = "thermal"
width = {width}
height = {height}
[thermal]
source = "cptv"
path = "clip.cptv"
[sensor]
rotate = {rotate}
[reference]
row = 10.0
col = 10.0
setpoint_c = 36.0
[screening]
mask = {mask}
temperature = {temperature}
{more}
[uplink]
database = "x.db"
"""


def written(folder: Path, **changed: Any) -> Path:
    path = folder / "gate.toml"
    path.write_text(
        ALONE.format(
            **({"width": 360, "height": 480, "rotate": 90, "mask": "false", "temperature": "true", "more": ""} | changed)
        ),
        encoding="utf-8",
    )
    return path


def test_faces_are_found_in_the_thermal_picture_and_the_mapping_is_exact(tmp_path: Path) -> None:
    config = load_gate(written(tmp_path))
    assert config.drawn_scale == 3
    mapping = mapping_of(config)
    assert mapping is not None
    assert mapping.matrix is not None
    assert mapping.matrix[0][0] == pytest.approx(1 / 3)
    assert config.replay


def test_no_process_waits_for_a_colour_camera(tmp_path: Path) -> None:
    parts = [part.name for part in parts_of(load_gate(written(tmp_path)), _Folder(tmp_path))]
    assert parts == ["thermal", "gate", "uplink", "kiosk"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mask": "true"}, "set screening.mask = false"),
        ({"temperature": "false"}, "set screening.temperature = true"),
        ({"width": 480, "height": 360}, "set 360 and 480"),
        ({"width": 400}, "set 360 and 480"),
        ({"rotate": 0}, "set 480 and 360"),
        ({"more": "[registration]\nmatrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]"}, r"take \[registration\] out"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(changed: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=said):
        load_gate(written(tmp_path, **changed))


class _Folder(RunDir):
    """A run's folder that nobody fills."""

    def board(self, name: str) -> Any:
        return name

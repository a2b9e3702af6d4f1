"""What runs the network tells its maker nothing: onnxruntime keeps what it would send in a file below the home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edge.vision import TELEMETRY_OFF

OUR_EYE = "from edge.vision.model_file import open_model; open_model()"
OUR_BENCHMARK = "import benchmarks.peers_times; from edge.vision.model_file import open_model; open_model()"


@pytest.mark.parametrize("program", [OUR_EYE, OUR_BENCHMARK])
@pytest.mark.parametrize("said", [{}, {TELEMETRY_OFF: "0"}], ids=["nothing-said", "asked-for"])
def test_a_network_that_runs_leaves_nothing_to_be_sent(program: str, said: dict[str, str], tmp_path: Path) -> None:
    quiet_by_itself = {"CI", "GITHUB_ACTIONS", "XDG_CACHE_HOME", "XDG_DATA_HOME", TELEMETRY_OFF, "PYTEST_CURRENT_TEST"}
    plain = {name: value for name, value in os.environ.items() if name not in quiet_by_itself}
    environment = plain | said | {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=Path(__file__).parents[2])
    assert [str(file) for file in tmp_path.rglob("*") if "onnxruntime" in str(file) or file.name == "deviceid"] == []

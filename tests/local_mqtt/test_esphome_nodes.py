"""The shipped node files pass ESPHome's own check, and a node speaks only as itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from demo.broker import REPOSITORY

NODES = REPOSITORY / "firmware_configs" / "esphome"
FILES = sorted(path.name for path in NODES.glob("*.yaml") if path.name != "secrets.example.yaml")
ESPHOME = REPOSITORY / "build" / "esphome" / "bin" / "esphome"


@pytest.fixture
def nodes(tmp_path: Path) -> Path:
    """A copy of the shipped folder with the example's secrets."""
    folder = tmp_path / "nodes"
    shutil.copytree(NODES, folder)
    shutil.copyfile(folder / "secrets.example.yaml", folder / "secrets.yaml")
    return folder


def check(node: Path) -> tuple[int, str]:
    """`esphome config`. Skips where ESPHome is not there."""
    if not ESPHOME.exists():
        pytest.skip("ESPHome is not installed; `make build/esphome/.ready` does it")
    home = {"HOME": str(node.parent), "PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run([ESPHOME, "config", node], env=home, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", FILES)
def test_a_node_file_is_valid_and_speaks_over_tls_as_itself(nodes: Path, name: str) -> None:
    returned, said = check(nodes / name)
    assert returned == 0, said
    user = f"{name.removesuffix('.yaml')}-1"
    for line in (
        f"  name: {user}",
        f"  username: {user}",
        f"  topic_prefix: {user}",
        "  port: 8883",
        "  skip_cert_cn_check: false",
    ):
        assert f"\n{line}\n" in said, line
    assert "\napi:" not in said, "a node that waits for Home Assistant starts again every 15 minutes"
    assert "\nswitch:" not in said, "a node of ours switches nothing"


def test_a_misspelt_key_is_refused(nodes: Path) -> None:
    wrong = (nodes / "air.yaml").read_text(encoding="utf-8").replace("measurement_mode", "mesurement_mode")
    (nodes / "air.yaml").write_text(wrong, encoding="utf-8")
    returned, said = check(nodes / "air.yaml")
    assert returned != 0
    assert "mesurement_mode" in said


def test_every_secret_stands_in_the_example_and_no_password_in_a_node_file() -> None:
    example = (NODES / "secrets.example.yaml").read_text(encoding="utf-8")
    for path in (*NODES.glob("*.yaml"), *NODES.glob("common/*.yaml")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"!secret (\w+)", text):
            assert f"\n{name}: " in f"\n{example}", f"{path.name}: {name}"
        if path.name != "secrets.example.yaml":
            said = re.findall(r"^\s*(?:\w*password|ssid): *(.*)$", text, re.MULTILINE)
            assert all(value.startswith("!secret ") for value in said), path.name
    assert FILES == ["air.yaml", "bin.yaml", "dispenser.yaml", "uvc.yaml"]

"""What runs in the images: the wheel with its locked requirements in a fresh environment, started by the images' own scripts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cloud.running import free_port, url_of, write_settings
from tests.fixtures_broker import wait_for

REPOSITORY = Path(__file__).resolve().parents[2]
SCREENS = REPOSITORY / "cloud" / "web" / "dist" / "index.html"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SCREENS.is_file(), reason="needs the screens: `make web`")]

Environment = Callable[..., Path]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    environment = {**os.environ, "PYTHON": sys.executable, "MENSHEN_WHEELS": str(folder)}
    subprocess.run(["sh", "docker/wheel.sh"], cwd=REPOSITORY, env=environment, check=True, capture_output=True, timeout=300)
    (made,) = folder.glob("menshen-*.whl")
    return made


@pytest.fixture
def environment(wheel: Path, tmp_path: Path) -> Environment:
    """A maker of environments with locked requirements and the wheel, and nothing of the developers'."""

    def make(*locks: str) -> Path:
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(tmp_path / "venv")], check=True)
        install = [*uv, "pip", "install", "--quiet", "--python", str(tmp_path / "venv" / "bin" / "python")]
        listed = [word for lock in locks for word in ("-r", str(REPOSITORY / "locks" / lock))]
        subprocess.run([*install, "--require-hashes", *listed], check=True, timeout=600)
        subprocess.run([*install, "--no-deps", str(wheel)], check=True)
        return tmp_path / "venv"

    return make


@contextmanager
def started(venv: Path, script: str, settings: Path) -> Iterator[None]:
    """The image's entry point with these settings; it has to end well when it is told to."""
    inside = {"MENSHEN_SETTINGS": str(settings), "MENSHEN_SECRETS": str(settings.parent), "MENSHEN_RUN": str(settings.parent)}
    inside["PYTHONDONTWRITEBYTECODE"] = ""  # its five processes would each compile everything anew
    inside["PATH"] = f"{venv / 'bin'}:{os.environ['PATH']}"
    log = settings.parent / "log"
    with log.open("wb") as out:
        command = [shutil.which("sh") or "sh", str(REPOSITORY / "docker" / script)]
        process = subprocess.Popen(command, cwd=settings.parent, env={**os.environ, **inside}, stdout=out, stderr=out)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0, log.read_text()


def answer(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return str(response.read().decode())
    except OSError:
        return ""


def test_the_cloud_of_the_wheel_serves_its_screens(environment: Environment, tmp_path: Path) -> None:
    venv = environment("cloud.txt", "postgres.txt")
    settings = write_settings(tmp_path / "cloud", free_port())
    (tmp_path / "cloud" / "ledger_password").write_text("a:b\\c")
    helped = subprocess.run([venv / "bin" / "menshen-cloud", "--help"], capture_output=True, text=True, check=True)
    assert "backup" in helped.stdout
    with started(venv, "start-cloud.sh", settings):
        wait_for(lambda: answer(f"{url_of(settings)}/api/health"), "the cloud serves", 90)
        assert json.loads(answer(f"{url_of(settings)}/api/health"))["parts"]["ledger"] == "working"
        assert "<script" in answer(url_of(settings))
    assert (tmp_path / "cloud" / "pgpass").read_text() == "*:*:*:*:a\\:b\\\\c\n"
    assert (tmp_path / "cloud" / "pgpass").stat().st_mode & 0o077 == 0


GATE = """
gate = "wheel-test"
[colour]
source = "v4l2"
device = "/dev/nothing"
[thermal]
source = "none"
[screening]
temperature = false
[uplink]
database = "gate.db"
[kiosk]
port = {port}
"""
"""A camera that is away is a state, and costs the tests less than a simulated one."""


DEVICES = """
from edge.config import i2c_exchange, register_map, serial_frame
i2c_exchange.load_exchange("scd4x"), serial_frame.load_frame("mh_z19"), register_map.load_map("xy_md02")
"""


def test_the_gate_of_the_wheel_screens(environment: Environment, tmp_path: Path) -> None:
    venv = environment("edge.txt")
    port = free_port()
    (tmp_path / "gate").mkdir()
    settings = tmp_path / "gate" / "gate.toml"
    settings.write_text(GATE.format(port=port))
    helped = subprocess.run([venv / "bin" / "menshen-edge", "--help"], capture_output=True, text=True, check=True)
    assert "calibrate" in helped.stdout
    subprocess.run([venv / "bin" / "python", "-c", DEVICES], cwd=tmp_path, check=True)
    with started(venv, "start-edge.sh", settings):
        wait_for(lambda: answer(f"http://127.0.0.1:{port}/health"), "the gate goes round", 120)
        assert "menshen_gate_up 1" in answer(f"http://127.0.0.1:{port}/metrics")
    assert (tmp_path / "gate" / "gate.db").exists()

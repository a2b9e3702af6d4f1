"""Bad input of a gate: each is refused in sentences, with what to do, before anything starts."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.broker import HOST, REPOSITORY, Broker
from tests.system.gate import Gate
from tests.system.house import free_port, gate_names
from tests.system.refusals import Said, edge, ran
from tests.system.settings import rest, text, walk_up

pytestmark = pytest.mark.broker
NAME = "refused"


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("broker"), {NAME: "one-secret"}, "cloud-secret") as running:
        yield running


class Bench:
    """A gate's settings that work; each test breaks one thing of them."""

    def __init__(self, folder: Path, broker: Broker) -> None:
        self.path = folder / "gate.toml"
        self.broker = broker
        self.kiosk_port = free_port()
        end = rest(folder / "gate.db", broker.port, broker.password_file(NAME), self.kiosk_port)
        self.text = walk_up(NAME) + end

    def run(self, *options: str) -> Said:
        self.path.write_text(self.text, encoding="utf-8")
        return edge("run", self.path, *options)

    def change(self, old: str, new: str) -> None:
        assert self.text.count(old) >= 1, old
        self.text = self.text.replace(old, new, 1)

    def colour(self, *lines: str) -> None:
        self.change('[colour]\nsource = "simulated"', "\n".join(["[colour]", *lines]))


@pytest.fixture
def bench(tmp_path: Path, broker: Broker) -> Bench:
    return Bench(tmp_path, broker)


def test_a_missing_settings_file(tmp_path: Path) -> None:
    edge("run", tmp_path / "nowhere.toml").refuses("nowhere.toml", "no such settings file", remedy="check the path")


def test_a_misspelt_key_names_the_right_one(bench: Bench) -> None:
    bench.change("[kiosk]", "[kiosk]\nmirrror = true")
    bench.run().refuses("gate.toml", "unknown key `kiosk.mirrror`", remedy="did you mean `mirror`?")


def test_a_value_of_the_wrong_type(bench: Bench) -> None:
    bench.change("setpoint_c = 36.0", 'setpoint_c = "warm"')
    bench.run().refuses("gate.toml", "reference.setpoint_c", "'warm'", remedy="correct the value")


def test_a_file_that_is_no_toml(bench: Bench) -> None:
    bench.change("[kiosk]", "[kiosk")
    bench.run().refuses("gate.toml", "not valid TOML", "line", remedy="correct that line")


def test_a_camera_that_is_not_there(bench: Bench) -> None:
    bench.colour('source = "v4l2"', 'device = "/dev/video77"')
    bench.run().refuses("no such camera", "/dev/video77", remedy="set colour.device")


def test_a_network_camera_nobody_serves(bench: Bench) -> None:
    bench.colour('source = "rtsp"', f'url = "rtsp://{HOST}:{free_port()}/door"')
    bench.run().refuses("does not answer", f"rtsp://{HOST}", remedy="check address")


def test_a_video_file_that_is_missing(bench: Bench, tmp_path: Path) -> None:
    bench.colour('source = "video"', f"path = {text(tmp_path / 'gone.mp4')}")
    bench.run().refuses("no such video file", "gone.mp4", remedy="check colour.path")


@pytest.mark.reference
def test_a_recording_of_the_first_version(bench: Bench, reference_data: Path) -> None:
    old = reference_data / "thermal" / "formats" / "v1.cptv"
    bench.change('[thermal]\nsource = "simulated"\nfps = 25.0', f'[thermal]\nsource = "cptv"\npath = {text(old)}')
    bench.run().refuses("v1.cptv", "version 1", remedy="record")


def test_a_replay_together_with_a_real_barrier(bench: Bench) -> None:
    bench.change('kind = "log"', 'kind = "pulse"\nline = 17')
    bench.run().refuses("replay", "pulse", "simulated", remedy="live cameras")


def test_a_kiosk_port_that_is_taken(bench: Bench) -> None:
    with socket.create_server((HOST, bench.kiosk_port)):
        bench.run().refuses(f"port {bench.kiosk_port}", "taken", remedy="choose another port")


def test_a_broker_that_refuses_the_password(bench: Bench, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.password"
    wrong.write_text("not-it\n", encoding="ascii")
    bench.change(text(bench.broker.password_file(NAME)), text(wrong))
    bench.run().refuses("the broker refuses", NAME, remedy="password_file")


def test_weights_that_are_not_those_of_the_manifest(bench: Bench, tmp_path: Path) -> None:
    tree = _copied_tree(tmp_path)
    for weights in (tree / "models").glob("*.onnx"):
        weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    bench.path.write_text(bench.text, encoding="utf-8")
    said = ran([sys.executable, "-m", "edge", "run", str(bench.path)], tree)
    said.refuses(str(tree / "models"), "the weights differ from the manifest", "sha256", remedy="put the original weights back")


def _copied_tree(folder: Path) -> Path:
    """The product's own files elsewhere, so that they can be spoilt: Python takes packages of the working folder first."""
    for package in ("contract", "edge"):
        shutil.copytree(REPOSITORY / package, folder / "tree" / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tree" / "models").mkdir()
    for file in (*(REPOSITORY / "models").glob("*.toml"), *(REPOSITORY / "models").glob("*.onnx")):
        shutil.copy(file, folder / "tree" / "models")
    return folder / "tree"


@pytest.mark.slow
def test_a_gate_that_runs_already(tmp_path: Path) -> None:
    [name] = gate_names(1)
    with Broker(tmp_path / "broker", {name: "one-secret"}, "cloud-secret") as broker:
        end = rest(tmp_path / f"{name}.db", broker.port, broker.password_file(name), port := free_port())
        gate = Gate(name, tmp_path, walk_up(name) + end, port)
        gate.start()
        try:
            other = tmp_path / "other.toml"
            other.write_text(gate.settings.read_text(encoding="utf-8").replace(str(port), str(free_port())), encoding="utf-8")
            edge("run", other).refuses(f"gate {name} runs already", remedy="stop the other one first")
            assert gate.ready
        finally:
            gate.stop()

"""What the set-up refuses, and what it takes, on a gate whose processes the test plays."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from contract.errors import MenshenError
from edge.app.rundir import RunDir
from edge.app.set_up.calibration import Calibration
from edge.app.set_up.wizard import Wizard
from edge.config import GateConfig, load_gate
from edge.config.effect import ASKED
from edge.config.history import formers
from edge.policy.set_up import Step
from edge.sim.stage import registration_matrix
from tests.clocks import FakeClock
from tests.kiosk.conftest import until

NEW = Path(__file__).parents[2] / "firmware_configs" / "gates" / "new.toml"
LIVE = {"state": "live", "fps": 9.0}
WIRED = 'kind = "pulse"\nline = 17\narm_clear_line = 27\n[inputs]\nfire_line = 24\n[simulation]\ncircuit = true\n'


class Played:
    """A gate as it was installed, with what its processes say."""

    def __init__(self, folder: Path, **replaced: str) -> None:
        self.file = Path(shutil.copy(NEW, folder / "gate.toml"))
        said = self.file.read_text(encoding="utf-8").replace("/var/lib/menshen", str(folder))
        for old, new in replaced.items():
            assert old in said
            said = said.replace(old, new)
        self.file.write_text(said, encoding="utf-8")
        self.config: GateConfig = load_gate(self.file)
        self.clock, self.rundir = FakeClock(), RunDir(folder)
        self.rundir._fill(self.config)
        self.rundir._settings.symlink_to(self.file)
        self.wizard = Wizard(self.rundir, self.config, self.clock)
        self.says("gate", fire=False, in_zone=0, barrier_open=False, arm_clear=True)

    def says(self, board: str, **note: Any) -> None:
        self.rundir.board(board).post(note, self.clock.monotonic_s())

    def does(self, act: str, **asked: Any) -> dict[str, Any]:
        return self.wizard.act(act, asked)

    def need(self, step: Step) -> str:
        return str(self.wizard.state()["steps"][step.value])


@pytest.fixture
def gate(tmp_path: Path) -> Played:
    return Played(tmp_path)


def test_a_zone_is_shown_before_it_is_kept_and_the_gate_is_asked_to_take_it(gate: Played) -> None:
    polygon = [[0.2, 0.0], [0.8, 0.0], [0.8, 1.0]]
    before = gate.file.read_bytes()
    shown = gate.does("zone", polygon=polygon, apply=False)
    assert [one["key"] for one in shown["differences"]] == ["zone.polygon"]
    assert gate.file.read_bytes() == before
    kept = gate.does("zone", polygon=polygon, apply=True)
    assert load_gate(gate.file).zone.polygon == polygon
    assert (gate.rundir.board(ASKED).read() or {})["name"] == kept["ask"]
    assert gate.does("undo")["ask"] != kept["ask"]
    assert gate.file.read_bytes() == before


def test_a_zone_that_the_gate_would_refuse_changes_nothing(gate: Played) -> None:
    before = gate.file.read_bytes()
    with pytest.raises(MenshenError, match="polygon"):
        gate.does("zone", polygon=[[0.2, 0.0], [0.8, 0.0]], apply=True)
    assert gate.file.read_bytes() == before
    assert formers(gate.file) == []


def test_nobody_is_let_in_before_camera_zone_and_aim_are_right_and_the_camera_lives(gate: Played) -> None:
    for step in ("cameras", "zone"):
        gate.does("confirm", step=step)
    with pytest.raises(MenshenError, match="still to do: cameras, aim"):
        gate.does("finish", apply=True)
    gate.does("confirm", step="aim")
    gate.says("colour", state="missing")
    with pytest.raises(MenshenError, match="still to do: cameras"):
        gate.does("finish", apply=True)
    assert load_gate(gate.file).set_up.unfinished
    gate.says("colour", **LIVE)
    gate.does("finish", apply=True)
    assert not load_gate(gate.file).set_up.unfinished


def test_another_phone_or_a_reboot_finds_what_was_done(gate: Played) -> None:
    gate.does("confirm", step="zone")
    gate.says("colour", **LIVE)
    again = Wizard(gate.rundir, gate.config, gate.clock)
    assert again.state()["steps"]["zone"] == "done"
    assert again.state()["missing"] == ["cameras", "aim"]


def test_an_arm_is_not_right_before_it_moved_and_its_inputs_were_seen_to_react(tmp_path: Path) -> None:
    live = 'source = "v4l2"\ndevice = "/dev/video0"'
    gate = Played(tmp_path, **{'kind = "log"            # nothing moves': WIRED, live: 'source = "simulated"'})
    assert gate.need(Step.BARRIER) == "to_do"
    with pytest.raises(MenshenError, match="not seen to open"):
        gate.does("confirm", step="barrier")
    with pytest.raises(MenshenError, match="nobody is seen in the zone"):
        gate.does("open", nobody_under=True)
    with pytest.raises(MenshenError, match="say first"):
        gate.does("open", nobody_under=False)
    gate.says("gate", fire=True, in_zone=1, barrier_open=True, arm_clear=False)
    gate.wizard.state()
    with pytest.raises(MenshenError, match="fire contact is open"):
        gate.does("open", nobody_under=True)
    gate.says("gate", fire=False, in_zone=1, barrier_open=False, arm_clear=False)
    told = gate.wizard.state()
    assert told["reacted"] == {"arm_clear": True, "fire": True}
    with pytest.raises(MenshenError, match="not seen to open"):
        gate.does("confirm", step="barrier")


def test_a_camera_that_was_not_found_is_not_chosen(gate: Played) -> None:
    with pytest.raises(MenshenError, match="not there"):
        gate.does("cameras", colour="/dev/video7", thermal=None, apply=True)
    with pytest.raises(MenshenError, match="needs a camera"):
        gate.does("cameras", colour=None, thermal=None, apply=True)


SIMULATED = {
    'source = "v4l2"\ndevice = "/dev/video0"': 'source = "simulated"\nfps = 6.0',
    'source = "none"': 'source = "simulated"\nfps = 6.0',
    "[uplink]": f'[simulation]\ncameras = "apart"\n[registration]\nmatrix = {registration_matrix()}\n[uplink]',
}


def test_a_calibration_beside_the_gate_that_saw_too_little_says_so_and_writes_nothing(tmp_path: Path) -> None:
    gate = Played(tmp_path, **SIMULATED)
    files = set(tmp_path.iterdir())
    calibration = Calibration(gate.rundir.path)
    calibration.start(tmp_path / "new.toml", seconds=1.0)
    with pytest.raises(MenshenError, match="at work"):
        calibration.start(tmp_path / "other.toml")
    until(lambda: (calibration.state or {})["outcome"] is not None, 240.0)
    state = calibration.state or {}
    assert "too little was seen" in state["outcome"]["refused"]["what"]
    assert calibration.made is None
    assert set(tmp_path.iterdir()) == files

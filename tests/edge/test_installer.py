"""The installer of a gate, run below a folder that stands for the machine's root; Python's environment is played."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from edge.config import load_gate

REPOSITORY = Path(__file__).resolve().parents[2]
SCRIPT = REPOSITORY / "firmware_configs" / "install" / "gate.sh"
# Stands for python3: real but for `-m venv`, which makes an environment whose pip only writes down what it is asked.
PYTHON = f"""#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
  mkdir -p "$3/bin"
  printf '#!/bin/sh\\necho "$@" >>"%s/asked"\\n' "$(dirname "$0")" >"$3/bin/python"
  chmod +x "$3/bin/python"
else
  exec {sys.executable} "$@"
fi
"""


class Machine:
    """A root folder, and a path on which `python3` is played."""

    def __init__(self, folder: Path) -> None:
        self.root, self.path = folder / "root", folder / "bin"
        self.root.mkdir()
        self.path.mkdir()
        (self.path / "python3").write_text(PYTHON, encoding="utf-8")
        (self.path / "python3").chmod(0o755)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "MENSHEN_ROOT": str(self.root), "PATH": f"{self.path}:{os.environ['PATH']}"}
        return subprocess.run(["sh", SCRIPT, *words], env=environment, capture_output=True, text=True, check=False, timeout=60)

    def files(self) -> set[str]:
        """Everything below the root but the program itself."""
        found = {str(file.relative_to(self.root)) for file in self.root.rglob("*") if not file.is_dir() or file.is_symlink()}
        return {file for file in found if not file.startswith("opt/menshen")}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_gate_is_installed_from_the_locks_with_units_rights_and_settings(machine: Machine) -> None:
    done = machine.run()
    assert done.returncode == 0, done.stderr
    asked = (machine.path / "asked").read_text(encoding="utf-8")
    assert f"--require-hashes -r {REPOSITORY}/locks/edge.txt" in asked
    assert "--no-deps" in asked
    assert machine.files() == {
        "usr/lib/sysusers.d/menshen.conf",
        "etc/systemd/system/menshen-gate.service",
        "etc/systemd/system/menshen-kiosk.service",
        "etc/systemd/journald.conf.d/menshen.conf",
        "etc/systemd/system.conf.d/menshen-watchdog.conf",
        "etc/udev/rules.d/70-menshen.rules",
        "etc/menshen/gate.toml",
        "usr/local/bin/menshen-edge",
    }
    unit = (machine.root / "etc/systemd/system/menshen-gate.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/menshen/bin/menshen-edge" in unit
    assert "menshen-edge technician" in done.stdout


def test_a_fresh_gate_has_a_name_of_its_own_lets_nobody_in_and_waits_for_a_phone(machine: Machine) -> None:
    (machine.root / "etc").mkdir()
    (machine.root / "etc/machine-id").write_text("4c4c4544004b5710805ac6c04f4d3332\n", encoding="ascii")
    machine.run()
    gate = load_gate(machine.root / "etc/menshen/gate.toml")
    assert gate.gate == "gate-" + hashlib.sha256(b"4c4c4544004b5710805ac6c04f4d3332\n").hexdigest()[:8]
    assert gate.set_up.unfinished
    assert gate.technician.listen is not None
    assert not gate.barrier.real


def test_run_again_it_updates_and_leaves_the_settings_alone(machine: Machine) -> None:
    machine.run()
    settings = machine.root / "etc/menshen/gate.toml"
    settings.write_text("# mine\n", encoding="utf-8")
    before = machine.files()
    assert machine.run().returncode == 0
    assert machine.files() == before
    assert settings.read_text(encoding="utf-8") == "# mine\n"
    listed = (machine.root / "opt/menshen/installed.txt").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len(set(listed)) == 7


def test_undone_nothing_is_left_but_settings_and_events_and_purged_not_these(machine: Machine) -> None:
    machine.run()
    (machine.root / "var/lib/menshen/gate.db").write_bytes(b"events")
    assert machine.run("--undo").returncode == 0
    assert machine.files() == {"etc/menshen/gate.toml", "var/lib/menshen/gate.db"}
    assert not (machine.root / "opt/menshen").exists()
    machine.run()
    assert machine.run("--undo", "--purge").returncode == 0
    assert machine.files() == set()


@pytest.mark.parametrize("words", [("--remove",), ("--undo", "--all"), ("--undo",)])
def test_a_word_it_does_not_know_or_nothing_to_undo_is_an_error_with_a_remedy(machine: Machine, words: tuple[str, ...]) -> None:
    done = machine.run(*words)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "   do: " in done.stderr
    assert machine.files() == set()


def test_a_python_that_is_too_old_is_refused_before_anything_is_touched(machine: Machine) -> None:
    (machine.path / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    done = machine.run()
    assert done.returncode == 2
    assert "older than 3.11" in done.stderr
    assert machine.files() == set()

"""A real file system that is full or read-only, in a mount namespace of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.mounting import mounting

REPOSITORY = Path(__file__).resolve().parents[2]


pytestmark = mounting


def happened(how: str, folder: Path) -> dict[str, Any]:
    command = ["unshare", "-m", sys.executable, "-m", "tests.uplink.small_disk", how, str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_on_a_full_disk_the_gate_goes_on_and_names_what_it_gave_up(tmp_path: Path) -> None:
    said = happened("full", tmp_path)
    assert said["ballast_thrown"]
    assert said["every_number_once"], said
    assert said["named"] > 1000
    assert said["alerts"] == 3, "no alert went"
    assert said["integrity"] == "ok"


def test_on_a_read_only_disk_events_wait_in_memory_until_it_takes_them(tmp_path: Path) -> None:
    said = happened("read_only", tmp_path)
    assert said["waited_in_memory"] == 1
    assert (said["numbers"], said["kept"], said["alerts"]) == (1, 1, 1)

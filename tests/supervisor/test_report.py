"""The watchdog is fed by the rounds of loop, writer and sender, work or no work; what is merely missing is told, not punished."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.notify import ServiceManager
from edge.board import Board
from edge.supervisor import Part, Report, Supervisor
from tests.clocks import FakeClock
from tests.notified import Notified, notify_socket

SLEEPS = (sys.executable, "-S", "-c", "import time; time.sleep(600)")
WATCHDOG_S = 10.0
PARTS = {"colour": 2.0, "gate": 5.0, "uplink": 15.0, "kiosk": 10.0}
"""Their patience in seconds, as in a gate."""


class Gate:
    """Real processes that sleep, real boards that the test writes, a real socket, and a clock the test moves.

    Attributes: note, what the uplink and the camera say; silent, the rounds that are not made.
    """

    def __init__(self, folder: Path, manager: Notified) -> None:
        self.clock = FakeClock()
        self.manager = manager
        self.boards = {name: Board.create(folder / f"{name}.board") for name in ("supervisor", *PARTS)}
        self.started: list[subprocess.Popen[bytes]] = []
        parts = [Part(name, SLEEPS, self.boards[name], patience_s) for name, patience_s in PARTS.items()]
        self.supervisor = Supervisor(parts, self.boards["supervisor"], self.clock, self._start)
        self.report = Report(ServiceManager(manager.address, WATCHDOG_S), self.boards, self.clock.now_s)
        self.camera: dict[str, Any] = {"state": "live"}
        self.uplink: dict[str, Any] = {"connected": True, "outbox_rows": 0, "writer_beat_s": 0.0, "sender_beat_s": 0.0}
        self.silent: set[str] = set()

    def _start(self, part: Part) -> subprocess.Popen[bytes]:
        self.started.append(subprocess.Popen(part.command))
        return self.started[-1]

    def live(self, seconds: float, *, step_s: float = 0.5) -> int:
        """How often the watchdog was fed meanwhile."""
        before = self.manager.fed
        for _ in range(round(seconds / step_s)):
            self.clock.advance(step_s)
            self._go_round()
            self.supervisor.round()
            self.report.round(self.clock.now_s, self.supervisor.started_s)
            self.manager.listen()
        return self.manager.fed - before

    def _go_round(self) -> None:
        now_s = self.clock.now_s
        self.boards["colour"].post(self.camera, now_s)
        self.boards["kiosk"].post({"port": 1}, now_s)
        if "loop" not in self.silent:
            self.boards["gate"].post({"verdict": "idle"}, now_s)
        if "writer" in self.silent:
            return  # the writer's thread is the one that keeps the board
        self.uplink["writer_beat_s"] = now_s
        if "sender" not in self.silent:
            self.uplink["sender_beat_s"] = now_s
        self.boards["uplink"].post(self.uplink, now_s)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    with notify_socket(str(tmp_path / "notify")) as manager:
        gate = Gate(tmp_path, manager)
        yield gate
        gate.supervisor.stop()


def test_ten_minutes_without_camera_broker_and_disk_change_no_process_and_the_watchdog_is_fed(gate: Gate) -> None:
    gate.live(5)
    pids = [process.pid for process in gate.started]
    gate.camera = {"state": "missing", "detail": "no such device"}
    gate.uplink |= {"connected": False, "away": "connection refused", "disk": "read-only", "outbox_rows": 412}
    fed = gate.live(600)
    assert fed >= 600 / WATCHDOG_S * 3
    assert [process.pid for process in gate.started] == pids
    assert all(process.poll() is None for process in gate.started)
    assert gate.manager.status == (
        "colour camera missing (no such device); cannot measure, kiosk points to the staffed lane; "
        "disk takes no events (read-only); broker away (connection refused); 412 events wait for the cloud"
    )


def test_a_sender_that_is_stuck_stops_the_feeding_though_its_process_lives(gate: Gate) -> None:
    gate.live(20)
    gate.silent = {"sender"}
    gate.live(WATCHDOG_S)
    assert gate.live(60) == 0, "systemd would have restarted it by now"
    assert gate.manager.status.startswith("stuck: sender; ")
    assert len(gate.started) == len(PARTS)


def test_a_writer_that_is_stuck_stops_the_feeding_until_its_process_is_started_again(gate: Gate) -> None:
    gate.live(20)
    gate.silent = {"writer"}
    gate.live(WATCHDOG_S + 1)
    assert gate.live(3) == 0
    gate.live(2)
    assert len(gate.started) == len(PARTS) + 1, "killed by the supervisor after its patience"
    gate.silent = set()
    assert gate.live(20) > 4
    assert gate.manager.status == "screening; connected to the broker; 0 events wait for the cloud; started again: uplink 1x"


def test_a_loop_that_no_new_process_cures_stops_the_feeding_after_a_minute(gate: Gate) -> None:
    gate.live(20)
    gate.silent = {"loop"}
    assert gate.live(30) > 0, "the supervisor tries first"
    gate.live(31)
    assert gate.live(200) == 0
    assert gate.manager.status.startswith("stuck: loop")


def test_a_slow_start_is_no_reason_to_be_restarted(gate: Gate) -> None:
    gate.silent = {"loop", "writer"}
    assert gate.live(50) > 10

"""Processes that end are started again, those that hang are ended first; a missing camera is no reason for either."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.board import Board
from edge.supervisor import Part, Supervisor
from tests.clocks import FakeClock

SLEEPS = (sys.executable, "-S", "-c", "import time; time.sleep(600)")


class Watched:
    """A supervisor of one sleeping process, with a board the test writes."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.board = Board.create(folder / "part.board")
        self.own = Board.create(folder / "supervisor.board")
        self.started: list[subprocess.Popen[bytes]] = []
        part = Part("colour", SLEEPS, self.board, patience_s=2.0, start_s=60.0)
        self.supervisor = Supervisor([part], self.own, self.clock, self._start)

    def _start(self, part: Part) -> subprocess.Popen[bytes]:
        self.started.append(subprocess.Popen(part.command))
        return self.started[-1]

    def rounds(self, seconds: float, note: dict[str, object] | None = None, beat_every_s: float | None = 0.1) -> None:
        for step in range(round(seconds / 0.1)):
            self.clock.advance(0.1)
            if note is not None and beat_every_s and step % round(beat_every_s / 0.1) == 0:
                self.board.post(note, self.clock.now_s)
            self.supervisor.round()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.supervisor.stop()
    assert all(process.poll() is not None for process in watched.started)


def test_a_process_that_was_killed_is_started_again_and_counted(watched: Watched) -> None:
    watched.rounds(1.0, {"state": "live"})
    watched.started[0].kill()
    watched.started[0].wait()
    watched.rounds(2.0, {"state": "live"})
    assert len(watched.started) == 2
    assert (watched.own.read() or {})["restarts"] == {"colour": 1}


def test_a_read_that_hangs_for_two_seconds_ends_its_process(watched: Watched) -> None:
    watched.rounds(1.0, {"state": "live"})
    watched.rounds(3.5)
    assert len(watched.started) == 2
    assert watched.started[0].poll() is not None


def test_a_camera_that_is_missing_for_ten_minutes_is_a_state_and_the_process_stays(watched: Watched) -> None:
    watched.rounds(600.0, {"state": "missing"}, beat_every_s=5.0)
    assert len(watched.started) == 1


def test_a_process_that_never_begins_is_given_up_after_its_time(watched: Watched) -> None:
    watched.rounds(55.0)
    assert len(watched.started) == 1
    watched.rounds(10.0)
    assert len(watched.started) == 2


def test_a_process_that_ends_at_once_is_not_started_in_a_storm(watched: Watched) -> None:
    for _ in range(12):
        watched.rounds(1.0)
        for process in watched.started:
            process.kill()
            process.wait()
    assert len(watched.started) <= 6


DEAF = (
    *(sys.executable, "-S", "-c"),
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)",
)


def test_while_processes_are_ended_the_watchdog_can_be_fed_and_one_that_does_not_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge.supervisor.supervise.STOP_S", 0.6)
    with subprocess.Popen(DEAF, stdout=subprocess.PIPE) as deaf:
        assert deaf.stdout is not None
        deaf.stdout.readline()
        own = Board.create(tmp_path / "supervisor.board")
        supervisor = Supervisor([Part("colour", DEAF, None)], own, FakeClock(), lambda _: deaf)
        supervisor.round()
        fed_s: list[float] = []
        supervisor.stop(fed_s.append)
        assert deaf.returncode == -signal.SIGKILL
        assert len(fed_s) == 3

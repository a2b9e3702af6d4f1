"""One loop over all processes: the dead are started again, those that stopped making rounds are killed first.

Each process is a fresh interpreter (never a fork: onnxruntime and OpenCV do not survive one). A missing camera, broker or
disk is a state that the process itself reports, never a reason to be restarted.
"""

from __future__ import annotations

import logging
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from edge.board import Board
from edge.clock import Clock

log = logging.getLogger("menshen.supervisor")

FIRST_PAUSE_S: Final = 0.2
LONGEST_PAUSE_S: Final = 5.0
STEADY_S: Final = 30.0
"""A process that lived so long starts again without a pause."""
OPENING: Final = frozenset({"opening", "missing"})
"""States of a camera in which a call may take long without hanging."""
STOP_S: Final = 6.0
_SLICE_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the gate.

    Attributes:
        name: how it is called in logs and health messages.
        command: program and arguments.
        board: where it beats; None where it is watched by its being alive only.
        patience_s: a beat older than this means it hangs; the first beat may take `start_s`.
        start_s: time it may take to its first beat.
        last: is stopped when all others have ended, because it takes what they leave.
    """

    name: str
    command: Sequence[str]
    board: Board | None
    patience_s: float = 5.0
    start_s: float = 60.0
    last: bool = False


Starter = Callable[[Part], subprocess.Popen[bytes]]


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes] | None = None
    started_s: float = 0.0
    due_s: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    restarts: int = 0


class Supervisor:
    """Hand in the parts; call `round` a few times a second; `stop` at the end."""

    def __init__(self, parts: Sequence[Part], board: Board, clock: Clock, start: Starter) -> None:
        self._running = [_Running(part) for part in parts]
        self._board = board
        self._clock = clock
        self._start = start

    def round(self) -> None:
        """Look at every process once."""
        now_s = self._clock.monotonic_s()
        for one in self._running:
            self._look(one, now_s)
        self._board.post(self._note(), now_s)

    @property
    def started_s(self) -> dict[str, float]:
        """When each process was last started, monotonic seconds; 0.0 before."""
        return {one.part.name: one.started_s for one in self._running}

    @property
    def restarts(self) -> dict[str, int]:
        """How often each process was started again."""
        return {one.part.name: one.restarts for one in self._running}

    def _note(self) -> dict[str, object]:
        return {
            "restarts": self.restarts,
            "parts": {one.part.name: "up" if one.process else "down" for one in self._running},
            "pids": {one.part.name: one.process.pid if one.process else 0 for one in self._running},
        }

    def _look(self, one: _Running, now_s: float) -> None:
        if one.process is None:
            if now_s >= one.due_s:
                one.process, one.started_s = self._start(one.part), now_s
            return
        if one.process.poll() is not None:
            self._mourn(one, now_s, f"ended with {one.process.returncode}")
        elif self._hangs(one, now_s):
            one.process.kill()
            one.process.wait()
            self._mourn(one, now_s, "made no round and was killed")

    def _hangs(self, one: _Running, now_s: float) -> bool:
        if one.part.board is None:
            return False
        note = one.part.board.read() or {}
        begun = one.part.board.beat_s >= one.started_s
        patient = not begun or note.get("state") in OPENING
        since_s = now_s - max(one.part.board.beat_s, one.started_s)
        return since_s > (one.part.start_s if patient else one.part.patience_s)

    def _mourn(self, one: _Running, now_s: float, how: str) -> None:
        lived_s = now_s - one.started_s
        one.pause_s = FIRST_PAUSE_S if lived_s > STEADY_S else min(one.pause_s * 2, LONGEST_PAUSE_S)
        one.process, one.due_s = None, now_s + one.pause_s
        one.restarts += 1
        log.warning("%s %s after %.1f s; starts again in %.1f s", one.part.name, how, lived_s, one.pause_s)

    def stop(self, meanwhile: Callable[[float], None] = lambda _: None) -> None:
        """Ask every process to end, in reverse order, those marked `last` after the others; kill what does not within STOP_S.

        `meanwhile` is called with the time, monotonic seconds, a few times a second while that takes.
        """
        for last in (False, True):
            living = [one.process for one in reversed(self._running) if one.process is not None and one.part.last is last]
            for process in living:
                process.send_signal(signal.SIGTERM)
            self._bury(living, meanwhile)

    def _bury(self, dying: Sequence[subprocess.Popen[bytes]], meanwhile: Callable[[float], None]) -> None:
        slices = iter(range(round(STOP_S / _SLICE_S)))  # for all of them together
        for process in dying:
            while not _ended(process) and next(slices, None) is not None:
                meanwhile(self._clock.monotonic_s())
            if process.poll() is None:
                log.warning("process %d did not stop and was killed", process.pid)
                process.kill()
                process.wait()


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """After a short wait."""
    try:
        process.wait(_SLICE_S)
    except subprocess.TimeoutExpired:
        return False
    return True

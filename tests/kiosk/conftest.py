"""A kiosk with a board and a camera ring that the test writes, served by the real process function."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.board import Board
from edge.config.kiosk import KioskConfig
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.kiosk.server import run_kiosk

ROWS, COLS = 480, 640
FACE = [250.0, 150.0, 390.0, 330.0]


def until(true: Callable[[], bool], within_s: float = 5.0) -> None:
    """Wait for a condition."""
    deadline_s = time.monotonic() + within_s
    pause = threading.Event()
    while not true():
        assert time.monotonic() < deadline_s, "did not happen in time"
        pause.wait(0.01)


def visitor_picture(seed: int) -> NDArray[np.uint8]:
    """Noise: the hardest picture to hide, every pixel differs from its neighbour."""
    return np.random.default_rng(seed).integers(0, 256, (ROWS, COLS, 3), np.uint8)


@dataclass
class Kiosk:
    """The gate's side of a running kiosk: say something, show a picture."""

    board: Board
    ring: FrameRing
    own: Board
    help: Board
    duty: Board
    washed: Board
    note: dict[str, Any] = field(default_factory=dict)
    quiet: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{(self.own.read() or {})['port']}"

    def say(self, verdict: str, reason: str | None = None, **more: object) -> None:
        with self.lock:
            self.note = {
                "gate": "south-1",
                "replay": False,
                "verdict": verdict,
                "reason": reason,
                "since_s": 0.0,
                "faces": [],
                "person": None,
                "in_zone": 1,
                "barrier_open": False,
                "screened_for": {"mask": True, "temperature": True},
                "frame": self.ring.newest,
                **more,
            }
            self._post()

    def show(self, pixels: NDArray[np.uint8]) -> int:
        return self.ring.write(pixels, time.monotonic())

    def rounds(self, stop: threading.Event) -> None:
        """The gate's rounds: the same note again and again, as long as it is not told to be quiet."""
        while not stop.wait(0.04):
            with self.lock:
                if self.note and not self.quiet.is_set():
                    self._post()

    def _post(self) -> None:
        now_s = time.monotonic()
        self.board.post({**self.note, "now_s": now_s}, now_s)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Kiosk]:
    """The gate's side alone: a board with rounds on it, and a camera ring."""
    ring = FrameRing.create(tmp_path / "colour", FrameShape(ROWS, COLS, 3, "uint8"))
    boards = (Board.create(tmp_path / name) for name in ("gate", "kiosk", "help", "duty", "washed"))
    board, own, button, duty, washed = boards
    running = Kiosk(board, ring, own, button, duty, washed)
    with living(running.rounds):
        yield running


@pytest.fixture
def kiosk(gate: Kiosk) -> Iterator[Kiosk]:
    """The gate's side with a kiosk that serves it."""
    config = KioskConfig(port=0)

    def run(stop: threading.Event) -> None:
        run_kiosk(
            config,
            "south-1",
            gate.board,
            gate.ring,
            gate.own,
            stop,
            help_board=gate.help,
            duty_board=gate.duty,
            hands_board=gate.washed,
        )

    with living(run):
        until(lambda: gate.own.read() is not None)
        yield gate


@contextmanager
def living(run: Callable[[threading.Event], None]) -> Iterator[None]:
    """`run` in a thread, told to stop at the end; it must."""
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()

"""A capture process in one thread of the test: sources come and go, the ring and the board tell."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from edge.board import Board
from edge.clock import SystemClock
from edge.config.sources import CptvThermal, FolderColour
from edge.errors import SourceError
from edge.frame_shape import FrameShape
from edge.frames import FrameRing
from edge.vision.capture import capture, into
from edge.vision.colour import ColourSource, Shot, open_colour
from edge.vision.pace import Pace
from edge.vision.thermal import RawThermal, ThermalSource, open_thermal
from edge.vision.wake import Waker, WakeUp
from tests.clocks import FakeClock

CLOCK = SystemClock()
COLOUR = FrameShape(rows=12, cols=16, channels=3, dtype="uint8")
THERMAL = FrameShape(rows=12, cols=16, channels=1, dtype="uint16")
SECONDS = 10.0


class Bench:
    """Ring, board and wake-up of one capture."""

    def __init__(self, folder: Path, form: FrameShape) -> None:
        self.ring = FrameRing.create(folder / "ring", form)
        self.board = Board.create(folder / "board")
        self.wake_up = WakeUp(folder / "wake")
        self.waker = Waker(folder / "wake")
        self.stop = threading.Event()

    def until(self, seen: Callable[[], Any]) -> Any:
        """What `seen` returns once it is true; fails after ten seconds."""
        end_s = CLOCK.monotonic_s() + SECONDS
        while CLOCK.monotonic_s() < end_s:
            if found := seen():
                return found
            self.wake_up.wait(0.02)
        raise AssertionError(f"not seen within {SECONDS} s; the board says {self.board.read()}")

    def state(self, name: str) -> dict[str, Any]:
        def said() -> dict[str, Any] | None:
            note = self.board.read()
            return note if note and note["state"] == name else None

        found: dict[str, Any] = self.until(said)
        return found


@contextmanager
def capturing(bench: Bench, open_source: Callable[[], ColourSource | ThermalSource]) -> Iterator[Bench]:
    arguments = (open_source, into(bench.ring), bench.board, CLOCK, bench.stop, bench.waker)
    thread = threading.Thread(target=capture, args=arguments)
    thread.start()
    try:
        yield bench
    finally:
        bench.stop.set()
        thread.join(SECONDS)
        bench.waker.close()
        bench.wake_up.close()


@pytest.fixture
def colour(tmp_path: Path) -> Bench:
    return Bench(tmp_path, COLOUR)


class Scripted:
    """Gives what it is told, then nothing new."""

    replay = False

    def __init__(self, *script: Shot | RawThermal | SourceError) -> None:
        self._script = list(script)
        self._idle = threading.Event()
        self.closed = False

    def read(self) -> Any:
        if not self._script:
            self._idle.wait(0.01)
            return None
        step = self._script.pop(0)
        if isinstance(step, SourceError):
            raise step
        return step

    def close(self) -> None:
        self.closed = True


def shot(shade: int) -> Shot:
    return Shot(np.full((12, 16, 3), shade, np.uint8), CLOCK.monotonic_s())


def test_pictures_reach_the_ring_and_wake_the_gate(colour: Bench) -> None:
    with capturing(colour, lambda: Scripted(shot(7))):
        assert colour.wake_up.wait(SECONDS)
        frame = colour.until(colour.ring.read)
        assert int(frame.pixels[0, 0, 0]) == 7
        note = colour.state("live")
        assert note["frames"] == 1
        assert note["replay"] is False


def test_a_thermal_picture_carries_its_shutter_age_into_the_ring(tmp_path: Path) -> None:
    picture = RawThermal(np.full((12, 16), 30_000, np.uint16), CLOCK.monotonic_s(), 4.5)
    with capturing(Bench(tmp_path, THERMAL), lambda: Scripted(picture)) as bench:
        assert bench.until(bench.ring.read).ffc_age_s == 4.5


def test_a_missing_camera_is_a_state_and_is_tried_again_until_it_is_there(colour: Bench) -> None:
    tries: list[SourceError | Scripted] = [
        SourceError("there is no such camera", where="/dev/video9", remedy="Plug it in."),
        Scripted(shot(1)),
    ]

    def plugged_in_later() -> Scripted:
        found = tries.pop(0)
        if isinstance(found, SourceError):
            raise found
        return found

    with capturing(colour, plugged_in_later):
        note = colour.state("missing")
        assert note["detail"] == "there is no such camera"
        assert (note["where"], note["remedy"]) == ("/dev/video9", "Plug it in.")
        assert colour.state("live")["frames"] == 1


def test_a_camera_that_goes_away_is_closed_said_to_be_missing_and_opened_again(colour: Bench) -> None:
    first, second = Scripted(shot(1), SourceError("the camera stopped giving pictures")), Scripted(shot(2))
    sources = [first, second]
    with capturing(colour, lambda: sources.pop(0)):
        colour.state("missing")
        assert first.closed
        colour.until(lambda: colour.ring.newest == 2)
        colour.state("live")
    assert second.closed


def test_a_camera_with_nothing_new_still_beats_and_says_so_in_its_rate(colour: Bench) -> None:
    with capturing(colour, lambda: Scripted(shot(1))):
        note = colour.until(lambda: (said := colour.board.read()) and said.get("fps") == 0.0 and said)
        assert note["frames"] == 1
        assert CLOCK.monotonic_s() - colour.board.beat_s < 1.0


def test_the_rate_on_the_board_is_the_rate_of_the_camera(colour: Bench, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    cv2.imwrite(str(tmp_path / "pictures" / "a.png"), np.full((24, 32, 3), 90, np.uint8))
    config = FolderColour(source="folder", path=tmp_path / "pictures", width=16, height=16, fps=50.0)
    square = FrameShape(rows=16, cols=16, channels=3, dtype="uint8")
    colour.ring = FrameRing.create(tmp_path / "square", square)
    with capturing(colour, lambda: open_colour(config, CLOCK)):
        note = colour.until(lambda: (said := colour.board.read()) and said.get("frames", 0) > 60 and said)
        assert note["replay"] is True
        assert 25 < note["fps"] <= 55


def test_nobody_listening_does_not_stop_the_camera(tmp_path: Path) -> None:
    bench = Bench(tmp_path, COLOUR)
    bench.waker.close()
    bench.waker = Waker(tmp_path / "nobody")
    with capturing(bench, lambda: Scripted(shot(1), shot(2))):
        bench.until(lambda: bench.ring.newest == 2)


def test_a_source_that_keeps_time_skips_what_a_late_reader_missed() -> None:
    clock = FakeClock()
    pace = Pace(clock, 0.1, sleep=clock.advance)
    assert [pace.wait() for _ in range(3)] == [0, 1, 2]
    assert clock.now_s == pytest.approx(1000.2)
    clock.advance(0.57)
    assert pace.wait() == 7
    assert pace.wait() == 8
    assert clock.now_s == pytest.approx(1000.8)


def test_a_source_that_begins_later_keeps_still_until_then() -> None:
    clock = FakeClock()
    pace = Pace(clock, 0.1, start_s=1000.35, sleep=clock.advance)
    assert pace.wait() == 0
    assert clock.now_s == pytest.approx(1000.35)


def test_a_sleeper_who_is_far_behind_never_blocks_the_waker(tmp_path: Path) -> None:
    with WakeUp(tmp_path / "w") as sleeper:
        waker = Waker(tmp_path / "w")
        sent = [waker.wake() for _ in range(5_000)]
        assert sent[0]
        assert sleeper.wait(1.0)
        assert not sleeper.wait(0.0)
        assert waker.wake()
        assert sleeper.wait(1.0)
        waker.close()


def test_a_sleeper_nobody_wakes_gives_up_in_time(tmp_path: Path) -> None:
    with WakeUp(tmp_path / "w") as sleeper:
        started_s = CLOCK.monotonic_s()
        assert not sleeper.wait(0.05)
        assert 0.04 < CLOCK.monotonic_s() - started_s < 2.0


def test_a_wake_up_made_again_after_a_crash_takes_the_old_place(tmp_path: Path) -> None:
    WakeUp(tmp_path / "w")._socket.close()
    waker = Waker(tmp_path / "w")
    assert not waker.wake()
    with WakeUp(tmp_path / "w") as sleeper:
        assert waker.wake()
        assert sleeper.wait(1.0)
    waker.close()


def test_missing_recordings_are_a_state_too(tmp_path: Path) -> None:
    config = CptvThermal(source="cptv", path=tmp_path / "gone.cptv")
    with capturing(Bench(tmp_path, THERMAL), lambda: open_thermal(config, CLOCK)) as bench:
        assert bench.state("missing")["where"] == str(tmp_path / "gone.cptv")

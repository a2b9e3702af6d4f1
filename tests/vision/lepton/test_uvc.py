"""A Lepton behind a PureThermal board: Y16 pictures and settings, as bytes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from edge.config.sources import LeptonUvcThermal
from edge.errors import SourceError
from edge.sim.wire.lepton_bytes import y16_of
from edge.sim.wire.lepton_registers import LeptonRegisters
from edge.vision.thermal import RawThermal
from edge.vision.thermal.lepton.commands import Command
from edge.vision.thermal.lepton.layout import LEPTON_2, LEPTON_3, Layout
from edge.vision.thermal.lepton.newest import Newest
from edge.vision.thermal.lepton.telemetry import FfcState, Telemetry
from edge.vision.thermal.lepton.uvc_extension import SET_CUR, UvcCci
from edge.vision.thermal.lepton.uvc_source import LeptonUvc
from tests.clocks import FakeClock
from tests.vision.lepton.board import Board
from tests.vision.lepton.scenes import WELL, room

CONFIG = LeptonUvcThermal(source="lepton_uvc")


@dataclass
class Pictures:
    """A capture that has these pictures and then is gone, or hangs."""

    data: list[bytes]
    hangs: bool = False
    asked: tuple[int, int] = (0, 0)
    closed: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    taken: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1))

    def read(self) -> bytes | None:
        assert self.taken.acquire(timeout=10)
        if self.data and not self.let_go.is_set():
            return self.data.pop(0)
        if self.hangs:
            self.let_go.wait(10)
        return None

    def end(self) -> None:
        """Let a read under way come back."""
        self.let_go.set()
        self.taken.release()

    def close(self) -> None:
        self.closed.set()

    def open(self, rows: int, cols: int) -> Pictures:
        self.asked = (rows, cols)
        return self


def pictures(telemetry: list[Telemetry | None], layout: Layout = LEPTON_3) -> list[bytes]:
    """One picture for each; those with the same frame counter show the same."""
    return [y16_of(room(0 if one is None else one.frame_counter, layout), one, layout) for one in telemetry]


def counted(*numbers: int, base: Telemetry = WELL) -> list[Telemetry | None]:
    return [replace(base, frame_counter=number) for number in numbers]


OPEN: list[tuple[LeptonUvc, Pictures]] = []


@pytest.fixture(autouse=True)
def every_reader_ends() -> Iterator[None]:
    yield
    while OPEN:
        source, capture = OPEN.pop()
        capture.end()
        source.close()


def opened(
    capture: Pictures, board: Board | None = None, config: LeptonUvcThermal = CONFIG, clock: FakeClock | None = None
) -> LeptonUvc:
    source = LeptonUvc(config, clock or FakeClock(), UvcCci(board or Board(), "/dev/video2"), capture.open)
    OPEN.append((source, capture))
    return source


def watch(source: LeptonUvc, capture: Pictures, reads: int) -> list[RawThermal | None]:
    shots = []
    for _ in range(reads):
        shots.append(source.read())
        capture.taken.release()
    return shots


def test_running_the_ffc_sets_a_control_of_one_byte() -> None:
    board, capture = Board(), Pictures(pictures(counted(1)))
    source = opened(capture, board)
    source.run_ffc()
    assert board.requests[-1] == (6, 17, SET_CUR, 1)
    assert board.registers.ran == [Command.SYS_RUN_FFC]


@pytest.mark.parametrize(
    ("layout", "config", "asked"),
    [(LEPTON_3, CONFIG, (122, 160)), (LEPTON_2, LeptonUvcThermal(source="lepton_uvc", rows=60, cols=80), (63, 80))],
)
def test_pictures_come_once_each_with_the_age_of_the_ffc(
    layout: Layout, config: LeptonUvcThermal, asked: tuple[int, int]
) -> None:
    part_number = "500-0771-01" if layout is LEPTON_3 else "500-0763-01"
    capture = Pictures(pictures(counted(1, 1, 2, 3, 3), layout))
    source = opened(capture, Board(LeptonRegisters(part_number, 7)), config)
    shots = watch(source, capture, 5)
    assert capture.asked == asked
    assert [None if shot is None else int(shot.counts[0, 0]) for shot in shots] == [
        None if number is None else int(room(number, layout)[0, 0]) for number in (1, None, 2, 3, None)
    ]
    assert all(shot.ffc_age_s == pytest.approx(120.0) for shot in shots if shot)
    capture.end()
    source.close()
    assert capture.closed.is_set()


def test_the_camera_is_set_to_temperatures_through_the_board() -> None:
    board, capture = Board(), Pictures(pictures(counted(1)))
    board.registers.attributes |= {Command.AGC_ENABLE_STATE: (1, 0), Command.RAD_TLINEAR_RESOLUTION: (0, 0)}
    opened(capture, board)
    assert board.registers.value(Command.AGC_ENABLE_STATE) == 0
    assert board.registers.value(Command.RAD_TLINEAR_RESOLUTION) == 1
    assert board.registers.value(Command.SYS_TELEMETRY_ENABLE_STATE) == 0, "that is the firmware's business"


def test_an_old_board_that_passes_no_command_on_is_judged_by_its_pictures() -> None:
    capture = Pictures(pictures(counted(1)))
    source = opened(capture, Board(deaf=set(Command)))
    assert watch(source, capture, 1)[0] is not None


@pytest.mark.parametrize(
    ("telemetry", "words"),
    [
        (replace(WELL, status=WELL.status | 1 << 12), "AGC is on"),
        (replace(WELL, tlinear_on=False), "TLinear is off"),
        (replace(WELL, tlinear_fine=False), "0.1 K"),
    ],
)
def test_pictures_that_are_no_temperatures_are_refused_with_the_reason(telemetry: Telemetry, words: str) -> None:
    source = opened(Pictures(pictures([telemetry])))
    with pytest.raises(SourceError, match=words):
        source.read()


def test_without_telemetry_the_counts_themselves_must_be_plausible() -> None:
    bare = replace(LEPTON_3, telemetry=False)
    capture = Pictures([y16_of(room(number), None, bare) for number in (1, 1, 2)] + [y16_of(room(3) // 10, None, bare)])
    source = opened(capture)
    first, again, second = watch(source, capture, 3)
    assert first is not None
    assert again is not None
    assert second is not None
    assert (first.ffc_age_s, again.ffc_age_s) == (0.0, 0.0)  # opening it counts as a shutter event
    assert np.array_equal(again.counts, first.counts)
    assert not np.array_equal(second.counts, first.counts)
    with pytest.raises(SourceError, match=r"0\.1 K"):
        source.read()


def test_without_telemetry_a_long_silence_counts_as_a_shutter_event() -> None:
    clock, bare = FakeClock(), replace(LEPTON_3, telemetry=False)
    capture = Pictures([y16_of(room(number), None, bare) for number in (1, 2, 3)])
    source = opened(capture, clock=clock)
    shots = []
    for later_s in (2.1, 0.114, 0.0):
        shots.append(source.read())
        clock.advance(later_s)
        capture.taken.release()
    ages = [shot.ffc_age_s for shot in shots if shot]
    assert ages == pytest.approx([0.0, 0.0, 0.114])


def test_during_the_ffc_the_picture_stands_still_and_says_why() -> None:
    capture = Pictures(pictures(counted(1, base=replace(WELL, status=FfcState.IMMINENT << 4))), hangs=True)
    source = opened(capture)
    first, second = watch(source, capture, 2)
    assert first is not None
    assert second is not None
    assert (first.ffc_age_s, second.ffc_age_s) == (0.0, 0.0)
    assert np.array_equal(first.counts, second.counts)


def test_a_camera_that_is_plugged_out_is_told() -> None:
    capture = Pictures(pictures(counted(1)))
    source = opened(capture)
    assert watch(source, capture, 1)
    with pytest.raises(SourceError, match="stopped giving pictures"):
        source.read()
    assert capture.closed.wait(5)


@pytest.mark.parametrize("size", [0, 160 * 120, 160 * 120 * 3, 80 * 63 * 2])
def test_a_picture_of_another_size_or_format_is_refused(size: int) -> None:
    source = opened(Pictures([bytes(size)]))
    with pytest.raises(SourceError, match=rf"{size} bytes, which is no Y16 of 160x120"):
        source.read()


@pytest.mark.parametrize(
    ("part_number", "config", "words"),
    [
        ("500-0763-01", CONFIG, r"Lepton 2\.5 of 80x60"),
        ("500-0726-01", CONFIG, "no temperatures"),
        ("500-0771-01", LeptonUvcThermal(source="lepton_uvc", rows=100, cols=100), "no Lepton"),
    ],
)
def test_a_wrong_camera_is_refused_when_it_is_opened(part_number: str, config: LeptonUvcThermal, words: str) -> None:
    capture = Pictures([])
    with pytest.raises(SourceError, match=words):
        opened(capture, Board(LeptonRegisters(part_number, 7)), config)
    assert capture.asked == (0, 0), "a camera that is refused is not opened"


def test_a_picture_nobody_took_is_replaced_by_a_newer_one() -> None:
    capture = Pictures([b"1", b"2", b"3"], hangs=True, taken=threading.Semaphore(4))
    newest = Newest(capture, FakeClock())
    while newest.skipped < 2:
        pass
    arrival = newest.take(1.0)
    assert arrival is not None
    assert arrival.data == b"3"
    capture.let_go.set()
    newest.close()

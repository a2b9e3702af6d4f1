"""The driver on the buses, against a camera that answers with a real one's bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.config.sources import LeptonSpiThermal
from edge.errors import SourceError
from edge.sim.wire.lepton import SimulatedLepton, SimulatedSpi
from edge.sim.wire.lepton_registers import LeptonRegisters
from edge.vision.thermal import RawThermal, open_thermal
from edge.vision.thermal.cptv_clip import read_clip
from edge.vision.thermal.lepton import spi_source
from edge.vision.thermal.lepton.commands import Command
from edge.vision.thermal.lepton.crc import PACKET_BYTES
from edge.vision.thermal.lepton.spi_source import LeptonSpi
from tests.clocks import FakeClock
from tests.vision.lepton.scenes import room

CONFIG = LeptonSpiThermal(source="lepton_spi")
SMALL = LeptonSpiThermal(source="lepton_spi", rows=60, cols=80)


@dataclass
class Bench:
    """A camera and its driver on one clock, which only their own work moves."""

    model: str = "3.5"
    part_number: str | None = None
    prepare: Callable[[SimulatedLepton], None] = lambda _: None
    clock: FakeClock = field(default_factory=FakeClock)
    opened: int = 0

    def __post_init__(self) -> None:
        self.config = SMALL if self.model == "2.5" else CONFIG
        self.camera = SimulatedLepton(self.clock, self.clock.advance, self.counts, self.model, self.part_number)
        self.prepare(self.camera)

    def counts(self, t_s: float) -> NDArray[np.uint16]:
        return room(round(t_s * 1000), self.camera.layout)

    def spi(self) -> SimulatedSpi:
        self.opened += 1
        return self.camera.spi()

    def open(self) -> LeptonSpi:
        return LeptonSpi(self.config, self.clock, self.spi, self.camera.i2c, self.clock.advance)

    def watch(self, source: LeptonSpi, seconds: float) -> list[RawThermal]:
        """The pictures of so long a time. Every read is short, whatever happens."""
        end_s, shots = self.clock.now_s + seconds, []
        while self.clock.now_s < end_s:
            begun_s = self.clock.now_s
            shot = source.read()
            assert self.clock.now_s - begun_s < 2.0, "the capture process would be taken for hanging"
            if shot is not None:
                shots.append(shot)
        return shots

    def sent(self, shots: list[RawThermal]) -> bool:
        """Whether every picture is one that the camera sent."""
        sent = {counts.tobytes() for counts in self.camera.sent.values()}
        return all(shot.counts.tobytes() in sent for shot in shots)


@pytest.mark.parametrize("model", ["3.5", "2.5"])
def test_every_new_picture_comes_once_and_as_it_was_sent(model: str) -> None:
    bench = Bench(model)
    source = bench.open()
    shots = bench.watch(source, 3.0)
    assert 26 <= len(shots) <= 28
    assert bench.sent(shots)
    assert len({shot.counts.tobytes() for shot in shots}) == len(shots)
    assert all(shot.counts.shape == (bench.config.rows, bench.config.cols) for shot in shots)
    assert np.diff([shot.taken_s for shot in shots]) == pytest.approx(0.114, abs=0.02)
    assert all(shot.ffc_age_s > 500 for shot in shots)
    assert not source.replay
    source.close()


def test_a_picture_was_taken_before_it_arrived() -> None:
    bench = Bench()
    shot = bench.watch(bench.open(), 1.0)[-1]
    assert 0.09 < bench.clock.now_s - shot.taken_s < 0.25


@pytest.mark.parametrize(
    ("command", "value"),
    [(Command.AGC_ENABLE_STATE, 1), (Command.RAD_TLINEAR_ENABLE_STATE, 0), (Command.RAD_TLINEAR_RESOLUTION, 0)],
)
def test_a_camera_that_was_set_otherwise_is_set_to_temperatures(command: Command, value: int) -> None:
    bench = Bench(prepare=lambda camera: camera.registers.attributes.update({command: (value, 0)}))
    shots = bench.watch(bench.open(), 1.0)
    assert shots
    assert all(28_000 < np.median(shot.counts) < 31_000 for shot in shots)


@pytest.mark.parametrize(
    ("command", "value", "words"),
    [
        (Command.AGC_ENABLE_STATE, 1, "AGC is on"),
        (Command.RAD_TLINEAR_ENABLE_STATE, 0, "TLinear is off"),
        (Command.RAD_TLINEAR_RESOLUTION, 0, "0.1 K"),
        (Command.SYS_GAIN_MODE, 1, "gain is low"),
    ],
)
def test_a_camera_that_somebody_sets_otherwise_later_is_refused_with_the_reason(command: Command, value: int, words: str) -> None:
    bench = Bench()
    source = bench.open()
    assert bench.watch(source, 0.5)
    bench.camera.registers.attributes[command] = (value, 0)
    with pytest.raises(SourceError, match=words) as refused:
        bench.watch(source, 0.5)
    assert refused.value.where == "/dev/spidev0.0 and /dev/i2c-1"
    source.close()
    assert bench.watch(bench.open(), 0.5), "opened again, it is set right again"


@pytest.mark.parametrize(
    ("bench", "words"),
    [
        (Bench(part_number="500-0763-01"), r"Lepton 2\.5 of 80x60"),
        (Bench(part_number="500-0726-01"), "no temperatures"),
        (Bench(prepare=lambda camera: camera.registers.refused.update({Command.RAD_TLINEAR_ENABLE_STATE: -8})), "not supported"),
        (Bench(prepare=lambda camera: setattr(camera.registers, "away", True)), "0x2a does not answer"),
        (Bench(prepare=lambda camera: camera.registers.boot(10_000)), "in its boot"),
    ],
    ids=["other size", "no radiometry", "refuses TLinear", "not there", "never starts"],
)
def test_a_wrong_camera_is_refused_when_it_is_opened(bench: Bench, words: str) -> None:
    with pytest.raises(SourceError, match=words) as refused:
        bench.open()
    assert refused.value.remedy


def test_a_bad_line_costs_pictures_but_gives_no_wrong_one() -> None:
    random = np.random.default_rng(3)

    def spoil(packets: NDArray[np.uint8]) -> NDArray[np.uint8]:
        packets = np.delete(packets, np.flatnonzero(random.random(len(packets)) < 0.0005), axis=0)
        packets[np.flatnonzero(random.random(len(packets)) < 0.0005), 90] ^= 8
        return packets

    bench = Bench(prepare=lambda camera: setattr(camera, "spoil", spoil))
    shots = bench.watch(bench.open(), 6.0)
    assert 15 < len(shots) < 50
    assert bench.sent(shots)


def test_a_shifted_stream_is_found_again_within_a_second_by_letting_the_bus_rest() -> None:
    bench = Bench()
    source = bench.open()
    assert bench.watch(source, 0.5)
    bench.camera.slipped = 3
    began_s, shot = bench.clock.now_s, None
    while shot is None:
        shot = source.read()
    assert bench.clock.now_s - began_s < 1.0
    assert bench.opened == 2
    assert bench.sent([shot])


def test_a_camera_that_lost_its_settings_is_restarted_and_set_again() -> None:
    """A dip of its supply: it sends frames without telemetry, which are never whole here."""
    bench = Bench()
    source = bench.open()
    assert bench.watch(source, 0.5)
    bench.camera.reboot()
    shots = bench.watch(source, 9.0)
    assert shots
    assert bench.sent(shots)
    assert bench.camera.registers.value(Command.SYS_TELEMETRY_ENABLE_STATE) == 1


def test_a_camera_that_sends_nothing_is_given_up_after_two_restarts() -> None:
    bench = Bench()
    source = bench.open()
    bench.camera.silent = True
    with pytest.raises(SourceError, match="sends no whole frame, also after restarts") as gone:
        bench.watch(source, 120.0)
    assert "spidev.bufsiz" in (gone.value.remedy or "")


@pytest.mark.parametrize("model", ["3.5", "2.5"])
@pytest.mark.parametrize("announced", [True, False])
def test_during_the_ffc_the_picture_stands_still_and_says_why(model: str, announced: bool) -> None:
    """From its announcement, or from the command, to its end; a silence of 2 s would be taken for a lost camera."""
    bench = Bench(model)
    source = bench.open()
    assert bench.watch(source, 0.5)
    if announced:
        bench.camera.announce_ffc()
    else:
        source.run_ffc()
    shots = bench.watch(source, 6.0)
    shut_s = [shot.taken_s for shot in shots if shot.ffc_age_s == 0.0]
    assert max(shut_s) - min(shut_s) == pytest.approx(4.0 if announced else 2.0, abs=0.3)
    assert np.diff([shot.taken_s for shot in shots]).max() < 0.5
    after = [shot.ffc_age_s for shot in shots if shot.taken_s > max(shut_s)]
    assert after[0] < 0.5
    assert np.diff(after) == pytest.approx(0.114, abs=0.02)


def test_the_settings_open_the_camera_on_the_buses_they_name(monkeypatch: pytest.MonkeyPatch) -> None:
    bench, asked = Bench(), list[tuple[int, ...]]()
    monkeypatch.setattr(spi_source, "REST_S", 0.0)

    def i2c(number: int) -> LeptonRegisters:
        asked.append((number,))
        return bench.camera.i2c

    def spi(*said: int) -> SimulatedSpi:
        asked.append(said)
        return bench.camera.spi()

    monkeypatch.setattr(spi_source, "LinuxI2c", i2c)
    monkeypatch.setattr(spi_source, "LinuxSpi", spi)
    config = LeptonSpiThermal(source="lepton_spi", spi_bus=2, spi_device=1, i2c_bus=10, spi_hz=16_000_000)
    source = open_thermal(config, bench.clock)
    assert asked == [(10,), (2, 1, 16_000_000, 3)]
    assert source.read() is not None
    source.close()


class PausingSpi:
    """A reader that is held up now and then while the camera goes on: exactly one whole picture's time is lost."""

    def __init__(self, camera: SimulatedLepton) -> None:
        self._camera, self._reads = camera, 0

    def read(self, count: int) -> bytes:
        self._reads += 1
        if self._reads % 7 == 0:
            packets = 3 * self._camera.layout.packets
            self._camera.clocked((packets + 3 * max(1, (1738 - packets) // 3)) * PACKET_BYTES)
        return self._camera.clocked(count)

    def close(self) -> None:
        self._camera.close_spi()


@pytest.mark.parametrize("model", ["3.5", "2.5"])
@pytest.mark.parametrize("guarded", [True, False])
def test_what_was_read_before_a_pause_is_never_joined_to_what_comes_after_it(
    model: str, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No checksum and no number tells that a whole picture's time is missing; the clock does."""
    monkeypatch.setattr(spi_source, "GAP_S", spi_source.GAP_S if guarded else float("inf"))
    bench = Bench(model)
    source = LeptonSpi(bench.config, bench.clock, lambda: PausingSpi(bench.camera), bench.camera.i2c, bench.clock.advance)
    shots = bench.watch(source, 7.0)
    assert len(shots) > 8
    assert bench.sent(shots) is guarded


def test_a_bus_too_slow_for_the_model_is_refused() -> None:
    bench = Bench()
    bench.config = LeptonSpiThermal(source="lepton_spi", spi_hz=8_000_000)
    with pytest.raises(SourceError, match=r"thermal\.spi_hz: 8000000 Hz are too slow for a Lepton 3\.5"):
        bench.open()
    assert bench.opened == 0


@pytest.mark.reference
def test_real_pictures_of_an_entrance_come_through_the_wires_unchanged(reference_data: Path) -> None:
    clip = read_clip(reference_data / "thermal" / "kiosk_clips" / "10500917.cptv", 120, 160)
    real = [frame.counts for _, frame in zip(range(40), clip, strict=False)]
    bench, shown = Bench(), iter(real)
    bench.camera = SimulatedLepton(bench.clock, bench.clock.advance, lambda _: next(shown), "3.5")
    source, shots = bench.open(), list[bytes]()
    while len(shots) < 30:
        shot = source.read()
        shots += [] if shot is None else [shot.counts.tobytes()]
    sent = [counts.tobytes() for counts in real]
    assert shots == sent[sent.index(shots[0]) :][: len(shots)]


def test_a_line_cut_while_reading_is_told_as_a_missing_camera() -> None:
    bench = Bench()
    source = bench.open()
    bench.camera.silent = True
    bench.camera.registers.away = True
    with pytest.raises(SourceError, match="does not answer"):
        bench.watch(source, 60.0)

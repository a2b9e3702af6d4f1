"""The MLX90641: its Hamming-coded EEPROM, the numbers its data sheet prints, and its driver. There are no golden outputs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from edge.config.sources import Mlx90641Thermal
from edge.errors import SourceError
from edge.sim.wire.mlx90640_eeprom import eeprom_of
from edge.sim.wire.mlx90641_eeprom import WORKED_PIXEL, eeprom41_of
from edge.vision.thermal.melexis import mlx90640_stages as stages
from edge.vision.thermal.melexis.mlx90641_parameters import Parameters41, restore41
from edge.vision.thermal.melexis.mlx90641_source import Mlx90641Source
from edge.vision.thermal.melexis.secded import decode, encode
from tests.clocks import FakeClock

PRINTED = {0x2658: 0x0658, 0xFFFF: 0x07FF, 0x19E6: 0x01E6, 0xB7E8: 0x07E8, 0xD016: 0x0016, 0xF137: 0x0137, 0x7814: 0x0014}
"""Words as the data sheet's example shows them, with the numbers it takes from them."""


def words(*values: int) -> NDArray[np.uint16]:
    return np.array(values, np.uint16)


def test_words_printed_in_the_data_sheet_decode_to_its_numbers() -> None:
    decoded = decode(words(*PRINTED))
    assert decoded.data.tolist() == list(PRINTED.values())
    assert not decoded.corrected.any()
    assert not decoded.refused.any()
    assert encode(words(*PRINTED.values())).tolist() == list(PRINTED)


@given(st.integers(0, 0x7FF), st.integers(0, 15))
def test_one_wrong_bit_is_corrected(data: int, bit: int) -> None:
    decoded = decode(encode(words(data)) ^ words(1 << bit))
    assert decoded.data.tolist() == [data]
    assert decoded.corrected.all()
    assert not decoded.refused.any()


@given(st.integers(0, 0x7FF), st.sets(st.integers(0, 15), min_size=2, max_size=2))
def test_two_wrong_bits_are_never_taken_for_a_number(data: int, bits: set[int]) -> None:
    decoded = decode(encode(words(data)) ^ words(sum(1 << bit for bit in bits)))
    assert decoded.refused.all()


def test_parameters_are_those_of_the_worked_example() -> None:
    of = restore41(eeprom41_of(), "simulated")
    assert (of.supply.k, of.supply.at_25, of.gain, of.resolution, of.tgc) == (-3136, -13568, 9972, 2, 0)
    assert (of.ptat.kv, of.ptat.kt, of.ptat.at_25, of.ptat.alpha) == (0.005615234375, 42.75, 12280, 9)
    assert of.offset[:, WORKED_PIXEL].tolist() == [-673, -675]  # -671 is printed for sub-page 1: -746 + 71 is -675
    assert (of.cp_offset, of.cp_kta, of.cp_kv) == (-119, 0.0023193359375, 0.3125)
    assert of.ks_ta == -0.002197265625
    assert of.ranges.from_c == (-40, -20, 0, 80, 120, 200, 400, 600)
    assert of.ranges.ks_to == pytest.approx([-0.00069999695] * 8, rel=1e-6)
    assert of.alpha[WORKED_PIXEL] == pytest.approx(3.45520675182343e-7, rel=1e-6)


def test_an_mlx90640_is_refused() -> None:
    with pytest.raises(SourceError, match="return code -7"):
        restore41(eeprom_of(), "simulated")


def test_a_word_with_two_wrong_bits_is_refused_with_its_place() -> None:
    eeprom = eeprom41_of()
    eeprom[100] ^= 0x0011
    with pytest.raises(SourceError, match=r"0x2464 \(code -10\)"):
        restore41(eeprom, "simulated")


def test_two_broken_pixels_are_refused_and_one_is_replaced() -> None:
    eeprom = eeprom41_of()
    broken(eeprom, 20)
    assert restore41(eeprom, "simulated").broken == (20,)
    broken(eeprom, 90)
    with pytest.raises(SourceError, match="return code -3"):
        restore41(eeprom, "simulated")


@pytest.mark.parametrize("word", [0x0000, 0xFFFF])
def test_a_bus_with_nothing_behind_it_is_refused(word: int) -> None:
    with pytest.raises(SourceError, match=f"0x{word:04X}"):
        restore41(np.full(832, word, np.uint16), "bus")


def broken(eeprom: NDArray[np.uint16], pixel: int) -> None:
    eeprom[[start + pixel for start in (64, 256, 448, 640)]] = 0


@dataclass
class Chip:
    """Speaks the sensor's bytes: both sub-pages show `celsius`, shape (192,), at a die of 30 degC and 3.3 V."""

    clock: FakeClock
    celsius: NDArray[np.float64]
    eeprom: NDArray[np.uint16] = field(default_factory=eeprom41_of)
    control: int = 0x0901
    status: int = 0
    measured: int = 0

    def __post_init__(self) -> None:
        self.ram = ram_of(restore41(self.eeprom, "simulated"), self.celsius)
        self.due_s = self.clock.now_s + 0.25

    def write(self, address: int, data: bytes) -> None:
        assert address == 0x33
        register, word = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:], "big")
        if register == 0x8000:
            self.status &= word | 0x7
        else:
            self.control = word

    def write_then_read(self, address: int, data: bytes, count: int) -> bytes:
        assert address == 0x33
        while self.clock.now_s >= self.due_s:
            self.status, self.measured, self.due_s = 0x0008 | self.measured & 1, self.measured + 1, self.due_s + 0.25
        register = int.from_bytes(data, "big")
        memory, base = (self.eeprom, 0x2400) if register >= 0x2400 else (self.ram, 0x0400)
        if register >= 0x8000:
            return {0x8000: self.status, 0x800D: self.control}[register].to_bytes(2, "big")
        return memory[register - base : register - base + count // 2].astype(">u2").tobytes()

    def close(self) -> None:
        pass


def ram_of(of: Parameters41, celsius: NDArray[np.float64], ta_c: float = 30.0) -> NDArray[np.uint16]:
    """RAM from 0x0400 on, by the decoder's formulas the other way round; the basic range stands for all."""
    ram = np.zeros(0x1C0, np.int64)
    art = of.ptat.at_25 + (ta_c - 25) * of.ptat.kt
    ram[0x180], ram[0x18A], ram[0x1AA] = 0x4BF2, of.gain, of.supply.at_25
    ram[0x1A0] = round(art * 0x4BF2 / (2**18 - art * of.ptat.alpha))
    die_c = stages.die_temperature_c(stages.v_ptat_art(int(ram[0x1A0]), 0x4BF2, of.ptat), 3.3, of.ptat)
    ram[0x188] = round(of.cp_offset * (1 + of.cp_kta * (die_c - 25)))
    alpha = of.alpha * (1 + of.ks_ta * (die_c - 25)) * (1 + of.ranges.ks_to[2] * celsius)
    signal = alpha * ((celsius + 273.15) ** 4 - (die_c + 273.15) ** 4)
    for subpage in (0, 1):
        lsb = np.rint(signal + of.offset[subpage] * (1 + of.kta * (die_c - 25))).astype(np.int64)
        for block in range(6):
            start = 32 * (2 * block + subpage)
            ram[start : start + 32] = lsb[32 * block : 32 * block + 32]
    return (ram & 0xFFFF).astype(np.uint16)


def test_a_warm_body_is_seen_where_it_is_in_both_subpages() -> None:
    clock, celsius = FakeClock(), np.full(192, 22.0)
    celsius.reshape(12, 16)[4:9, 6:11] = 33.0
    source = Mlx90641Source(Mlx90641Thermal(source="mlx90641"), clock, Chip(clock, celsius), clock.advance)
    shots = [shot for _ in range(6) if (shot := source.read()) is not None]
    assert len(shots) == 6
    for shot in shots:
        assert shot.counts.shape == (12, 16)
        assert np.abs(shot.counts.ravel() / 100.0 - 273.15 - celsius).max() < 0.4
        assert np.isnan(shot.ffc_age_s)


def test_a_broken_pixel_takes_what_its_line_says() -> None:
    clock, celsius, eeprom = FakeClock(), np.full(192, 25.0), eeprom41_of()
    broken(eeprom, 40)
    source = Mlx90641Source(Mlx90641Thermal(source="mlx90641"), clock, Chip(clock, celsius, eeprom), clock.advance)
    shot = source.read()
    assert shot is not None
    assert shot.counts.ravel()[40] / 100.0 - 273.15 == pytest.approx(25.0, abs=1.0)


def test_a_sensor_that_stops_measuring_is_gone() -> None:
    clock = FakeClock()
    chip = Chip(clock, np.full(192, 25.0))
    source = Mlx90641Source(Mlx90641Thermal(source="mlx90641"), clock, chip, clock.advance)
    chip.due_s = 1e9
    quiet = [source.read() for _ in range(3)]
    assert quiet == [None] * 3
    with pytest.raises(SourceError, match="measures no more"):
        [source.read() for _ in range(10)]

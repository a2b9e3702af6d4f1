"""The driver of the MLX90640 against a sensor that speaks its bytes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.config.sources import Mlx90640Thermal
from edge.errors import SourceError
from edge.sim.wire.mlx90640 import Mlx90640Chip
from edge.sim.wire.mlx90640_eeprom import eeprom_of
from edge.vision.thermal.melexis.halves import Halves
from edge.vision.thermal.melexis.mlx90640_patterns import CHESS_PATTERN
from edge.vision.thermal.melexis.mlx90640_source import Mlx90640Source
from edge.vision.thermal.source import RawThermal
from tests.clocks import FakeClock

LSB_C = 1.2
"""One LSB of a pixel near the corner, at room and skin temperature."""


def face(_: float = 0.0) -> NDArray[np.float64]:
    picture = np.full((24, 32), 22.0)
    picture[6:18, 11:21] = 34.5
    return picture.ravel()


@dataclass
class Bench:
    """A sensor, its bus and its driver on one clock."""

    eeprom: NDArray[np.uint16] = field(default_factory=eeprom_of)
    scene: Callable[[float], NDArray[np.float64]] = face
    bus_hz: float = 400e3
    config: Mlx90640Thermal = field(default_factory=lambda: Mlx90640Thermal(source="mlx90640"))

    def __post_init__(self) -> None:
        self.clock = FakeClock()
        self.chip = Mlx90640Chip(self.eeprom, self.scene, self.clock, bus_hz=self.bus_hz, pass_time=self.clock.advance)

    def open(self) -> Mlx90640Source:
        self.source = Mlx90640Source(self.config, self.clock, self.chip, self.clock.advance)
        return self.source

    def watch(self, seconds: float) -> list[RawThermal]:
        until_s = self.clock.now_s + seconds
        shots = []
        while self.clock.now_s < until_s:
            shot = self.source.read()
            if shot is not None:
                shots.append(shot)
        return shots


def celsius(shot: RawThermal) -> NDArray[np.float64]:
    return shot.counts.ravel() / 100.0 - 273.15


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.open()
    return made


def test_a_face_comes_out_as_it_went_in_four_times_a_second(bench: Bench) -> None:
    shots = bench.watch(3.0)
    assert 11 <= len(shots) <= 12
    assert all(shot.counts.shape == (24, 32) and shot.counts.dtype == np.uint16 for shot in shots)
    assert np.abs(celsius(shots[-1]) - face()).max() < LSB_C
    assert np.allclose(np.diff([shot.taken_s for shot in shots]), 0.25, atol=0.03)


def test_rate_and_resolution_are_set_and_the_reading_pattern_is_that_of_the_calibration(bench: Bench) -> None:
    assert bench.chip.control == 0x1000 | 2 << 10 | 4 << 7 | 1


def test_every_resolution_gives_the_same_temperatures() -> None:
    for bits in (16, 17, 18, 19):
        made = Bench(config=Mlx90640Thermal(source="mlx90640", resolution_bits=bits))
        made.open()
        assert np.abs(celsius(made.watch(1.0)[-1]) - face()).max() < LSB_C


def test_a_sensor_calibrated_in_the_other_pattern_is_read_in_it() -> None:
    eeprom = eeprom_of()
    eeprom[10] |= 0x0800
    made = Bench(eeprom)
    made.open()
    assert not made.chip.control & 0x1000
    assert np.abs(celsius(made.watch(1.0)[-1]) - face()).max() < LSB_C


def halves_apart_c(shots: list[RawThermal]) -> float:
    """How far the two halves of a picture of an even scene are apart at most."""
    return max(abs(float(celsius(shot)[CHESS_PATTERN == 0].mean() - celsius(shot)[CHESS_PATTERN == 1].mean())) for shot in shots)


WARMING_C_S = 5.0
ONE_PERIOD_C = WARMING_C_S / 8 + 0.3


def warming(now_s: float) -> NDArray[np.float64]:
    return np.full(768, 20.0 + min(WARMING_C_S * (now_s - 1000.0), 60.0))


def test_halves_are_never_joined_across_a_repeated_subpage(caplog: pytest.LogCaptureFixture) -> None:
    made = Bench(scene=warming)
    made.open()
    order = [0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1]
    made.chip.subpages = lambda count: order[count % len(order)]
    assert halves_apart_c(made.watch(12.0)) < ONE_PERIOD_C
    with caplog.at_level(logging.WARNING):
        made.watch(60.0)
    assert "repeated" in caplog.text


def test_halves_are_never_joined_across_a_skipped_subpage() -> None:
    """The process is kept from running every now and then; an old half beside a new one would be 2 degC apart."""
    made = Bench(scene=warming)
    made.open()
    rounds = 0

    def stalled(seconds: float) -> None:
        nonlocal rounds
        rounds += 1
        made.clock.advance(seconds + (0.36 if rounds % 9 == 0 else 0.0))

    made.source._sleep = stalled
    shots = made.watch(12.0)
    assert made.source._halves.skipped > 3, made.source._halves.repeated
    assert len(shots) > 10
    assert halves_apart_c(shots) < ONE_PERIOD_C


def test_a_half_is_joined_to_the_other_one_that_follows_it_and_to_nothing_else() -> None:
    halves = Halves(period_s=0.1)
    assert halves.add(0, 1.0) is None
    assert halves.add(1, 1.1) == pytest.approx(1.05)
    assert halves.add(0, 1.2) is None  # belongs to the next picture
    assert halves.add(0, 1.3) is None
    assert halves.add(1, 1.4) == pytest.approx(1.35)
    assert halves.add(1, 1.5) is None
    assert halves.add(0, 1.8) is None
    halves.forget()
    assert halves.add(1, 1.9) is None
    assert (halves.repeated, halves.skipped) == (1, 1)


@pytest.mark.parametrize(("bus_hz", "refresh_hz"), [(100e3, 8), (400e3, 32)])
def test_a_bus_too_slow_for_the_rate_is_named_with_its_remedy(bus_hz: float, refresh_hz: Literal[8, 32]) -> None:
    made = Bench(bus_hz=bus_hz, config=Mlx90640Thermal(source="mlx90640", refresh_hz=refresh_hz))
    made.open()
    with pytest.raises(SourceError, match="bus is too slow") as refused:
        made.watch(10.0)
    assert "i2c_arm_baudrate" in str(refused.value)


def test_counts_say_nothing_of_the_die_until_it_has_come_to_rest(bench: Bench) -> None:
    ages_s = [shot.ffc_age_s for shot in bench.watch(40.0)]
    assert ages_s[0] == 0.0
    assert ages_s[-1] == pytest.approx(10.0, abs=0.5)


def test_a_die_that_warms_itself_holds_readings_off_for_minutes(bench: Bench) -> None:
    settled_s = None
    while settled_s is None and bench.clock.now_s < 1400.0:
        bench.chip.around = replace(bench.chip.around, ta_c=34.0 - 6.0 * np.exp(-(bench.clock.now_s - 1000.0) / 60.0))
        if any(shot.ffc_age_s > 0 for shot in bench.watch(1.0)):
            settled_s = bench.clock.now_s - 1000.0
    assert settled_s is not None
    assert 100.0 < settled_s < 240.0


def test_a_draught_on_the_die_begins_a_new_wait(bench: Bench) -> None:
    assert bench.watch(35.0)[-1].ffc_age_s > 0
    bench.chip.around = replace(bench.chip.around, ta_c=31.0)
    assert bench.watch(1.0)[-1].ffc_age_s == 0.0


def test_a_broken_pixel_is_replaced_by_its_neighbours() -> None:
    eeprom = eeprom_of()
    eeprom[64 + 12 * 32 + 15] = 0
    made = Bench(eeprom, scene=lambda _: np.full(768, 30.0))
    made.open()
    picture = celsius(made.watch(1.0)[-1]).reshape(24, 32)
    corners = picture[np.ix_((11, 13), (14, 16))]
    assert picture[12, 15] == pytest.approx(np.median(corners), abs=0.02)


@pytest.mark.parametrize("word", [0x0000, 0xFFFF])
def test_an_eeprom_of_nothing_is_refused(word: int) -> None:
    with pytest.raises(SourceError, match=f"0x{word:04X}"):
        Bench(np.full(832, word, np.uint16)).open()


def test_an_mlx90641_is_refused_with_what_to_set() -> None:
    eeprom = eeprom_of()
    eeprom[10] |= 0x0040
    with pytest.raises(SourceError, match="mlx90641"):
        Bench(eeprom).open()


def test_a_sensor_with_two_bad_pixels_side_by_side_is_refused() -> None:
    eeprom = eeprom_of()
    eeprom[64 + 100 : 64 + 102] = 0
    with pytest.raises(SourceError, match=r"touch each other \(return code -6\)"):
        Bench(eeprom).open()


def test_a_sensor_that_falls_silent_is_gone(bench: Bench) -> None:
    bench.watch(1.0)
    bench.chip.silent = True
    with pytest.raises(SourceError, match=r"0x33 on /dev/i2c-1: the device at 0x33 does not answer"):
        bench.source.read()


def test_a_single_disturbance_on_the_bus_costs_nothing(bench: Bench) -> None:
    shots = []
    for _ in range(8):
        bench.chip.nacks = 1
        shots += bench.watch(0.25)
    assert len(shots) >= 7
    bench.chip.nacks = 2
    with pytest.raises(SourceError, match="does not answer"):
        bench.watch(1.0)


def test_a_sensor_that_restarted_is_set_up_again(bench: Bench) -> None:
    bench.watch(1.0)
    bench.chip.control = 0x1901
    with pytest.raises(SourceError, match="has lost its settings"):
        bench.watch(2.0)


def test_a_sensor_that_stops_measuring_is_gone(bench: Bench) -> None:
    bench.watch(1.0)
    bench.chip._due_s = 1e9
    with pytest.raises(SourceError, match="measures no more"):
        bench.watch(5.0)


def test_a_sensor_that_does_not_take_its_settings_is_refused() -> None:
    made = Bench()
    made.chip.deaf = True
    with pytest.raises(SourceError, match="did not take its settings"):
        made.open()


def test_a_supply_far_from_3_3_volts_gives_no_pictures(bench: Bench) -> None:
    bench.chip.around = replace(bench.chip.around, vdd_v=2.4)
    with pytest.raises(SourceError, match=r"2\.4 V"):
        bench.watch(5.0)

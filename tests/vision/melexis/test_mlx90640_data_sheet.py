"""The worked example of the MLX90640's data sheet (rev 12, section 11.2.2), stage by stage, and where it contradicts itself."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from edge.sim.wire.mlx90640_eeprom import WORKED_PIXEL, eeprom_of
from edge.vision.thermal.melexis import mlx90640_common as common
from edge.vision.thermal.melexis import mlx90640_pixels as pixels
from edge.vision.thermal.melexis import mlx90640_stages as stages
from edge.vision.thermal.melexis.mlx90640_decoder import Mlx90640Decoder
from edge.vision.thermal.melexis.mlx90640_frame import RAM_WORDS, Frame
from edge.vision.thermal.melexis.mlx90640_parameters import restore
from edge.vision.thermal.melexis.mlx90640_patterns import CHESS_PATTERN

EE = eeprom_of(tgc=True)
WORDS = EE.tolist()
RAM = {0x056F: 0x0261, 0x0700: 0x4BF2, 0x0708: 0xFFCA, 0x0728: 0xFFC8, 0x070A: 0x1881, 0x0720: 0x06AF, 0x072A: 0xCCC5}
VDD_V = 3.318623737
TA_C = 39.184424
PRINTED_TA_C = 39.184
KGAIN = 1.01753546947234
ALPHA_COMPENSATED = 1.1876487360496e-7
SIGNAL_WITH_CP1 = 679.250909123826


def exactly(value: float | tuple[float, ...]) -> object:
    return pytest.approx(value, rel=1e-6)


def word(register: int) -> int:
    return int(np.uint16(RAM[register]).view(np.int16))


def one(value: float) -> NDArray[np.float64]:
    return np.array([value])


def test_the_supply_is_that_of_the_data_sheet() -> None:
    correction = stages.resolution_correction(common.resolution(WORDS), (0x0901 >> 10) & 3)
    assert correction == 1.0
    assert stages.supply_v(word(0x072A), correction, common.supply(WORDS)) == exactly(VDD_V)


def test_the_die_has_the_temperature_of_the_data_sheet() -> None:
    art = stages.v_ptat_art(word(0x0720), word(0x0700), common.ptat(WORDS))
    assert art == exactly(12873.57952)
    assert stages.die_temperature_c(art, VDD_V, common.ptat(WORDS)) == exactly(TA_C)


def test_gain_and_gained_pixel_are_those_of_the_data_sheet() -> None:
    kgain = stages.gain_factor(common.gain(WORDS), word(0x070A))
    assert kgain == exactly(KGAIN)
    assert word(0x056F) * kgain == exactly(619.679100908656)


def test_offset_and_its_drift_are_those_of_the_data_sheet() -> None:
    ee = EE.astype(np.int64)
    offset, kta, kv = (float(of(ee)[WORKED_PIXEL]) for of in (pixels.offset, pixels.kta, pixels.kv))
    assert (offset, kta, kv) == (-75, 0.005126953125, 0.5)
    assert 619.679100908656 - offset * stages.drift_factor(kta, kv, TA_C, VDD_V) == exactly(700.882495690877)


def test_the_compensation_pixel_of_subpage_0_is_that_of_the_data_sheet_and_of_subpage_1_that_of_its_own_formula() -> None:
    cp = common.compensation_pixel(WORDS)
    signals = [
        stages.compensation_lsb(word(register), KGAIN, cp, subpage, 0.0, TA_C, VDD_V)
        for subpage, register in enumerate((0x0708, 0x0728))
    ]
    assert signals[0] == exactly(25.6666575059956)
    assert signals[1] == exactly(25.781282)  # 21.6315865670509 is printed: the erratum


def test_sensitivities_are_those_of_the_data_sheet() -> None:
    cp = common.compensation_pixel(WORDS)
    alpha = pixels.alpha(EE.astype(np.int64))[WORKED_PIXEL]
    assert alpha == exactly(1.26223312690854e-7)
    assert cp.alpha == exactly((4.07453626394272e-9, 3.85171006200835e-9))
    net = one(alpha - common.tgc(WORDS) * cp.alpha[0])
    assert stages.sensitivity(net, common.ks_ta(WORDS), TA_C)[0] == exactly(ALPHA_COMPENSATED)


def test_ranges_are_those_of_the_data_sheet() -> None:
    ranges = common.ranges(WORDS)
    assert ranges.from_c == (-40, 0, 160, 320)
    assert ranges.alpha == exactly((1.033104231, 1, 0.871826172, 0.76008087418))


def test_the_printed_signal_gives_the_printed_temperature() -> None:
    ta_tr, ks_to_2 = stages.ta_tr_k4(PRINTED_TA_C, 31.0, 1.0), common.ranges(WORDS).ks_to[1]
    ir, alpha = one(SIGNAL_WITH_CP1), one(ALPHA_COMPENSATED)
    assert stages.s_x(ir, alpha, ta_tr, ks_to_2)[0] == exactly(-3.34259382357449e-8)
    assert stages.object_c_basic(ir, alpha, ta_tr, ks_to_2)[0] == exactly(80.363312506592)


def test_the_pixel_s_own_subpage_gives_another_temperature_than_the_printed_one() -> None:
    assert CHESS_PATTERN[WORKED_PIXEL] == 0  # so the signal less CP0, not CP1
    ranges, ta_tr = common.ranges(WORDS), stages.ta_tr_k4(TA_C, 31.0, 1.0)
    ir, alpha = one(700.882495690877 - 25.6666575059956), one(ALPHA_COMPENSATED)
    basic_c = stages.object_c_basic(ir, alpha, ta_tr, ranges.ks_to[1])
    assert basic_c[0] == pytest.approx(80.1526, abs=1e-4)
    assert stages.object_c_extended(ir, alpha, ta_tr, ranges, basic_c)[0] == pytest.approx(80.2164, abs=1e-4)


def test_the_whole_decoder_gives_what_the_maker_s_library_gives() -> None:
    """The library averages the compensation pixels' sensitivities and rounds what it stores; in float32 it says 80.185806."""
    ram = np.zeros(RAM_WORDS, np.int16)
    for register in RAM:
        ram[register - 0x0400] = word(register)
    celsius = np.zeros(pixels.PIXELS)
    Mlx90640Decoder(restore(EE, "data sheet")).into(celsius, Frame(ram, 0x1901, 0), 1.0, 31.0)
    assert celsius[WORKED_PIXEL] == pytest.approx(80.185806, abs=1e-3)

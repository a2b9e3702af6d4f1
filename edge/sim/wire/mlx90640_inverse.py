"""From a temperature picture to the words an MLX90640 would hold: the decoder's formulas the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.vision.thermal.melexis import mlx90640_stages as stages
from edge.vision.thermal.melexis.mlx90640_decoder import OPEN_AIR_C
from edge.vision.thermal.melexis.mlx90640_frame import FRAME_WORDS
from edge.vision.thermal.melexis.mlx90640_parameters import Parameters
from edge.vision.thermal.melexis.mlx90640_patterns import CONVERSION_PATTERN, IL_PATTERN
from edge.vision.thermal.melexis.mlx90640_pixels import PIXELS

VBE_WORD: Final = 0x4BF2
_ROUNDS: Final = 4
"""The basic range's temperature chooses the range and stands in its formula; after so many rounds it no longer moves."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The sensor's own state: supply in volts, die and reflected temperature in degrees Celsius (None: 8 below the die)."""

    vdd_v: float = 3.3
    ta_c: float = 30.0
    reflected_c: float | None = None
    emissivity: float = 1.0


def frame_words(
    celsius: NDArray[np.float64], of: Parameters, control: int, subpage: int, around: Surroundings
) -> NDArray[np.uint16]:
    """The 834 words of a frame (RAM, control register, sub-page) that hold `celsius`, shape (768,), rounded to whole LSB.

    All pixels are written, those of the other sub-page too. Gain is as at calibration, the compensation pixel sees the die.
    """
    words = np.zeros(FRAME_WORDS, np.int64)
    _fill_aux(words, of, control, around)
    chess = bool(control & 0x1000)
    # As the supply and the thermometer will be read back, after rounding to LSB.
    vdd_v = stages.supply_v(int(words[0x032A]), _correction(of, control), of.supply)
    ta_c = stages.die_temperature_c(stages.v_ptat_art(int(words[0x0320]), VBE_WORD, of.ptat), vdd_v, of.ptat)
    drift = stages.drift_factor(of.kta, of.kv, ta_c, vdd_v)
    added = np.zeros(PIXELS)
    if chess is not of.calibrated_in_chess:
        added = of.il_chess[2] * (2 * IL_PATTERN - 1) - of.il_chess[1] * CONVERSION_PATTERN
    signal = _signal(celsius, of, ta_c, around) * around.emissivity
    words[:PIXELS] = np.clip(np.rint(signal + of.offset * drift - added), -32768, 32766)
    words[PIXELS + 64 :] = (control, subpage)
    return (words & 0xFFFF).astype(np.uint16)


def _correction(of: Parameters, control: int) -> float:
    return stages.resolution_correction(of.resolution, (control >> 10) & 3)


def _fill_aux(words: NDArray[np.int64], of: Parameters, control: int, around: Surroundings) -> None:
    """Words of 0x0700 to 0x073F; the index is the register less 0x0400."""
    words[0x0300] = VBE_WORD
    art = (of.ptat.at_25 + (around.ta_c - stages.TA_0_C) * of.ptat.kt) * (1 + of.ptat.kv * (around.vdd_v - stages.VDD_0))
    words[0x0320] = round(art * VBE_WORD / (2.0**18 - art * of.ptat.alpha))
    words[0x030A] = of.gain
    supply = (around.vdd_v - stages.VDD_0) * of.supply.k + of.supply.at_25
    words[0x032A] = round(supply / _correction(of, control))
    drift = stages.drift_factor(of.cp.kta, of.cp.kv, around.ta_c, around.vdd_v)
    added = of.il_chess[0] if bool(control & 0x1000) is not of.calibrated_in_chess else 0.0
    words[0x0308] = round(of.cp.offset[0] * drift)
    words[0x0328] = round((of.cp.offset[1] + added) * drift)


def _signal(celsius: NDArray[np.float64], of: Parameters, ta_c: float, around: Surroundings) -> NDArray[np.float64]:
    """Compensated signal over the emissivity, LSB, that decodes to `celsius`."""
    reflected_c = ta_c - OPEN_AIR_C if around.reflected_c is None else around.reflected_c
    ta_tr = stages.ta_tr_k4(ta_c, reflected_c, around.emissivity)
    alpha = stages.sensitivity(of.alpha, of.ks_ta, ta_c)
    beyond = (celsius + stages.KELVIN) ** 4 - ta_tr
    basic_c = celsius
    ir = beyond
    for _ in range(_ROUNDS):
        number = np.searchsorted(of.ranges.from_c[1:], basic_c, side="right")
        ks_to, from_c, correction = (np.asarray(value)[number] for value in (of.ranges.ks_to, of.ranges.from_c, of.ranges.alpha))
        ir = beyond * alpha * correction * (1 + ks_to * (basic_c - from_c))
        basic_c = stages.object_c_basic(ir, alpha, ta_tr, of.ranges.ks_to[1])
    return ir

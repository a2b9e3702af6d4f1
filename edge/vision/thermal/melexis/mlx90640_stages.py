"""From raw words to the temperature of objects: one function a stage, named as in the data sheet's section 11.2.2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from edge.vision.thermal.melexis.mlx90640_common import CompensationPixel, Ptat, Ranges, Supply

KELVIN: Final = 273.15
VDD_0: Final = 3.3
TA_0_C: Final = 25.0
_PTAT_FULL_SCALE: Final = 2.0**18

Numbers = TypeVar("Numbers", float, NDArray[np.float64])


def resolution_correction(calibrated: int, read: int) -> float:
    """Section 11.2.2.1: what the supply's word is multiplied with; 0 to 3 stand for 16 to 19 bits."""
    return 2.0 ** (calibrated - read)


def supply_v(word: int, correction: float, supply: Supply) -> float:
    """Section 11.2.2.2: Vdd of the word at 0x072A, volts."""
    return (correction * word - supply.at_25) / supply.k + VDD_0


def v_ptat_art(ptat_word: int, vbe_word: int, ptat: Ptat) -> float:
    """Section 11.2.2.3: of the words at 0x0720 and 0x0700, LSB."""
    return _ratio(ptat_word, ptat_word * ptat.alpha + vbe_word) * _PTAT_FULL_SCALE


def die_temperature_c(art: float, vdd_v: float, ptat: Ptat) -> float:
    """Section 11.2.2.3: Ta, the temperature of the die, degrees Celsius."""
    return (_ratio(art, 1 + ptat.kv * (vdd_v - VDD_0)) - ptat.at_25) / ptat.kt + TA_0_C


def gain_factor(calibrated: int, word: int) -> float:
    """Section 11.2.2.4: Kgain of the word at 0x070A."""
    return _ratio(calibrated, word)


def _ratio(over: float, under: float) -> float:
    """NaN where it is none: no sensor sends such words, a disturbed bus may."""
    return over / under if under else float("nan")


def drift_factor(kta: Numbers, kv: Numbers, ta_c: float, vdd_v: float) -> Numbers:
    """Sections 11.2.2.5.3 and 11.2.2.6.2: how an offset has moved since 25 degC and 3.3 V."""
    return (1 + kta * (ta_c - TA_0_C)) * (1 + kv * (vdd_v - VDD_0))


def compensation_lsb(
    word: int, kgain: float, cp: CompensationPixel, subpage: int, added: float, ta_c: float, vdd_v: float
) -> float:
    """Sections 11.2.2.6.1 and 11.2.2.6.2: the compensation pixel less its offset.

    `word` is 0x0708 or 0x0728; `added` is IlChess_C1 for sub-page 1 in the pattern the sensor was not calibrated in, else 0.
    """
    return word * kgain - (cp.offset[subpage] + added) * drift_factor(cp.kta, cp.kv, ta_c, vdd_v)


def sensitivity(alpha: NDArray[np.float64], ks_ta: float, ta_c: float) -> NDArray[np.float64]:
    """Section 11.2.2.8: `alpha` (already less TGC times that of the compensation pixel) at the die's temperature."""
    return alpha * (1 + ks_ta * (ta_c - TA_0_C))


def ta_tr_k4(ta_c: float, reflected_c: float, emissivity: float) -> float:
    """Section 11.2.2.9: T_a-r, what the die and the surroundings radiate, kelvin to the fourth."""
    tr_k4 = (reflected_c + KELVIN) ** 4
    return tr_k4 - (tr_k4 - (ta_c + KELVIN) ** 4) / emissivity


def s_x(ir: NDArray[np.float64], alpha: NDArray[np.float64], ta_tr: float, ks_to_2: float) -> NDArray[np.float64]:
    """Section 11.2.2.9: Sx, what the sensitivity's own dependence on To adds."""
    alpha_2 = alpha * alpha
    return np.sqrt(np.sqrt(alpha_2 * alpha * ir + alpha_2 * alpha_2 * ta_tr)) * ks_to_2


def object_c_basic(ir: NDArray[np.float64], alpha: NDArray[np.float64], ta_tr: float, ks_to_2: float) -> NDArray[np.float64]:
    """Section 11.2.2.9: To by the basic range alone, degrees Celsius; `ir` is the compensated signal over the emissivity."""
    return _fourth_root_c(ir / (alpha * (1 - ks_to_2 * KELVIN) + s_x(ir, alpha, ta_tr, ks_to_2)) + ta_tr)


def object_c_extended(
    ir: NDArray[np.float64], alpha: NDArray[np.float64], ta_tr: float, ranges: Ranges, basic_c: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Section 11.2.2.9.1.1: To once more with the constants of the range that the first answer lies in, degrees Celsius."""
    number = np.searchsorted(ranges.from_c[1:], basic_c, side="right")
    ks_to, from_c, correction = (np.asarray(of)[number] for of in (ranges.ks_to, ranges.from_c, ranges.alpha))
    return _fourth_root_c(ir / (alpha * correction * (1 + ks_to * (basic_c - from_c))) + ta_tr)


def _fourth_root_c(k4: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(np.sqrt(k4)) - KELVIN

"""Parameters of the MLX90640 that all pixels share, from the EEPROM's words (word n is register 0x2400 + n)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from edge.vision.thermal.melexis.bit_fields import high_byte, low_byte, nibble, signed

CT_LOWEST_C: Final = -40
CT_BASIC_C: Final = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """Section 11.1.1. `k` in LSB/V, `at_25` in LSB at 25 degC and 3.3 V."""

    k: int
    at_25: int


@dataclass(frozen=True, slots=True)
class Ptat:
    """Section 11.1.2, the die's thermometer. `kv` in 1/V, `kt` in LSB/degC, `at_25` in LSB, `alpha` has no unit."""

    kv: float
    kt: float
    at_25: int
    alpha: float


@dataclass(frozen=True, slots=True)
class CompensationPixel:
    """Sections 11.1.12 to 11.1.15. `alpha` and `offset` of sub-page 0 and 1; `kta` in 1/degC, `kv` in 1/V."""

    alpha: tuple[float, float]
    offset: tuple[int, int]
    kta: float
    kv: float


@dataclass(frozen=True, slots=True)
class Ranges:
    """Sections 11.1.9 to 11.1.11: ranges of object temperature, four of an MLX90640 and eight of an MLX90641.

    Attributes:
        from_c: CT, where each begins, degrees Celsius.
        ks_to: KsTo, 1/degC.
        alpha: Alpha_corr, no unit.
    """

    from_c: tuple[int, ...]
    ks_to: tuple[float, ...]
    alpha: tuple[float, ...]


def supply(ee: Sequence[int]) -> Supply:
    """Section 11.1.1: Kvdd and Vdd25 of 0x2433."""
    return Supply(high_byte(ee[51]) * 32, ((ee[51] & 0xFF) - 256) * 32 - 8192)


def ptat(ee: Sequence[int]) -> Ptat:
    """Section 11.1.2: KvPTAT and KtPTAT of 0x2432, VPTAT25 of 0x2431, AlphaPTAT of 0x2410."""
    return Ptat(signed(ee[50] >> 10, 6) / 4096, signed(ee[50], 10) / 8, signed(ee[49], 16), nibble(ee[16], 3) / 4 + 8)


def gain(ee: Sequence[int]) -> int:
    """Section 11.1.7: 0x2430."""
    return signed(ee[48], 16)


def ks_ta(ee: Sequence[int]) -> float:
    """Section 11.1.8: 0x243C, 1/degC."""
    return high_byte(ee[60]) / 8192


def ranges(ee: Sequence[int]) -> Ranges:
    """Sections 11.1.9 to 11.1.11: CT3 and CT4 of 0x243F, KsTo of 0x243D, 0x243E."""
    step_c = 10 * ((ee[63] >> 12) & 3)
    ct3_c = nibble(ee[63], 1) * step_c
    ct4_c = ct3_c + nibble(ee[63], 2) * step_c
    scale = 1 << (nibble(ee[63], 0) + 8)
    k1, k2 = low_byte(ee[61]) / scale, high_byte(ee[61]) / scale
    k3, k4 = low_byte(ee[62]) / scale, high_byte(ee[62]) / scale
    third = 1 + k2 * ct3_c
    alpha = (1 / (1 - k1 * CT_LOWEST_C), 1.0, third, third * (1 + k3 * (ct4_c - ct3_c)))
    return Ranges((CT_LOWEST_C, CT_BASIC_C, ct3_c, ct4_c), (k1, k2, k3, k4), alpha)


def compensation_pixel(ee: Sequence[int]) -> CompensationPixel:
    """Sections 11.1.12 to 11.1.15: 0x2439 to 0x243B."""
    alpha_0 = signed(ee[57], 10) / 2.0 ** (nibble(ee[32], 3) + 27)
    alpha_1 = alpha_0 * (1 + signed(ee[57] >> 10, 6) / 128)
    offset_0 = signed(ee[58], 10)
    offset_1 = offset_0 + signed(ee[58] >> 10, 6)
    kta = low_byte(ee[59]) / 2.0 ** (nibble(ee[56], 1) + 8)
    kv = high_byte(ee[59]) / 2.0 ** nibble(ee[56], 2)
    return CompensationPixel((alpha_0, alpha_1), (offset_0, offset_1), kta, kv)


def tgc(ee: Sequence[int]) -> float:
    """Section 11.1.16, temperature gradient coefficient: 0x243C. Newer chips hold 0."""
    return low_byte(ee[60]) / 32


def resolution(ee: Sequence[int]) -> int:
    """Section 11.1.17, the ADC's resolution at calibration: 0x2438; 0 to 3 stand for 16 to 19 bits."""
    return (ee[56] >> 12) & 3


def calibrated_in_chess(ee: Sequence[int]) -> bool:
    """Which reading pattern the maker calibrated in: bit 11 of 0x240A is set for the interleaved one."""
    return not ee[10] & 0x0800


def il_chess(ee: Sequence[int]) -> tuple[float, float, float]:
    """Section 11.1.3.1: what the other reading pattern adds, 0x2435, in LSB."""
    return signed(ee[53], 6) / 16, signed(ee[53] >> 6, 5) / 2, signed(ee[53] >> 11, 5) / 8

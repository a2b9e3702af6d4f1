"""Sub-pages of one MLX90640 to temperatures. What depends on the EEPROM alone is worked out once, when it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis import mlx90640_stages as stages
from edge.vision.thermal.melexis.mlx90640_patterns import CONVERSION_PATTERN, IL_PATTERN, members

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.thermal.melexis.mlx90640_frame import Frame
    from edge.vision.thermal.melexis.mlx90640_parameters import Parameters

OPEN_AIR_C: Final = 8.0
"""So much colder than the die the surroundings are where nobody knows better (data sheet, 11.2.2.9)."""
_CP_WORDS: Final = (0x0708, 0x0728)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The sensor itself during one sub-page: supply in volts, die in degrees Celsius, gain, compensation pixel in LSB."""

    vdd_v: float
    ta_c: float
    kgain: float
    cp_lsb: float


@dataclass(frozen=True, slots=True)
class _Half:
    """The 384 pixels of a sub-page in one reading pattern, arrays of shape (384,); `added` is the pattern's correction, LSB."""

    pixels: NDArray[np.intp]
    offset: NDArray[np.float64]
    alpha: NDArray[np.float64]
    kta: NDArray[np.float64]
    kv: NDArray[np.float64]
    added: NDArray[np.float64]


class Mlx90640Decoder:
    """Divides by the emissivity after the compensation pixel is taken off, as the maker's library does; the data sheet does it
    before, which differs where TGC is not 0 (0.03 to 0.07 degC at 80 degC and emissivities of 0.98 to 0.95).
    """

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._halves = {(chess, subpage): self._half(subpage, chess=chess) for chess in (True, False) for subpage in (0, 1)}

    def _half(self, subpage: int, *, chess: bool) -> _Half:
        of = self.parameters
        pixels = members(subpage, chess=chess)
        if chess is of.calibrated_in_chess:
            added = np.zeros(len(pixels))
        else:
            _, c2, c3 = of.il_chess
            added = c3 * (2 * IL_PATTERN[pixels] - 1) - c2 * CONVERSION_PATTERN[pixels]
        return _Half(pixels, of.offset[pixels], of.alpha[pixels], of.kta[pixels], of.kv[pixels], added)

    def conditions(self, frame: Frame) -> Conditions:
        """Sections 11.2.2.1 to 11.2.2.4 and 11.2.2.6."""
        of = self.parameters
        correction = stages.resolution_correction(of.resolution, frame.resolution)
        vdd_v = stages.supply_v(frame.aux(0x072A), correction, of.supply)
        art = stages.v_ptat_art(frame.aux(0x0720), frame.aux(0x0700), of.ptat)
        ta_c = stages.die_temperature_c(art, vdd_v, of.ptat)
        kgain = stages.gain_factor(of.gain, frame.aux(0x070A))
        added = of.il_chess[0] if frame.subpage == 1 and frame.chess is not of.calibrated_in_chess else 0.0
        word = frame.aux(_CP_WORDS[frame.subpage])
        return Conditions(vdd_v, ta_c, kgain, stages.compensation_lsb(word, kgain, of.cp, frame.subpage, added, ta_c, vdd_v))

    def into(self, celsius: NDArray[np.float64], frame: Frame, emissivity: float, reflected_c: float | None) -> Conditions:
        """Write To of the frame's sub-page into `celsius`, shape (768,); the other half stays as it is.

        NaN where a signal has no temperature. `reflected_c` None means 8 degC below the die.
        """
        half, of = self._halves[frame.chess, frame.subpage], self.parameters
        at = self.conditions(frame)
        ta_tr = stages.ta_tr_k4(at.ta_c, at.ta_c - OPEN_AIR_C if reflected_c is None else reflected_c, emissivity)
        with np.errstate(invalid="ignore", divide="ignore"):
            ir = self._signal(frame, half, at) / emissivity
            alpha = stages.sensitivity(half.alpha, of.ks_ta, at.ta_c)
            basic_c = stages.object_c_basic(ir, alpha, ta_tr, of.ranges.ks_to[1])
            celsius[half.pixels] = stages.object_c_extended(ir, alpha, ta_tr, of.ranges, basic_c)
        return at

    def _signal(self, frame: Frame, half: _Half, at: Conditions) -> NDArray[np.float64]:
        """Sections 11.2.2.5.1 to 11.2.2.5.3 and 11.2.2.7: gain, offset, reading pattern, gradient; LSB, shape (384,)."""
        raw = frame.ram[half.pixels] * at.kgain
        drift = stages.drift_factor(half.kta, half.kv, at.ta_c, at.vdd_v)
        return raw - half.offset * drift + half.added - self.parameters.tgc * at.cp_lsb

"""Sub-pages of one MLX90641 to temperatures: the MLX90640's stages with its own offsets, sensitivities and eight ranges.

Presence only: 16x12 pixels cannot see a face's temperature, whatever stands in the number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.melexis import mlx90640_stages as stages
from edge.vision.thermal.melexis.mlx90640_decoder import OPEN_AIR_C
from edge.vision.thermal.melexis.mlx90640_replacement import from_sides
from edge.vision.thermal.melexis.mlx90641_parameters import BASIC_RANGE, COLS, PIXELS, ROWS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.thermal.melexis.mlx90641_parameters import Parameters41

AUX: Final = 0x0580
AUX_WORDS: Final = 48
_VBE, _CP, _GAIN, _PTAT, _VDD = 0x0580, 0x0588, 0x058A, 0x05A0, 0x05AA


@dataclass(frozen=True, slots=True)
class Frame41:
    """One sub-page, all 192 pixels: int16 words, shape (192,); auxiliary words from 0x0580 on, shape (48,)."""

    pixels: NDArray[np.int16]
    auxiliary: NDArray[np.int16]
    control: int
    subpage: int

    def aux(self, register: int) -> int:
        return int(self.auxiliary[register - AUX])


class Mlx90641Decoder:
    """What one sensor's words mean."""

    def __init__(self, parameters: Parameters41) -> None:
        self.parameters = parameters

    def itself(self, frame: Frame41) -> tuple[float, float]:
        """Supply in volts and die in degrees Celsius."""
        of = self.parameters
        correction = stages.resolution_correction(of.resolution, (frame.control >> 10) & 3)
        vdd_v = stages.supply_v(frame.aux(_VDD), correction, of.supply)
        art = stages.v_ptat_art(frame.aux(_PTAT), frame.aux(_VBE), of.ptat)
        return vdd_v, stages.die_temperature_c(art, vdd_v, of.ptat)

    def celsius(self, frame: Frame41, emissivity: float, reflected_c: float | None) -> NDArray[np.float64]:
        """To, shape (192,), broken pixels replaced; NaN where a signal has no temperature. `reflected_c` None: open air."""
        of = self.parameters
        vdd_v, ta_c = self.itself(frame)
        ta_tr = stages.ta_tr_k4(ta_c, ta_c - OPEN_AIR_C if reflected_c is None else reflected_c, emissivity)
        kgain = stages.gain_factor(of.gain, frame.aux(_GAIN))
        cp_lsb = frame.aux(_CP) * kgain - of.cp_offset * stages.drift_factor(of.cp_kta, of.cp_kv, ta_c, vdd_v)
        with np.errstate(invalid="ignore", divide="ignore"):
            drift = stages.drift_factor(of.kta, of.kv, ta_c, vdd_v)
            ir = (frame.pixels * kgain - of.offset[frame.subpage] * drift - of.tgc * cp_lsb) / emissivity
            alpha = stages.sensitivity(of.alpha, of.ks_ta, ta_c)
            basic_c = stages.object_c_basic(ir, alpha, ta_tr, of.ranges.ks_to[BASIC_RANGE])
            celsius = stages.object_c_extended(ir, alpha, ta_tr, of.ranges, basic_c)
        for pixel in of.broken:
            celsius[pixel] = from_sides(celsius.reshape(ROWS, COLS)[pixel // COLS], pixel % COLS, ())
        assert celsius.shape == (PIXELS,)
        return celsius

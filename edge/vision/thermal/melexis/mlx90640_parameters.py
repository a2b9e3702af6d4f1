"""The EEPROM of an MLX90640 as parameters: read once when the sensor is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError
from edge.vision.thermal.melexis import mlx90640_common as common
from edge.vision.thermal.melexis import mlx90640_pixels as pixels
from edge.vision.thermal.melexis.mlx90640_deviating import BadPixels, deviating_pixels
from edge.vision.thermal.melexis.stored_form import alpha_as_stored, coefficients_as_stored

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.thermal.melexis.mlx90640_common import CompensationPixel, Ptat, Ranges, Supply

EEPROM_WORDS: Final = 832


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything the maker measured of one sensor.

    Attributes:
        supply, ptat, gain, ks_ta, ranges, cp, tgc, resolution, calibrated_in_chess, il_chess: see `mlx90640_common`.
        offset, alpha, kta, kv: of the pixels, shape (768,) float64; `alpha` less the compensation pixel's; rounded as stored.
        bad: broken and outlier pixels with the library's return code.
    """

    supply: Supply
    ptat: Ptat
    gain: int
    ks_ta: float
    ranges: Ranges
    cp: CompensationPixel
    tgc: float
    resolution: int
    calibrated_in_chess: bool
    il_chess: tuple[float, float, float]
    offset: NDArray[np.float64]
    alpha: NDArray[np.float64]
    kta: NDArray[np.float64]
    kv: NDArray[np.float64]
    bad: BadPixels


def restore(words: NDArray[np.uint16], where: str) -> Parameters:
    """Parameters of the EEPROM's 832 words. `where` names the sensor or file in errors.

    Raises SourceError: not 832 words, all words alike (nothing answers on the bus), or words no sensor has. A return code other
    than OK is no error here: see `Parameters.bad`.
    """
    check_words(words, where)
    ee = words.astype(np.int64)
    scalars: list[int] = ee[: pixels.FIRST_PIXEL].tolist()
    cp, tgc = common.compensation_pixel(scalars), common.tgc(scalars)
    supply, ptat, gain = common.supply(scalars), common.ptat(scalars), common.gain(scalars)
    if not (supply.k and ptat.kt and gain):
        what = "the EEPROM's words are no calibration: supply, thermometer or gain is 0"
        raise SourceError(what, where=where, remedy="Check the wiring; a sensor that stays so is broken.")
    return Parameters(
        supply=supply,
        ptat=ptat,
        gain=gain,
        ks_ta=common.ks_ta(scalars),
        ranges=common.ranges(scalars),
        cp=cp,
        tgc=tgc,
        resolution=common.resolution(scalars),
        calibrated_in_chess=common.calibrated_in_chess(scalars),
        il_chess=common.il_chess(scalars),
        offset=pixels.offset(ee).astype(np.float64),
        alpha=alpha_as_stored(pixels.alpha(ee), tgc * sum(cp.alpha) / 2, where),
        kta=coefficients_as_stored(pixels.kta(ee)),
        kv=coefficients_as_stored(pixels.kv(ee)),
        bad=deviating_pixels(ee),
    )


def check_words(words: NDArray[np.uint16], where: str) -> None:
    """Refuse what a bus gives when nothing is behind it. Raises SourceError."""
    if words.shape != (EEPROM_WORDS,):
        what = f"an EEPROM has {EEPROM_WORDS} words, not {words.size}"
        raise SourceError(what, where=where, remedy="Read 0x2400 to 0x273F.")
    if (words == words[0]).all():
        what = f"every word of the EEPROM is 0x{int(words[0]):04X}: the bus answers, the sensor does not"
        raise SourceError(what, where=where, remedy="Check its wires, its supply of 3.3 V and the bus's pull-up resistors.")

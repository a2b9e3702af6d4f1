"""The EEPROM of an MLX90641 as parameters (data sheet section 11.1). Word n is register 0x2400 + n.

No golden outputs of the maker's library were at hand for this sensor. The stages are tested with the numbers that the data sheet
prints, and the whole by a round trip; parameters are the data sheet's, not rounded as the library stores them. Where the library
(melexis/mlx90641-library) reads five bits of Kta and Kv of the compensation pixel, the data sheet's six are read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from edge.errors import SourceError
from edge.vision.thermal.melexis.bit_fields import signed, signed_each
from edge.vision.thermal.melexis.mlx90640_common import Ptat, Ranges, Supply
from edge.vision.thermal.melexis.mlx90640_parameters import check_words
from edge.vision.thermal.melexis.secded import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROWS: Final = 12
COLS: Final = 16
PIXELS: Final = ROWS * COLS
FIRST_CODED: Final = 16
"""Words before it are not under the Hamming code."""
OFFSETS: Final = (64, 640)
SENSITIVITIES: Final = 256
COEFFICIENTS: Final = 448
MODEL_BIT: Final = 0x0040
"""Device select of 0x240A: set on an MLX90641."""
BASIC_RANGE: Final = 2
_FIXED_CT_C: Final = (-40, -20, 0, 80, 120)
_PAIRS_OF_ROWS: Final = 32
_MOST_BROKEN: Final = 1
_REPLACE: Final = "Replace the sensor; read it once more first, if its wires are long."


@dataclass(frozen=True, slots=True)
class Parameters41:
    """Everything the maker measured of one MLX90641.

    Attributes:
        supply, ptat, ranges: as those of the MLX90640.
        gain, tgc, ks_ta, resolution: numbers as those of the MLX90640; resolution 0 to 3 stand for 16 to 19 bits.
        offset: of both sub-pages, shape (2, 192), LSB. alpha, kta, kv: shape (192,); alpha less TGC times that of the
            compensation pixel.
        cp_offset, cp_kta, cp_kv: of the compensation pixel.
        broken: numbers of broken pixels (row * 16 + col), at most one.
        corrected: how many words had one wrong bit.
    """

    supply: Supply
    ptat: Ptat
    ranges: Ranges
    gain: int
    tgc: float
    ks_ta: float
    resolution: int
    offset: NDArray[np.float64]
    alpha: NDArray[np.float64]
    kta: NDArray[np.float64]
    kv: NDArray[np.float64]
    cp_offset: int
    cp_kta: float
    cp_kv: float
    broken: tuple[int, ...]
    corrected: int


def restore41(words: NDArray[np.uint16], where: str) -> Parameters41:
    """Parameters of the EEPROM's 832 words. `where` names the sensor in errors.

    Raises SourceError: nothing answers, another model, two wrong bits in a word (the library's -10), more than one broken pixel
    (its -3), or words no sensor has.
    """
    check_words(words, where)
    if not int(words[10]) & MODEL_BIT:
        what = "the EEPROM is not that of an MLX90641 (return code -7)"
        raise SourceError(what, where=where, remedy='An MLX90640 is thermal.source = "mlx90640".')
    decoded = decode(words[FIRST_CODED:])
    if decoded.refused.any():
        first = 0x2400 + FIRST_CODED + int(np.flatnonzero(decoded.refused)[0])
        what = f"{int(decoded.refused.sum())} words of the EEPROM have two wrong bits, the first is 0x{first:04X} (code -10)"
        raise SourceError(what, where=where, remedy=_REPLACE)
    ee = np.concatenate([words[:FIRST_CODED], decoded.data]).astype(np.int64)
    return _parameters(ee, int(decoded.corrected.sum()), where)


def _parameters(ee: NDArray[np.int64], corrected: int, where: str) -> Parameters41:
    of: list[int] = ee[:64].tolist()
    supply, thermometer, gain = supply41(of), ptat41(of), signed(32 * of[36] + of[37], 16)
    net = alpha41(ee) - tgc41(of) * cp_alpha41(of)
    broken = broken41(ee)
    if not (supply.k and thermometer.kt and gain and (np.delete(net, broken) > 0).all()):
        raise SourceError("the EEPROM's words are no calibration", where=where, remedy=_REPLACE)
    if len(broken) > _MOST_BROKEN:
        raise SourceError(f"{len(broken)} broken pixels (return code -3)", where=where, remedy=_REPLACE)
    return Parameters41(
        supply=supply,
        ptat=thermometer,
        ranges=ranges41(of),
        gain=gain,
        tgc=tgc41(of),
        ks_ta=signed(of[34], 11) / 32768,
        resolution=(of[51] >> 9) & 3,
        offset=offset41(ee),
        alpha=net,
        kta=coefficient41(ee >> 5, 6, of[21], of[22]),
        kv=coefficient41(ee, 5, of[23], of[24]),
        cp_offset=signed(32 * of[47] + of[48], 16),
        cp_kta=signed(of[49], 6) / 2.0 ** (of[49] >> 6),
        cp_kv=signed(of[50], 6) / 2.0 ** (of[50] >> 6),
        broken=broken,
        corrected=corrected,
    )


def supply41(ee: Sequence[int]) -> Supply:
    """Section 11.1.2: Vdd25 of 0x2426, Kvdd of 0x2427."""
    return Supply(32 * signed(ee[39], 11), 32 * signed(ee[38], 11))


def ptat41(ee: Sequence[int]) -> Ptat:
    """Section 11.1.3: 0x2428 to 0x242C."""
    return Ptat(signed(ee[43], 11) / 4096, signed(ee[42], 11) / 8, 32 * ee[40] + ee[41], ee[44] / 128)


def tgc41(ee: Sequence[int]) -> float:
    """Temperature gradient coefficient: 0x2433."""
    return signed(ee[51], 9) / 64


def cp_alpha41(ee: Sequence[int]) -> float:
    """Sensitivity of the compensation pixel: 0x242D, 0x242E."""
    return signed(ee[45], 11) / 2.0 ** ee[46]


def ranges41(ee: Sequence[int]) -> Ranges:
    """Corner temperatures and KsTo: 0x2434 to 0x243F; five corners are fixed."""
    from_c = (*_FIXED_CT_C, ee[58], ee[60], ee[62])
    scale = 2.0 ** ee[52]
    ks_to = tuple(signed(ee[word], 11) / scale for word in (53, 54, 55, 56, 57, 59, 61, 63))
    alpha = [1.0] * len(from_c)
    for number in range(BASIC_RANGE - 1, -1, -1):
        alpha[number] = alpha[number + 1] / (1 + ks_to[number] * (from_c[number + 1] - from_c[number]))
    for number in range(BASIC_RANGE + 1, len(from_c)):
        alpha[number] = alpha[number - 1] * (1 + ks_to[number - 1] * (from_c[number] - from_c[number - 1]))
    return Ranges(from_c, ks_to, tuple(alpha))


def offset41(ee: NDArray[np.int64]) -> NDArray[np.float64]:
    """pix_OS_ref of both sub-pages, shape (2, 192): 0x2440 on and 0x2680 on, average of 0x2411 and 0x2412."""
    own = np.stack([signed_each(ee[start : start + PIXELS], 11) for start in OFFSETS])
    return (own * (1 << int(ee[16] >> 5)) + signed(32 * int(ee[17]) + int(ee[18]), 16)).astype(np.float64)


def alpha41(ee: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sensitivities, shape (192,): 0x2500 on; pairs of rows have their own largest value (0x2419 to 0x2421)."""
    scales = np.stack([ee[25:28] >> 5, ee[25:28] & 0x1F], 1).ravel() + 20
    largest = ee[28:34] / 2.0 ** scales.astype(np.float64) / 2047.0
    return np.repeat(largest, _PAIRS_OF_ROWS) * ee[SENSITIVITIES : SENSITIVITIES + PIXELS]


def coefficient41(ee: NDArray[np.int64], bits: int, average: int, scales: int) -> NDArray[np.float64]:
    """Kta or Kv, shape (192,): the lowest `bits` of 0x25C0 on, their average and their two scales in one word."""
    own = signed_each(ee[COEFFICIENTS : COEFFICIENTS + PIXELS], bits) * (1 << (scales & 0x1F))
    return (own + signed(average, 11)).astype(np.float64) / 2.0 ** (scales >> 5)


def broken41(ee: NDArray[np.int64]) -> tuple[int, ...]:
    """Pixels whose four words are all 0 (section 9.4)."""
    words = np.stack([ee[start : start + PIXELS] for start in (*OFFSETS, SENSITIVITIES, COEFFICIENTS)])
    return tuple(np.flatnonzero(~words.any(0)).tolist())

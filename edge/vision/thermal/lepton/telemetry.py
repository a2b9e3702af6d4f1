"""The telemetry lines of a frame: what the camera says of itself. Names as in the Lepton data sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LINES: Final = 3
"""Rows A, B and C, 80 words each. A fourth of a Lepton 3 is reserved."""
_MS: Final = 1e-3
_WRAP: Final = 1 << 32
_LONGEST_MS: Final = _WRAP // 2
_FIXED: Final = 8192.0
"""Shares as emissivity are in 1/8192."""


class FfcState(IntEnum):
    """Bits 5 and 4 of the status word: the flat field correction, for which the shutter closes."""

    NEVER = 0
    IMMINENT = 1
    IN_PROGRESS = 2
    COMPLETE = 3


class GainMode(IntEnum):
    HIGH = 0
    LOW = 1
    AUTO = 2


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Of one frame. Times are milliseconds on the camera's own counter, which starts at its boot and wraps after 49.7 days.

    Attributes:
        revision: of the telemetry's format, major in the upper byte.
        time_ms: when the frame was made.
        status: bit 3 FFC desired, 4-5 FFC state, 12 AGC on, 15 shutter lockout, 20 overtemperature shutdown in 10 s.
        frame_counter: counts new pictures only; a picture sent again keeps its number.
        frame_mean: mean of the picture's values.
        fpa_ck, housing_ck: temperature of detector and housing, centikelvin.
        ffc_fpa_ck: of the detector at the last FFC.
        ffc_ms: time of the last FFC.
        emissivity: 0..1, as the radiometry assumes.
        background_ck: reflected background, centikelvin.
        gain_mode: as set; `effective_gain`: as it is now.
        tlinear_on: whether pixels are temperatures.
        tlinear_fine: 0.01 K a count; otherwise 0.1 K.
    """

    revision: int
    time_ms: int
    status: int
    software_revision: tuple[int, int]
    frame_counter: int
    frame_mean: int
    fpa_ck: int
    housing_ck: int
    ffc_fpa_ck: int
    ffc_ms: int
    emissivity: float
    background_ck: int
    gain_mode: int
    effective_gain: int
    tlinear_on: bool
    tlinear_fine: bool

    @property
    def ffc_state(self) -> FfcState:
        return FfcState(self.status >> 4 & 0b11)

    @property
    def ffc_desired(self) -> bool:
        return bool(self.status >> 3 & 1)

    @property
    def agc_on(self) -> bool:
        return bool(self.status >> 12 & 1)

    @property
    def shutter_lockout(self) -> bool:
        return bool(self.status >> 15 & 1)

    @property
    def overtemperature(self) -> bool:
        return bool(self.status >> 20 & 1)

    @property
    def ffc_age_s(self) -> float:
        """Seconds since the last FFC; 0.0 before the first, while one runs, and in the two seconds in which one is announced.

        Also 0.0 where the counter makes no sense (a camera that started anew): unknown is not settled.
        """
        match self.ffc_state:
            case FfcState.NEVER | FfcState.IMMINENT | FfcState.IN_PROGRESS:
                return 0.0
            case FfcState.COMPLETE:
                age_ms = (self.time_ms - self.ffc_ms) % _WRAP
                return age_ms * _MS if age_ms < _LONGEST_MS else 0.0


def read_telemetry(lines: NDArray[np.uint16]) -> Telemetry:
    """Rows A, B, C (and what follows them), (lines, 80) uint16 in the machine's own order."""
    a, b, c = ([int(word) for word in line] for line in lines[:LINES])
    return Telemetry(
        revision=a[0],
        time_ms=_low_first(a, 1),
        status=_low_first(a, 3),
        software_revision=(_low_first(a, 13), _low_first(a, 15)),
        frame_counter=_low_first(a, 20),
        frame_mean=a[22],
        fpa_ck=a[24],
        housing_ck=a[26],
        ffc_fpa_ck=a[29],
        ffc_ms=_low_first(a, 30),
        emissivity=b[19] / _FIXED,
        background_ck=b[20],
        gain_mode=c[5],
        effective_gain=c[6],
        tlinear_on=bool(c[48]),
        tlinear_fine=bool(c[49]),
    )


def _low_first(words: list[int], at: int) -> int:
    """A 32-bit field: two 16-bit words, the lower one first."""
    return words[at] | words[at + 1] << 16

"""Why a frame's counts would be no temperatures, in words for the technician."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from edge.vision.thermal.lepton.telemetry import FfcState, GainMode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from edge.vision.thermal.lepton.frame import LeptonFrame
    from edge.vision.thermal.lepton.telemetry import Telemetry

COLDEST_CK, HOTTEST_CK = 25_315, 33_315
"""-20 and +60 degC: the middle of what a gate looks at lies between."""
_COARSE_COLDEST, _COARSE_HOTTEST = COLDEST_CK // 10, HOTTEST_CK // 10
_RAW14_HIGHEST: Final = 1 << 14
_AGC_HIGHEST: Final = 255


def complaint(frame: LeptonFrame) -> str | None:
    """The first reason, or None.

    What the camera says of itself comes first. Its counts must not look like something else, once it has corrected itself; where
    it says nothing, they must look like temperatures.
    """
    telemetry = frame.telemetry
    if telemetry is None:
        return of_counts(frame.counts)
    said = _of_telemetry(telemetry)
    if said is not None or telemetry.ffc_state is not FfcState.COMPLETE:
        return said
    return _something_else(_some(frame.counts))


def _of_telemetry(telemetry: Telemetry) -> str | None:
    table = {
        "AGC is on: the pixels are grey values": telemetry.agc_on,
        "TLinear is off: the pixels are raw signal": not telemetry.tlinear_on,
        "TLinear has a resolution of 0.1 K: too coarse for a face": not telemetry.tlinear_fine,
        "the gain is low: for hot things, too coarse for a face": telemetry.effective_gain == GainMode.LOW,
        "the camera is about to switch itself off because it is too hot": telemetry.overtemperature,
        "the shutter is locked because the camera is too cold or too hot": telemetry.shutter_lockout,
    }
    return next((words for words, holds in table.items() if holds), None)


def of_counts(counts: NDArray[np.uint16]) -> str | None:
    """By the histogram alone.

    Zeros, as in the first frame after the start, are no values; a frame of nothing else says nothing against the camera.
    """
    valid = _some(counts)
    if not len(valid) or _plausible(middle := float(np.median(valid))):
        return None
    nothing_known = f"the counts are no temperatures: the middle of the picture would be {middle / 100 - 273.15:.0f} degC"
    return _something_else(valid) or nothing_known


def _something_else(valid: NDArray[np.uint16]) -> str | None:
    """Where counts lie that are no centikelvin: each of these is far from every place a gate stands in."""
    if not len(valid) or _plausible(middle := float(np.median(valid))):
        return None
    highest = int(valid.max())
    low, high = np.percentile(valid.byteswap(), (10, 90))
    table = {
        "the pixels are grey values of 8 bits: AGC is on": highest <= _AGC_HIGHEST,
        "TLinear has a resolution of 0.1 K: too coarse for a face": _COARSE_COLDEST <= middle <= _COARSE_HOTTEST,
        "the bytes of the pixels are swapped": _plausible(low) and _plausible(high),
        "the pixels are raw signal of 14 bits: TLinear is off": highest < _RAW14_HIGHEST,
    }
    return next((words for words, holds in table.items() if holds), None)


def _some(counts: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Every ninth pixel, without those that have no value: enough for a histogram, and 0.8 ms less a picture."""
    few = counts[::3, ::3]
    return few[few > 0]


def _plausible(middle_ck: float) -> bool:
    return COLDEST_CK <= middle_ck <= HOTTEST_CK

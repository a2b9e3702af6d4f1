"""Which thermal picture belongs to a colour picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edge.vision.thermal_frame import ThermalFrame

MOVING_APART_S: Final = 0.08
STANDING_APART_S: Final = 0.25  # a Lepton at 8.77 fps takes its pictures 0.114 s apart; one lost is still a pair
MOVING_M_S: Final = 0.3


def nearest(colour_taken_s: float, frames: Iterable[ThermalFrame]) -> ThermalFrame | None:
    """The thermal frame taken nearest to the colour picture; None when there is none with a known time."""
    known = [frame for frame in frames if abs(frame.taken_s - colour_taken_s) >= 0]  # false for NaN
    return min(known, key=lambda frame: abs(frame.taken_s - colour_taken_s), default=None)


def paired(colour_taken_s: float, thermal_taken_s: float, *, moving: bool) -> bool:
    """Whether two pictures show the same moment closely enough; `moving`: the person walks faster than `MOVING_M_S`.

    Unknown times (NaN) are never a pair.
    """
    return abs(colour_taken_s - thermal_taken_s) <= (MOVING_APART_S if moving else STANDING_APART_S)

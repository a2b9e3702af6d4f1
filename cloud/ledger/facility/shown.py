"""What a sensor's reading shows of a round. Most show one by any value; a run of a UV-C lamp does by enough of it."""

from __future__ import annotations

from typing import Final

from cloud.ledger.facility.rounds import Doubt

REACHED: Final = "uvc_reached"
NO_PROOF: Final = frozenset(
    {
        *("uvc_dose_mj_cm2", "uvc_dose_off_mj_cm2", "uvc_target_mj_cm2", "uvc_mean_uw_cm2", "uvc_peak_uw_cm2"),
        *("uvc_lit_s", "uvc_covered_pct", "lamp_h", "lamp_starts", "lamp_pct"),
    }
)
"""Numbers of a run or of its lamp: none of them says whether the run was enough. `uvc_reached` does."""


def doubt_of(quantity: str, value: float | None) -> Doubt | None:
    """Why this reading of an asset's sensor shows no round; None where it does. `value` None: there is no reading."""
    if quantity in NO_PROOF or (quantity == REACHED and value is not None and value < 1.0):
        return Doubt.DOSE_NOT_REACHED
    return Doubt.SENSOR_SILENT if value is None else None

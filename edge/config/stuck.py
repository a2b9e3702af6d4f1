"""How long a sensor may say the very same before it is no longer believed. Labelled configuration: no norm says so."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from contract.settings_file import Settings
from edge.config.quantities import QuantityName

Hours = Annotated[float, Field(ge=0, le=8760, allow_inf_nan=False)]

STEADY: Final = frozenset({"contact", "motion", "count", "level_pct", "distance_mm", "weight_kg", "lamp_h", "battery_pct"})
"""A shut window, a full bin and a lamp that is off say the same for weeks, and are right."""
FINE_STEPS: Final = {"co2_ppm": 5.0, "air_c": 0.1, "humidity_pct": 0.5, "pressure_hpa": 0.5}
"""Below which a device must show differences to be judged by the usual hours, in the quantity's unit. A choice of ours, from how
little such air moves in the quietest hours: a thermometer of whole degrees says 21 all night in a closed hall, and is right."""


class StuckAfter(Settings):
    """A sensor that says exactly the same for so many hours has no value any more (`stuck`), until it says something else.

    0 is never. The hours are our choice, from how much air moves in the quietest room; the notices of 2020 and the makers give
    none. A device whose steps are too coarse to show that is left alone, as are quantities that may stand still (contacts,
    counts, levels, UV-C in the dark, gases that are not there). A sensor's own `stuck_h` goes before these.
    """

    co2_h: Hours = 6.0
    air_h: Hours = 24.0
    humidity_h: Hours = 24.0
    pressure_h: Hours = 24.0

    def hours(self, quantity: str) -> float:
        """Of a quantity; 0 where it is not looked at."""
        usual = {
            "co2_ppm": self.co2_h,
            "air_c": self.air_h,
            "humidity_pct": self.humidity_h,
            "pressure_hpa": self.pressure_h,
        }
        return usual.get(quantity, 0.0)


def _may_move(told: dict[str, float]) -> dict[str, float]:
    for quantity in told:
        if quantity in STEADY:
            raise ValueError(f"{quantity} may stand still for as long as it likes. Take it out of stuck_h")
    return told


OwnHours = Annotated[dict[QuantityName, Hours], AfterValidator(_may_move)]

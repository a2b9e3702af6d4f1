"""What facility sensors measure: one unit for each quantity, whatever the device writes, and what can be true at all.

The ranges say what air, water and rooms can be, not what is good: a value outside is a broken sensor or a wrong map. They are
our choice; a device's own range, from its datasheet, stands in its file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator


@dataclass(frozen=True, slots=True)
class Quantity:
    """`least` and `most`, both possible, in `unit`."""

    unit: str
    least: float
    most: float


QUANTITIES: Final[dict[str, Quantity]] = {
    "co2_ppm": Quantity("ppm", 200.0, 40_000.0),
    "air_c": Quantity("°C", -40.0, 85.0),
    "humidity_pct": Quantity("%", 0.0, 100.0),
    "pressure_hpa": Quantity("hPa", 300.0, 1_200.0),
    "pm25_ug_m3": Quantity("µg/m³", 0.0, 5_000.0),
    "pm10_ug_m3": Quantity("µg/m³", 0.0, 5_000.0),
    "uvc_uw_cm2": Quantity("µW/cm²", 0.0, 100_000.0),
    "ozone_ppm": Quantity("ppm", 0.0, 100.0),
    "chlorine_mg_m3": Quantity("mg/m³", 0.0, 1_000.0),
    "chlorine_mg_l": Quantity("mg/L", 0.0, 20_000.0),
    "level_pct": Quantity("%", 0.0, 100.0),
    "distance_mm": Quantity("mm", 0.0, 20_000.0),
    "weight_kg": Quantity("kg", 0.0, 10_000.0),
    "contact": Quantity("", 0.0, 1.0),
    "motion": Quantity("", 0.0, 1.0),
    "count": Quantity("", 0.0, 4_294_967_295.0),
    "lamp_h": Quantity("h", 0.0, 1_000_000.0),
    "lamp_starts": Quantity("", 0.0, 4_294_967_295.0),
    "lamp_pct": Quantity("%", 0.0, 1_000.0),
    "uvc_dose_mj_cm2": Quantity("mJ/cm²", 0.0, 1_500_000.0),
    "uvc_dose_off_mj_cm2": Quantity("mJ/cm²", 0.0, 3_000_000.0),
    "uvc_target_mj_cm2": Quantity("mJ/cm²", 0.0, 1_000_000.0),
    "uvc_reached": Quantity("", 0.0, 1.0),
    "uvc_mean_uw_cm2": Quantity("µW/cm²", 0.0, 100_000.0),
    "uvc_peak_uw_cm2": Quantity("µW/cm²", 0.0, 100_000.0),
    "uvc_lit_s": Quantity("s", 0.0, 604_800.0),
    "uvc_covered_pct": Quantity("%", 0.0, 100.0),
    "battery_pct": Quantity("%", 0.0, 100.0),
    "air_changes": Quantity("/h", 0.0, 100.0),
    "air_changes_off": Quantity("/h", 0.0, 100.0),
}
"""`contact`: 1 is open, as of a door or window. `motion`: 1 is somebody. `count`: since the device began to count.
`air_changes_off`: half the width of the 95 % range of `air_changes`. `uvc_reached`: 1 is that a lamp's newest run gave enough,
of which the other `uvc_` but the first are, too. `lamp_pct`: how bright it is, of its first run."""

_SPELLINGS: Final = {
    "c": "°C",
    "degc": "°C",
    "°c": "°C",
    "f": "°F",
    "degf": "°F",
    "°f": "°F",
    "k": "K",
    "%rh": "%",
    "µg/m3": "µg/m³",
    "ug/m3": "µg/m³",
    "μg/m³": "µg/m³",
    "mg/m3": "mg/m³",
    "uw/cm2": "µW/cm²",
    "µw/cm2": "µW/cm²",
    "μw/cm²": "µW/cm²",
    "mw/cm2": "mW/cm²",
    "w/m2": "W/m²",
    "mg/l": "mg/L",
}
_CONVERSIONS: Final[dict[tuple[str, str], tuple[float, float]]] = {
    ("°F", "°C"): (5.0 / 9.0, -160.0 / 9.0),
    ("K", "°C"): (1.0, -273.15),
    ("ppb", "ppm"): (1e-3, 0.0),
    ("Pa", "hPa"): (1e-2, 0.0),
    ("kPa", "hPa"): (10.0, 0.0),
    ("bar", "hPa"): (1000.0, 0.0),
    ("mbar", "hPa"): (1.0, 0.0),
    ("mW/cm²", "µW/cm²"): (1000.0, 0.0),
    ("W/m²", "µW/cm²"): (100.0, 0.0),
    ("mW/m²", "µW/cm²"): (0.1, 0.0),
    ("mg/m³", "µg/m³"): (1000.0, 0.0),
    ("µg/m³", "mg/m³"): (1e-3, 0.0),
    ("ppm", "mg/L"): (1.0, 0.0),
    ("m", "mm"): (1000.0, 0.0),
    ("cm", "mm"): (10.0, 0.0),
    ("g", "kg"): (1e-3, 0.0),
    ("s", "h"): (1.0 / 3600.0, 0.0),
    ("min", "h"): (1.0 / 60.0, 0.0),
}
"""From, to: factor and summand. A gas in mg/m³ is not turned into ppm: that needs its temperature and pressure. ppm of chlorine
in water are mg/L (a litre weighs a kilogram)."""


def spelt(unit: str) -> str:
    """A unit as devices write it, as it is written here."""
    told = unit.strip()
    return _SPELLINGS.get(told.lower(), told)


def convert(quantity: str, value: float, unit: str) -> float | None:
    """`value`, written in `unit`, in the quantity's own; None where it is another kind of unit. No unit is the quantity's."""
    own, written = QUANTITIES[quantity].unit, spelt(unit)
    if written in {"", own}:
        return value
    known = _CONVERSIONS.get((written, own))
    return None if known is None else value * known[0] + known[1]


def possible(quantity: str, value: float) -> bool:
    """Whether it can be true at all. NaN and infinity cannot."""
    one = QUANTITIES[quantity]
    return math.isfinite(value) and one.least <= value <= one.most


def _is_known(name: str) -> str:
    if name not in QUANTITIES:
        raise ValueError(f"no such quantity; there are {', '.join(QUANTITIES)}")
    return name


QuantityName = Annotated[str, AfterValidator(_is_known)]

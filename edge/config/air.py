"""Limits of the air at a site. Labelled configuration: the notices of 2020 give none."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings


class AirLimit(Settings):
    """Bad at `raise_at` and above for `for_s` seconds without a break, good again below `clear_at` for as long.

    With `watched = false` nobody is told.
    """

    raise_at: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    clear_at: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    for_s: Annotated[float, Field(ge=0, le=86_400)] = 300.0
    watched: bool = True

    @model_validator(mode="after")
    def _has_a_deadband(self) -> Self:
        if self.clear_at >= self.raise_at:
            raise ValueError("clear_at must lie below raise_at, or the alarm comes and goes with every breath")
        return self


class LeastLimit(Settings):
    """Bad at `raise_at` and below for `for_s` seconds without a break, good again above `clear_at` for as long."""

    raise_at: Annotated[float, Field(ge=-60, allow_inf_nan=False)]
    clear_at: Annotated[float, Field(ge=-60, allow_inf_nan=False)]
    for_s: Annotated[float, Field(ge=0, le=86_400)] = 300.0
    watched: bool = True

    @model_validator(mode="after")
    def _has_a_deadband(self) -> Self:
        if self.clear_at <= self.raise_at:
            raise ValueError("clear_at must lie above raise_at, or the alarm comes and goes with every breath")
        return self


class AirLimits(Settings):
    """Of the air where the gate's sensors hang; all of one quantity together are one alarm of the gate.

    Defaults and where they are from: CO2 0.10 % (GB/T 18883-2002, there a daily mean); ozone 0.1 ppm (OSHA's permissible
    exposure, there a mean of 8 h); chlorine 1.45 mg/m3 (NIOSH's recommended ceiling of 0.5 ppm, over 15 min). What lies below,
    and for how long, is our choice. `lost_s`: a sensor without a value for so long is an alarm by itself.
    Not watched unless told: temperature and humidity (GB/T 18883-2002: 16 to 24 °C and 30 to 60 % while heated, 22 to 28 °C and
    40 to 80 % while cooled; here the widest of both), and air changes (5 an hour: CDC, 2023).
    """

    co2_ppm: AirLimit = AirLimit(raise_at=1000.0, clear_at=900.0)
    ozone_ppm: AirLimit = AirLimit(raise_at=0.1, clear_at=0.05, for_s=60.0)
    chlorine_mg_m3: AirLimit = AirLimit(raise_at=1.45, clear_at=0.7, for_s=60.0)
    air_c_most: AirLimit = AirLimit(raise_at=28.0, clear_at=27.0, for_s=900.0, watched=False)
    air_c_least: LeastLimit = LeastLimit(raise_at=16.0, clear_at=17.0, for_s=900.0, watched=False)
    humidity_pct_most: AirLimit = AirLimit(raise_at=80.0, clear_at=75.0, for_s=900.0, watched=False)
    humidity_pct_least: LeastLimit = LeastLimit(raise_at=30.0, clear_at=35.0, for_s=900.0, watched=False)
    air_changes_least: LeastLimit = LeastLimit(raise_at=5.0, clear_at=5.5, for_s=0.0, watched=False)
    lost_s: Annotated[float, Field(ge=10, le=86_400)] = 300.0

"""What a run of a UV-C lamp is to give, place by place, and when its lamp is too old. Labelled configuration, with its source."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings
from edge.config.sensors import Told

DOSE_FRESH_S: Final = 172_800.0
"""Two days: how the last run was stands until then. As long as the contract lets a reading count."""
IRRADIANCE: Final = "uvc_uw_cm2"


class UvcDose(Told):
    """The dose of UV-C at one place in each run of the room's lamp, told as a sensor called `name`.

    `of` is the sensor that hangs there and measures `uvc_uw_cm2`; by `off_pct` its value can be off, as its certificate says.
    Between readings further apart than `gap_s` nothing is counted. `target_mj_cm2` is what a run must give there, and
    `target_source` who says so: both or neither. Without a target a dose is told and not judged. Laboratory figures of 2020 for
    SARS-CoV-2 in liquid are 3.7 mJ/cm2 (3 log at a low concentration) and 16.9 (all, at a high one): Bianco 2020, cited in
    PMC7794057, table 3; surfaces, soil and shadow need more. `every_s`, `deadline_s`, `range`, `stuck_h` and `calibration_due`
    say nothing here.
    """

    of: str
    off_pct: Annotated[float, Field(gt=0, le=100)]
    gap_s: Annotated[float, Field(ge=1, le=120)] = 10.0
    target_mj_cm2: Annotated[float | None, Field(gt=0, le=1_000_000, allow_inf_nan=False)] = None
    target_source: Annotated[str, Field(max_length=200)] = ""

    @property
    def fresh_s(self) -> float:
        """For so long the newest run stands."""
        return self.stale_s if self.stale_s is not None else DOSE_FRESH_S

    @model_validator(mode="after")
    def _target_is_labelled(self) -> Self:
        if (self.target_mj_cm2 is None) == bool(self.target_source):
            raise ValueError("give target_mj_cm2 and target_source (who says so) together, or neither")
        return self


class UvcLamp(Told):
    """The room's lamp: hours, starts, and how bright it still is, told as a sensor called `name` every `every_s`.

    `of` is the sensor of `uvc_uw_cm2` that looks at it; what it says in the first `warm_up_s` of a run does not count. It is to
    be replaced after `rated_h` (at least 1000), or with less than `least_pct` of what its first run had (our choice: as 70 is to
    90). Only where the sensor hangs 1 m before it, `new_uw_cm2` (90) and `in_use_uw_cm2` (70) say what a new lamp of 30 W and one
    in use must give. The numbers are WS/T 367-2012 and GB 19258 as sellers of lamps cite them. Hours and starts stand beside
    `uplink.database`, in NAME.lamp.json.
    """

    of: str
    every_s: Annotated[float, Field(ge=10, le=3600)] = 300.0
    warm_up_s: Annotated[float, Field(ge=0, le=3600)] = 300.0
    rated_h: Annotated[float, Field(ge=1, le=100_000)] = 1000.0
    least_pct: Annotated[float, Field(ge=1, le=100)] = 77.0
    new_uw_cm2: Annotated[float | None, Field(gt=0, le=100_000)] = None
    in_use_uw_cm2: Annotated[float | None, Field(gt=0, le=100_000)] = None


class UvcConfig(Settings):
    """What is measured in the room that `[room]` names, while its lamp is on. It starts and stops nothing.

    Of `[[uvc.lamps]]` there is one at most: one contactor, one lamp.
    """

    doses: Annotated[list[UvcDose], Field(max_length=32)] = Field(default_factory=list)
    lamps: Annotated[list[UvcLamp], Field(max_length=1)] = Field(default_factory=list)

    @property
    def lamp(self) -> UvcLamp | None:
        """None where nobody counts its hours."""
        return self.lamps[0] if self.lamps else None

    @property
    def every(self) -> tuple[UvcDose | UvcLamp, ...]:
        """All computed sensors."""
        return (*self.doses, *self.lamps)

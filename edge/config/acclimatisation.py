"""The weather outside, and how long people need inside before their skin says anything."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings


class AcclimatisationConfig(Settings):
    """People from the cold read low, people from the heat high, until they have been inside for a while.

    `outside` says where the temperature outside comes from: `"fixed"`, then it is `outside_c`; `"sensor"`, a sensor of this gate;
    `"none"`, nobody tells, and only skin colder than `screening.cold_skin_c` is refused. Where it is colder than `outside_cold_c`
    or hotter than `outside_hot_c`, nobody passes by a temperature who has not been inside for `dwell_s` (reason `acclimatise`,
    to the staffed lane). The gate recognises nobody: it counts `walk_in_s`, the shortest time from the door to this gate that
    the site promises (a long way, a waiting room with staff), and since when it sees the visitor; or it knows from a sensor
    that nobody has come in for so long. With `walk_in_s = 0` at a door, nobody is measured in the cold. The limits are labelled
    defaults: foreheads of people from -5..0 degC read 0.5 degC low after 5 minutes.
    """

    outside: Literal["none", "fixed", "sensor"] = "none"
    outside_c: Annotated[float | None, Field(ge=-60, le=60)] = None
    outside_cold_c: Annotated[float, Field(ge=-30, le=25)] = 10.0
    outside_hot_c: Annotated[float, Field(ge=20, le=50)] = 33.0
    dwell_s: Annotated[float, Field(gt=0, le=3600)] = 600.0
    walk_in_s: Annotated[float, Field(ge=0, le=3600)] = 0.0

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.outside == "fixed") != (self.outside_c is not None):
            raise ValueError('outside = "fixed" and outside_c, the temperature outside in degC, go together')
        if not self.outside_cold_c < self.outside_hot_c:
            raise ValueError(f"outside_cold_c = {self.outside_cold_c:g} must be below outside_hot_c = {self.outside_hot_c:g}")
        return self

"""How many people may be inside, and who counts those that leave."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from contract.settings_file import Settings
from edge.config.barrier_lines import GpioLine

_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class ExitContact(Settings):
    """A second passage sensor: a contact of this machine's GPIO to ground, pulled up, that closes for every person who goes out.

    Two closings less than `gap_s` apart are one person.
    """

    source: Literal["contact"]
    line: GpioLine
    gap_s: Annotated[float, Field(ge=0.05, le=2)] = 0.2


class OccupancyConfig(Settings):
    """With `limit` people inside nobody is let in until there are `resume_fewer` fewer; without one people are only counted.

    Who goes in is counted by `inputs.passage_line`, else by the openings; who goes out by the source named in
    `[occupancy.exit]`, without which nobody is counted. At `zero_at` of the site's clock (`admission.time_zone`) the building
    is empty: the count begins anew. With people inside and nobody going out for `silent_h` the source is not believed; what is
    not known holds nobody.
    """

    limit: Annotated[int | None, Field(ge=1, le=100_000)] = None
    resume_fewer: Annotated[int, Field(ge=1, le=10_000)] = 1
    zero_at: str = "03:00"
    silent_h: Annotated[float, Field(ge=0.1, le=24)] = 4.0
    exit: ExitContact | None = None

    @field_validator("zero_at")
    @classmethod
    def _is_a_time(cls, text: str) -> str:
        if not _TIME.fullmatch(text):
            raise ValueError(f'{text!r} is no time of a day: write it as "03:00"')
        return text

    @model_validator(mode="after")
    def _somebody_counts_who_leaves(self) -> Self:
        if self.limit is not None and self.exit is None:
            raise ValueError("occupancy.limit needs somebody who counts who goes out: name the source in [occupancy.exit]")
        if self.limit is not None and self.resume_fewer > self.limit:
            raise ValueError(f"resume_fewer = {self.resume_fewer} is more than limit = {self.limit}: it would never open again")
        return self

    @property
    def zero(self) -> time:
        return time.fromisoformat(self.zero_at)

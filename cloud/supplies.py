"""Supplies: when there is too little of something, and how its use is reckoned. The notices give none of these numbers."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from cloud.staffing import known_zone
from contract.settings_file import Settings


class SupplySettings(Settings):
    """When a stock is short. All labelled configuration: the notices give no numbers; a minimum is set for each stock.

    A stock is short below its minimum, or when it lasts less than `low_days`. It is enough again at `back_pct` above the minimum
    and `back_days` more than `low_days`. What it lasts follows from the median of what was used on each of the last `rate_days`
    days, counted in `timezone`; with less than `least_days` of them it is not known. A book that was not compared with a count
    for `count_days` is only a book.
    """

    timezone: Annotated[str, AfterValidator(known_zone)] = "UTC"
    low_days: Annotated[int, Field(ge=0, le=365)] = 7
    back_days: Annotated[int, Field(ge=0, le=365)] = 2
    back_pct: Annotated[int, Field(ge=0, le=100)] = 10
    rate_days: Annotated[int, Field(ge=1, le=90)] = 28
    least_days: Annotated[int, Field(ge=1, le=90)] = 7
    count_days: Annotated[int, Field(ge=1, le=365)] = 30

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.least_days > self.rate_days:
            raise ValueError("least_days is more than rate_days: no rate would ever be known")
        return self

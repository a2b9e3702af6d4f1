"""Bins and dispensers: when one is full or low, and when its sensor has seen somebody empty it. The notices give no numbers."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings

Percent = Annotated[float, Field(ge=1, le=99)]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class LevelSettings(Settings):
    """When a bin is full and a dispenser low. All labelled configuration: the notices give no numbers.

    A bin is to be emptied from `full_pct` on, a dispenser to be refilled from `low_pct` down; a bin or dispenser may have its own
    limit. It is good again `deadband_pct` beyond the limit. A sensor that moved by `seen_pct` within `seen_min` of an entry has
    seen the pickup or refill; one that still says full after `seen_min` contradicts it. A level counts as known for `fresh_min`
    where the gate does not say for how long. Contacts are told of what is still open `grace_min` after it became due.
    """

    full_pct: Percent = 80.0
    low_pct: Percent = 20.0
    deadband_pct: Annotated[float, Field(ge=1, le=50)] = 10.0
    seen_pct: Annotated[float, Field(ge=1, le=50)] = 10.0
    seen_min: Minutes = 15
    fresh_min: Minutes = 15
    grace_min: Annotated[int, Field(ge=0, le=1440)] = 30

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.deadband_pct > min(self.full_pct, 100 - self.low_pct):
            raise ValueError("deadband_pct is wider than the way to the limit: nothing would ever be good again")
        return self

"""Disinfection rounds: how often, how strong, how long. The notices of 2020 give none of these numbers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from contract.settings_file import Settings

Kind = Literal[
    "floor", "entrance", "door_handle", "window_counter", "stair_handrail", "lift", "vehicle", "canteen", "tableware",
    "kitchenware", "garage", "vent", "toilet", "office", "meeting_room", "dormitory", "public_area", "guest_room",
    "reception_room",
]  # fmt: skip
Hours = Annotated[float, Field(ge=0.25, le=2000)]
Minutes = Annotated[int, Field(ge=0, le=1440)]
Ppm = Annotated[float, Field(gt=0, le=50_000)]


class FacilitySettings(Settings):
    """When a disinfection round is due, and when one counts. All labelled configuration: the notices give no numbers.

    `interval_h`: hours between two rounds by kind of asset, where it differs from ours; an asset may have its own. `grace_min`
    after that it is overdue. `low_ppm` to `high_ppm` of available chlorine, for at least `contact_min`: from copies of a
    Guangdong guideline for lifts, and for lifts only; elsewhere it is our own choice. `again_min`: a second scan of one tag
    within that time proves nothing. `late_min`: what arrives so long after it was done is marked late. `reading_min`: a sensor's
    reading is one of a round so near to it. A meeting room has a round from `before_h` before a meeting on, and another within
    `after_min` after it.
    """

    interval_h: dict[Kind, Hours] = Field(default_factory=dict)
    grace_min: Minutes = 15
    low_ppm: Ppm = 250.0
    high_ppm: Ppm = 500.0
    contact_min: Minutes = 30
    again_min: Minutes = 10
    late_min: Minutes = 10
    reading_min: Minutes = 30
    before_h: Annotated[float, Field(gt=0, le=24)] = 2.0
    after_min: Minutes = 30

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low_ppm > self.high_ppm:
            raise ValueError("low_ppm is above high_ppm")
        return self

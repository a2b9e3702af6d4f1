"""When people are let in at all."""

from __future__ import annotations

from datetime import tzinfo
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator

from contract.settings_file import Settings
from edge.config.hours import Hours
from edge.config.sources import FilePath


def checked_hours(texts: list[str]) -> list[str]:
    """The same texts. Raises ValueError where one is no opening time."""
    Hours.of(texts)
    return texts


class AdmissionConfig(Settings):
    """Outside `opening_hours` (such as `["mon-fri 08:30-12:00", "mon-fri 14:00-17:30"]`; none: always open) nobody is let in and
    the kiosk shows the hours; whoever is on duty may still open once. The way out is never held. `time_zone` is the site's
    (`"Asia/Shanghai"`); left out, the machine's. While the clock cannot be right (a boot in 1970) the gate has no hours.
    With `staff_only` (a canteen) nobody is let in who has not shown a staff badge (`[qr]`); with one, the rule is the same as
    everywhere. With `key_area` nobody is let in who has not shown a badge or a pass that the file `allow_list` names (JSON:
    `{"badges": ["s-17"], "passes": ["p-4"], "classes": ["driver"]}`, each may be left out); it is read again when it changes.
    """

    opening_hours: Annotated[list[str], Field(max_length=30), AfterValidator(checked_hours)] = Field(default_factory=list)
    time_zone: str | None = None
    staff_only: bool = False
    key_area: bool = False
    allow_list: FilePath | None = None

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        try:
            ZoneInfo(name or "UTC")
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError(f'{name!r} is no time zone of this machine; write it as "Asia/Shanghai"') from unknown
        return name

    @model_validator(mode="after")
    def _an_area_has_its_list(self) -> Self:
        if self.key_area and self.allow_list is None:
            raise ValueError("key_area = true lets nobody in without a list: name it, allow_list")
        return self

    @property
    def hours(self) -> Hours:
        return Hours.of(self.opening_hours)

    @property
    def zone(self) -> tzinfo | None:
        """None: the machine's own."""
        return None if self.time_zone is None else ZoneInfo(self.time_zone)

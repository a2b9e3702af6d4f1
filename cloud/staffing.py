"""A working day of the staff: hours and intervals. The defaults are the notices' numbers where they give one."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from contract.settings_file import Settings

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Minutes = Annotated[int, Field(ge=0, le=720)]


def known_zone(name: str) -> str:
    """The name itself. Raises ValueError for a zone that nobody knows."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError) as unknown:
        raise ValueError(f"there is no time zone {name!r}; they are named like Asia/Shanghai") from unknown
    return name


def _working_days() -> list[Day]:
    return ["mon", "tue", "wed", "thu", "fri"]


class StaffSettings(Settings):
    """What staff have to do, and when. Days and hours are counted in `timezone`; an end before its begin is on the next day.

    From the notices: `persons` on each shift of a working day, a reading every `reading_h` hours of work, a disposable mask
    changed after `mask_h`. Our own: a reading up to `early_min` before work is the one before it; the one after work counts from
    `closing_min` before the end and is overdue `after_min` after it; who comes back is measured within `return_min`; mask and
    gloves are looked at within `check_min`; the reception group's temperature and test are taken from `morning_opens` to
    `morning_by`; a declaration is asked about by `follow_up_by` each day; gaps of the rota are shown `ahead_days` ahead; a leader
    not seen `leader_min` after the begin of the turn is away.
    """

    timezone: Annotated[str, AfterValidator(known_zone)] = "UTC"
    working_days: Annotated[list[Day], Field(max_length=7)] = Field(default_factory=_working_days)
    morning_begins: TimeOfDay = "08:30"
    morning_ends: TimeOfDay = "12:00"
    afternoon_begins: TimeOfDay = "13:30"
    afternoon_ends: TimeOfDay = "17:30"
    persons: Annotated[int, Field(ge=0, le=50)] = 2
    reading_h: Annotated[float, Field(ge=0.25, le=24)] = 2.0
    mask_h: Annotated[float, Field(ge=0.25, le=24)] = 3.0
    early_min: Minutes = 60
    closing_min: Minutes = 30
    after_min: Minutes = 30
    return_min: Minutes = 5
    check_min: Minutes = 15
    morning_opens: TimeOfDay = "05:00"
    morning_by: TimeOfDay = "08:00"
    follow_up_by: TimeOfDay = "18:00"
    ahead_days: Annotated[int, Field(ge=1, le=31)] = 7
    leader_min: Minutes = 30

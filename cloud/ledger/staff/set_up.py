"""The settings of the staff's day as its rules."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from cloud.ledger.staff.rules import HOUR_MS, MINUTE_MS, Hours, Rules, Shift
from cloud.staffing import StaffSettings

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def rules_of(settings: StaffSettings) -> Rules:
    """Minutes and hours as milliseconds, days as numbers."""
    return Rules(
        zone=ZoneInfo(settings.timezone),
        working_days=frozenset(_DAYS.index(day) for day in settings.working_days),
        shifts={
            Shift.MORNING: Hours(time.fromisoformat(settings.morning_begins), time.fromisoformat(settings.morning_ends)),
            Shift.AFTERNOON: Hours(time.fromisoformat(settings.afternoon_begins), time.fromisoformat(settings.afternoon_ends)),
        },
        persons=settings.persons,
        reading_ms=round(settings.reading_h * HOUR_MS),
        mask_ms=round(settings.mask_h * HOUR_MS),
        early_ms=settings.early_min * MINUTE_MS,
        closing_ms=settings.closing_min * MINUTE_MS,
        after_ms=settings.after_min * MINUTE_MS,
        return_ms=settings.return_min * MINUTE_MS,
        check_ms=settings.check_min * MINUTE_MS,
        morning_opens=time.fromisoformat(settings.morning_opens),
        morning_by=time.fromisoformat(settings.morning_by),
        follow_up_by=time.fromisoformat(settings.follow_up_by),
        ahead_days=settings.ahead_days,
        leader_ms=settings.leader_min * MINUTE_MS,
    )

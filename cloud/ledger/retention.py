"""When the time of each kind of row is over. No database and no clock in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cloud.periods import RetentionSettings

DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Horizons:
    """What is older has had its time: UTC milliseconds, a field for each kind of row (`RetentionSettings`)."""

    visitors_ms: int
    staff_ms: int
    cases_ms: int
    notices_ms: int
    dead_letters_ms: int
    audit_ms: int
    appointments_ms: int
    sensors_ms: int
    health_ms: int
    equipment_ms: int
    rounds_ms: int
    photos_ms: int
    supplies_ms: int
    now_ms: int

    @classmethod
    def at(cls, now_ms: int, keep: RetentionSettings) -> Horizons:
        def since_ms(days: int) -> int:
            return now_ms - days * DAY_MS

        return cls(
            visitors_ms=since_ms(keep.visitors_days),
            staff_ms=since_ms(keep.staff_days),
            cases_ms=since_ms(keep.cases_days),
            notices_ms=since_ms(keep.notices_days),
            dead_letters_ms=since_ms(keep.dead_letters_days),
            audit_ms=since_ms(keep.audit_days),
            appointments_ms=now_ms - keep.appointments_hours * HOUR_MS,
            rounds_ms=since_ms(keep.rounds_days),
            photos_ms=since_ms(keep.photos_days),
            supplies_ms=since_ms(keep.supplies_days),
            sensors_ms=since_ms(keep.sensors_days),
            health_ms=since_ms(keep.health_days),
            equipment_ms=since_ms(keep.equipment_days),
            now_ms=now_ms,
        )

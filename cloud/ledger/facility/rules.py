"""The intervals and limits of rounds, as they were configured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cloud.facilities import FacilitySettings
from cloud.ledger.facility.kinds import INTERVAL_H, AssetKind

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS


def _intervals_ms() -> dict[AssetKind, int]:
    return {kind: round(hours * HOUR_MS) for kind, hours in INTERVAL_H.items()}


@dataclass(frozen=True, slots=True)
class RoundRules:
    """Attributes: low_ppm, high_ppm, available chlorine in mg/L, both included; the others as in `FacilitySettings`."""

    intervals_ms: Mapping[AssetKind, int] = field(default_factory=_intervals_ms)
    grace_ms: int = 15 * MINUTE_MS
    low_ppm: float = 250.0
    high_ppm: float = 500.0
    contact_min: int = 30
    again_ms: int = 10 * MINUTE_MS
    late_ms: int = 10 * MINUTE_MS
    reading_ms: int = 30 * MINUTE_MS
    before_ms: int = 2 * HOUR_MS
    after_ms: int = 30 * MINUTE_MS


def round_rules(settings: FacilitySettings) -> RoundRules:
    """Hours and minutes as milliseconds."""
    own = {AssetKind(kind): round(hours * HOUR_MS) for kind, hours in settings.interval_h.items()}
    return RoundRules(
        intervals_ms={**_intervals_ms(), **own},
        grace_ms=settings.grace_min * MINUTE_MS,
        low_ppm=settings.low_ppm,
        high_ppm=settings.high_ppm,
        contact_min=settings.contact_min,
        again_ms=settings.again_min * MINUTE_MS,
        late_ms=settings.late_min * MINUTE_MS,
        reading_ms=settings.reading_min * MINUTE_MS,
        before_ms=round(settings.before_h * HOUR_MS),
        after_ms=settings.after_min * MINUTE_MS,
    )

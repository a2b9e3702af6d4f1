"""How well the alarms serve the guard: the figures that ISA-18.2 and IEC 62682 ask for, and what they should be.

The targets are those of the standards as others restate them (the standards' own texts were not read); see the reference page
`verdicts-and-alarms.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HOUR_MS: Final = 3_600_000
TEN_MINUTES_MS: Final = 600_000
FLOOD: Final = 10
"""More than so many in ten minutes is a flood (EEMUA 191)."""
MANY_AN_HOUR: Final = 30
STALE_MS: Final = 24 * HOUR_MS
"""An alarm that has stood for a day is stale."""
MOST_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Announced:
    """One alarm a guard was told of, UTC milliseconds."""

    at_ms: int
    gate: str
    kind: str
    priority: int


@dataclass(frozen=True, slots=True)
class Often:
    """One alarm, and how often it was announced."""

    gate: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Over a time. Rates are for one guard; shares are from 0 to 1.

    Attributes:
        ten_minutes_peak: most alarms in one period of ten minutes, for one guard.
        flood_share: of the periods of ten minutes with more than ten; `hours_over_30_share`: of the hours with more than thirty.
        by_priority: shares of priority 1, 2, 3.
        most_often: what was announced most often, ten at most.
    """

    hours: float
    alarms: int
    alarms_an_hour: float
    alarms_in_ten_minutes: float
    ten_minutes_peak: float
    flood_share: float
    hours_over_30_share: float
    cases_an_hour: float
    by_priority: tuple[float, float, float]
    most_often: tuple[Often, ...]


def figures(announced: Sequence[Announced], cases: int, since_ms: int, until_ms: int, operators: int) -> Figures:
    """The figures of the time from `since_ms` to `until_ms`, shared by so many guards."""
    hours = max(until_ms - since_ms, TEN_MINUTES_MS) / HOUR_MS
    tens = _per_period(announced, since_ms, TEN_MINUTES_MS)
    per_hour = _per_period(announced, since_ms, HOUR_MS)
    named = Counter((one.gate, one.kind) for one in announced)
    priorities = Counter(one.priority for one in announced)
    total = len(announced)
    return Figures(
        hours=hours,
        alarms=total,
        alarms_an_hour=total / hours / operators,
        alarms_in_ten_minutes=total / hours / 6 / operators,
        ten_minutes_peak=max(tens.values(), default=0) / operators,
        flood_share=_share(tens, FLOOD * operators, hours * 6),
        hours_over_30_share=_share(per_hour, MANY_AN_HOUR * operators, hours),
        cases_an_hour=cases / hours / operators,
        by_priority=(_of(priorities[1], total), _of(priorities[2], total), _of(priorities[3], total)),
        most_often=tuple(Often(gate, kind, count) for (gate, kind), count in named.most_common(MOST_NAMED)),
    )


def _per_period(announced: Sequence[Announced], since_ms: int, period_ms: int) -> Counter[int]:
    return Counter((one.at_ms - since_ms) // period_ms for one in announced)


def _share(periods: Counter[int], above: int, count: float) -> float:
    return min(1.0, sum(alarms > above for alarms in periods.values()) / max(1.0, count))


def _of(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

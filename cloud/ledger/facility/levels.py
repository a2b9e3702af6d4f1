"""Bins and dispensers: how full one is, and how it stands. Pure; levels in percent, times UTC milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cloud.ledger.facility.rules import MINUTE_MS
from cloud.levels import LevelSettings

LATE_MS: Final = MINUTE_MS
"""What the way from the sensor to the cloud may take before a level counts as old."""


class LevelKind(StrEnum):
    """What fills up, or runs empty."""

    MASK_BIN = "mask_bin"
    HAND_WASH = "hand_wash"
    HAND_DISINFECTANT = "hand_disinfectant"


FILLS: Final = frozenset({LevelKind.MASK_BIN})
"""What is due when it is full; the others are due when they are low."""


class LevelLight(StrEnum):
    """How one stands; `FINE` is the only green."""

    CONTRADICTED = "contradicted"
    """Somebody says that it was done; the sensor says that it was not."""
    DUE = "due"
    UNKNOWN = "unknown"
    """Nobody can know: never heard, failed, or too long ago."""
    TOLD = "told"
    """Somebody says that it was done; the sensor has not spoken since."""
    FINE = "fine"


ORDER: Final = tuple(LevelLight)
"""Most urgent first."""


@dataclass(frozen=True, slots=True)
class LevelRules:
    """As in `LevelSettings`."""

    full_pct: float = 80.0
    low_pct: float = 20.0
    deadband_pct: float = 10.0
    seen_pct: float = 10.0
    seen_ms: int = 15 * MINUTE_MS
    fresh_ms: int = 15 * MINUTE_MS
    grace_ms: int = 30 * MINUTE_MS


USUAL: Final = LevelRules()
"""What holds where nobody has said otherwise."""


def level_rules(settings: LevelSettings) -> LevelRules:
    """Minutes as milliseconds."""
    return LevelRules(
        full_pct=settings.full_pct,
        low_pct=settings.low_pct,
        deadband_pct=settings.deadband_pct,
        seen_pct=settings.seen_pct,
        seen_ms=settings.seen_min * MINUTE_MS,
        fresh_ms=settings.fresh_min * MINUTE_MS,
        grace_ms=settings.grace_min * MINUTE_MS,
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """How one is judged. A burden is what is to be got rid of, in percent: what a bin holds, what a dispenser lacks.

    Attributes: limit_pct, as its sensor says it.
    """

    kind: LevelKind
    limit_pct: float

    def burden(self, value: float) -> float:
        return value if self.kind in FILLS else 100.0 - value

    def is_due(self, value: float) -> bool:
        return not self.burden(value) < self.burden(self.limit_pct)  # not `>=`: NaN compares false and would be fine

    def is_good(self, value: float, rules: LevelRules) -> bool:
        """Clearly beyond the limit again."""
        return self.burden(value) <= self.burden(self.good_pct(rules))

    def good_pct(self, rules: LevelRules) -> float:
        """From which level on it is good again, as its sensor says it."""
        return self.burden(max(self.burden(self.limit_pct) - rules.deadband_pct, 0.0))

    def fell(self, before: float | None, value: float, rules: LevelRules) -> bool:
        """Whether somebody must have emptied, or refilled, it between these two levels."""
        return before is not None and self.burden(before) - self.burden(value) >= rules.seen_pct


@dataclass(frozen=True, slots=True)
class LevelState:
    """What is known of one.

    Attributes:
        value, value_ms: the newest level and when it was so. taken_ms, trouble, fresh_ms: of the newest reading, which may have
            failed; fresh_ms is None where the gate does not say for how long it counts.
        due_ms: since when it is to be emptied or refilled; None: it is not.
        moved_ms: when the sensor last saw that somebody did it.
        done_ms: when somebody last said so.
        told: the number of that entry, while the sensor has neither shown nor contradicted it.
        told_value, told_due_ms: the level, and what was open, when it was told.
    """

    value: float | None = None
    value_ms: int | None = None
    trouble: str | None = None
    taken_ms: int | None = None
    fresh_ms: int | None = None
    due_ms: int | None = None
    moved_ms: int | None = None
    done_ms: int | None = None
    told: int | None = None
    told_value: float | None = None
    told_due_ms: int | None = None

    def known(self, at_ms: int, rules: LevelRules) -> float | None:
        """The level at that moment; None where its sensor failed, was never heard, or was heard too long ago."""
        if self.taken_ms is None or self.trouble is not None or self.value is None:
            return None
        counts_ms = rules.fresh_ms if self.fresh_ms is None else self.fresh_ms
        return self.value if at_ms <= self.taken_ms + counts_ms + LATE_MS else None


def light_of(state: LevelState, scale: Scale, now_ms: int, rules: LevelRules) -> LevelLight:
    """How it stands. What is open stays open while its sensor is silent; what is not known is never fine."""
    if state.due_ms is not None:
        contradicted = state.done_ms is not None and state.due_ms <= state.done_ms
        return LevelLight.CONTRADICTED if contradicted else LevelLight.DUE
    value = state.known(now_ms, rules)
    if value is None:
        return LevelLight.UNKNOWN
    if state.told is not None:
        return LevelLight.TOLD
    return LevelLight.DUE if scale.is_due(value) else LevelLight.FINE

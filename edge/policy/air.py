"""When air is bad for long enough to tell somebody, and when it is over. No clock and no sensor in here."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Limit:
    """One condition of the air, in the unit of its quantity.

    Attributes:
        raise_at: at this value it is bad: and above it, where `clear_at` lies below; and below it, where that lies above.
        clear_at: beyond this value it is good again; between the two it stays what it was (deadband).
        for_s: so long, without a break, before it changes from one to the other.
    """

    raise_at: float
    clear_at: float
    for_s: float

    def reached(self, value: float, border: float) -> bool:
        """Whether the value lies on the bad side of the border, or on it."""
        return value >= border if self.clear_at < self.raise_at else value <= border


@dataclass(frozen=True, slots=True)
class Condition:
    """Attributes: whether it is bad, None while nobody knows; what it is about to become, and since when (monotonic seconds)."""

    bad: bool | None = None
    towards: bool | None = None
    since_s: float = 0.0


def judged(before: Condition, value: float | None, limit: Limit, now_s: float) -> Condition:
    """After one more look. A value that is not known ends nothing, begins nothing, and breaks what was about to change."""
    if value is None:
        return replace(before, towards=None)
    bad = limit.reached(value, limit.clear_at if before.bad else limit.raise_at)
    if bad is before.bad:
        return Condition(bad)
    if bad is not before.towards:
        return Condition(before.bad, bad, now_s)
    return Condition(bad) if now_s - before.since_s >= limit.for_s else before

"""The canteen's time slots: how many are to eat when, how many came, and whether that is more than there are places for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Slot:
    """Who may eat when.

    Attributes:
        gate: the gate before the canteen, which counts who goes in; empty: nobody counts.
        days: of the week, as in DAYS; begins, ends: the local time of that day, `11:30`.
        places: so many may eat in this slot.
        teams: of the staff, who are to come then.
        ended_ms: a slot that is changed ends, and another begins.
    """

    number: int
    site: str
    gate: str
    name: str
    days: tuple[str, ...]
    begins: str
    ends: str
    places: int
    teams: tuple[str, ...]
    made_ms: int
    ended_ms: int | None


class Phase(StrEnum):
    AHEAD = "ahead"
    NOW = "now"
    PAST = "past"


class SlotLight(StrEnum):
    """How a slot stands, the most urgent first."""

    OVER = "over"
    """More were let in, or are inside, than there are places."""
    PLANNED_OVER = "planned_over"
    """More are to come than there are places: a warning before it happens."""
    UNKNOWN = "unknown"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One slot on one day. Times are UTC milliseconds; None is not known, or not counted.

    Attributes:
        planned: members of its teams who are not away then; None: it has no team, or nobody is in one of them.
        let_in: at its gate, from the begin until the end or now.
        inside: by the gate's count, now.
    """

    slot: Slot
    day: date
    begins_ms: int
    ends_ms: int
    phase: Phase
    planned: int | None = None
    let_in: int | None = None
    inside: int | None = None

    @property
    def light(self) -> SlotLight:
        """Before: by the plan; while it lasts: by both; afterwards: by who came."""
        places = self.slot.places
        if self.phase is not Phase.AHEAD and any(one is not None and one > places for one in (self.let_in, self.inside)):
            return SlotLight.OVER
        if self.phase is not Phase.PAST and self.planned is not None and self.planned > places:
            return SlotLight.PLANNED_OVER
        known = self.planned if self.phase is Phase.AHEAD else self.let_in
        return SlotLight.UNKNOWN if known is None else SlotLight.FINE

    @property
    def spare(self) -> int | None:
        """How many more could come; None where nobody knows."""
        most = [one for one in (self.planned, self.let_in, self.inside) if one is not None]
        return self.slot.places - max(most) if self.planned is not None else None


def sittings(slots: Iterable[Slot], first: date, last: date, zone: tzinfo, now_ms: int) -> Iterator[Sitting]:
    """Every slot on every day it is held to its end, in order. One that is changed meanwhile counts as it is afterwards."""
    found = []
    for slot in slots:
        for days in range((last - first).days + 1):
            day = first + timedelta(days=days)
            if DAYS[day.weekday()] not in slot.days:
                continue
            begins_ms, ends_ms = _moment(day, slot.begins, zone), _moment(day, slot.ends, zone)
            if slot.made_ms < ends_ms and (slot.ended_ms is None or slot.ended_ms >= ends_ms):
                found.append(Sitting(slot, day, begins_ms, ends_ms, _phase(begins_ms, ends_ms, now_ms)))
    return iter(sorted(found, key=lambda one: (one.begins_ms, one.slot.site, one.slot.number)))


def overlapping(one: Slot, others: Iterable[Slot]) -> Slot | None:
    """Another slot at the same gate and time: whoever goes in would count twice."""
    at_gate = (other for other in others if one.gate and other.gate == one.gate and other.number != one.number)
    same_time = (other for other in at_gate if one.begins < other.ends and other.begins < one.ends)
    return next((other for other in same_time if set(one.days) & set(other.days)), None)


def roomiest(over: Sitting, others: Iterable[Sitting]) -> Sitting | None:
    """Where some of them could eat instead: on the same day and site, not over yet, with the most places left."""
    there = [
        other
        for other in others
        if (other.day, other.slot.site) == (over.day, over.slot.site) and other.phase is not Phase.PAST and (other.spare or 0) > 0
    ]
    return max(there, key=lambda other: other.spare or 0, default=None)


def _phase(begins_ms: int, ends_ms: int, now_ms: int) -> Phase:
    return Phase.AHEAD if now_ms < begins_ms else Phase.NOW if now_ms < ends_ms else Phase.PAST


def _moment(day: date, clock: str, zone: tzinfo) -> int:
    return round(datetime.combine(day, time.fromisoformat(clock), zone).timestamp() * 1000)

"""The canteen's slots, as a screen sees them: numbers, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy import Connection

from cloud.ledger.facility.canteen import Phase, Sitting, Slot, SlotLight, roomiest
from cloud.store.facility.canteen import sittings_of, slots, teams, unassigned
from cloud.store.views.models import View, moment


class SlotView(View):
    id: str
    site: str
    gate: str = Field(description="which counts who goes in; empty: nobody counts")
    name: str
    days: list[str]
    begins: str
    ends: str
    places: int = Field(description="so many may eat in this slot")
    teams: list[str]


class SittingView(View):
    """One slot on one day. What is null is not known, or not counted."""

    slot: str
    name: str
    site: str
    gate: str
    day: date
    begins: datetime
    ends: datetime
    places: int
    phase: Phase
    light: SlotLight
    planned: int | None = Field(description="members of its teams who are not away then; not kept of what is over")
    let_in: int | None = Field(description="at its gate")
    inside: int | None = Field(description="now, by its gate's count")
    room_in: str | None = Field(description="where it is over: the slot of that day with the most places left")


class CanteenTodayView(View):
    at: datetime
    timezone: str
    today: list[SittingView]


class SlotsView(View):
    at: datetime
    timezone: str
    today: list[SittingView]
    ahead: list[SittingView] = Field(description="the seven days after it")
    past: list[SittingView] = Field(description="the fourteen days before it, the newest first")
    slots: list[SlotView]
    teams: list[str] = Field(description="of the whole house")
    unassigned: list[str] = Field(description="teams of houses with slots that none of them names")


def today_view(connection: Connection, top: str, now_ms: int, zone: ZoneInfo) -> list[SittingView]:
    """The slots of today alone."""
    held = sittings_of(connection, top, now_ms, zone, back=0, ahead=0)
    return _views(held, held)


def slots_view(connection: Connection, top: str, now_ms: int, zone: ZoneInfo) -> SlotsView:
    """Everything in reach, as it stands."""
    at = moment(now_ms)
    today = at.astimezone(zone).date()
    held = sittings_of(connection, top, now_ms, zone, back=14, ahead=7)
    return SlotsView(
        at=at,
        timezone=zone.key,
        today=_views((one for one in held if one.day == today), held),
        ahead=_views((one for one in held if one.day > today), held),
        past=_views(reversed([one for one in held if one.day < today]), held),
        slots=[_slot_view(one) for one in slots(connection, top)],
        teams=teams(connection, top),
        unassigned=unassigned(connection, top),
    )


def slot_name(number: int) -> str:
    return f"slot-{number}"


def _slot_view(one: Slot) -> SlotView:
    return SlotView(
        id=slot_name(one.number),
        site=one.site,
        gate=one.gate,
        name=one.name,
        days=list(one.days),
        begins=one.begins,
        ends=one.ends,
        places=one.places,
        teams=list(one.teams),
    )


def _views(some: Iterable[Sitting], held: Sequence[Sitting]) -> list[SittingView]:
    return [_view(one, roomiest(one, held) if one.light in (SlotLight.OVER, SlotLight.PLANNED_OVER) else None) for one in some]


def _view(one: Sitting, other: Sitting | None) -> SittingView:
    return SittingView(
        slot=slot_name(one.slot.number),
        name=one.slot.name,
        site=one.slot.site,
        gate=one.slot.gate,
        day=one.day,
        begins=moment(one.begins_ms),
        ends=moment(one.ends_ms),
        places=one.slot.places,
        phase=one.phase,
        light=one.light,
        planned=one.planned,
        let_in=one.let_in,
        inside=one.inside,
        room_in=None if other is None else other.slot.name,
    )

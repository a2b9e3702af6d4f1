"""The canteen: who went in with clean hands, and the slots in which people eat; as numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Connection

from cloud.api.accounts import Site
from cloud.api.allowed import MayManageStaff, MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, Problem, sight_of
from cloud.api.refused import Refused
from cloud.ledger.facility.canteen import Slot, overlapping
from cloud.ledger.sites import ROOT, is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.canteen import add_slot, end_slot, slots, teams
from cloud.store.feed import Feed
from cloud.store.sites import sites_of_gates
from cloud.store.views.canteen import CanteenTodayView, SlotsView, slot_name, slots_view, today_view
from cloud.store.views.clean_hands import HandsView, clean_hands
from cloud.store.views.models import moment

router = APIRouter(prefix="/api/facilities/canteen", tags=["facilities"])
SlotId = Annotated[str, Path(pattern=r"^slot-[0-9]{1,15}$", examples=["slot-1"])]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*$")]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["11:30"])]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}


class NewSlot(BaseModel):
    """Times are of the reports' zone (`reports.timezone`), both on one day. `gate`: the one before the canteen, which counts."""

    model_config = ConfigDict(extra="forbid")

    site: Site = ROOT
    gate: Annotated[str, Field(max_length=120)] = ""
    name: Name
    days: Annotated[list[Day], Field(min_length=1, max_length=7)]
    begins: Clock
    ends: Clock
    places: Annotated[int, Field(ge=1, le=100_000)]
    teams: Annotated[list[Name], Field(max_length=100)]


@router.get("/hands", responses=REFUSALS)
def read_hands(user: MayReadBoard, parts: PartsOf, days: Annotated[int, Query(ge=1, le=31)] = 14) -> HandsView:
    """Of the gates in sight that ask for clean hands, by day. Numbers only, of nobody in particular."""
    with parts.database.reading() as connection:
        return clean_hands(connection, sight_of(user).site, parts.now_ms(), days, ZoneInfo(parts.report_zone))


@router.get("/slots", responses=REFUSALS)
def read_slots(user: MayReadBoard, parts: PartsOf) -> SlotsView:
    """Who is to eat when, how many came, and where that is more than there are places for. Numbers and teams, no names."""
    with parts.database.reading() as connection:
        return slots_view(connection, sight_of(user).site, parts.now_ms(), ZoneInfo(parts.report_zone))


@router.get("/today", responses=REFUSALS)
def read_today(user: MayReadBoard, parts: PartsOf) -> CanteenTodayView:
    """The slots of today, as they stand."""
    now_ms, zone = parts.now_ms(), ZoneInfo(parts.report_zone)
    with parts.database.reading() as connection:
        today = today_view(connection, sight_of(user).site, now_ms, zone)
    return CanteenTodayView(at=moment(now_ms), timezone=zone.key, today=today)


@router.post("/slots", status_code=201, responses={**ANSWERS, 422: {"model": Problem}})
def add(wish: NewSlot, user: MayManageStaff, parts: PartsOf) -> SlotsView:
    """Hold one more slot from now on."""
    with parts.database.writing() as connection, Feed(connection):  # one after the other, in whatever process
        new = _allowed(connection, wish, user, parts.now_ms())
        number = add_slot(connection, new)
        note(connection, user, "canteen slot added", slot_name(number), parts.now_ms(), _told(new))
    return read_slots(user, parts)


@router.put("/slots/{slot}", responses={**ANSWERS, 422: {"model": Problem}})
def change(slot: SlotId, wish: NewSlot, user: MayManageStaff, parts: PartsOf) -> SlotsView:
    """Hold it otherwise from now on: it ends, and another begins, so that past days stay as they were counted."""
    with parts.database.writing() as connection, Feed(connection):
        before = _found(connection, slot, user)
        new = _allowed(connection, wish, user, parts.now_ms(), before)
        _end(connection, before, parts.now_ms())
        number = add_slot(connection, new)
        note(connection, user, "canteen slot changed", slot, parts.now_ms(), f"now {slot_name(number)}: {_told(new)}")
    return read_slots(user, parts)


@router.delete("/slots/{slot}", responses=ANSWERS)
def end(slot: SlotId, user: MayManageStaff, parts: PartsOf) -> SlotsView:
    """Hold it no more. What it was on the days before, and who came, stays."""
    with parts.database.writing() as connection, Feed(connection):
        _end(connection, _found(connection, slot, user), parts.now_ms())
        note(connection, user, "canteen slot ended", slot, parts.now_ms())
    return read_slots(user, parts)


def _allowed(connection: Connection, wish: NewSlot, user: User, now_ms: int, before: Slot | None = None) -> Slot:
    """The slot wished for, in place of `before`. Refused where it is not in reach, or would count somebody twice."""
    if not is_within(wish.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    if wish.begins >= wish.ends:
        raise Refused(Code.SLOT_SPAN)
    if wish.gate and wish.gate not in sites_of_gates(connection, user.site):
        raise Refused(Code.NO_GATE, gate=wish.gate)
    known = {*teams(connection, wish.site), *(() if before is None else before.teams)}
    if strangers := sorted(set(wish.teams) - known):
        raise Refused(Code.NO_TEAM, teams=", ".join(strangers))
    values = wish.model_dump() | {"days": tuple(dict.fromkeys(wish.days)), "teams": tuple(dict.fromkeys(wish.teams))}
    new = Slot(**values, number=0 if before is None else before.number, made_ms=now_ms, ended_ms=None)
    if other := overlapping(new, slots(connection, ROOT)):
        raise Refused(Code.SLOT_OVERLAP, name=other.name, begins=other.begins, ends=other.ends)
    return replace(new, number=0)


def _found(connection: Connection, name: str, user: User) -> Slot:
    there = next((one for one in slots(connection, user.site) if slot_name(one.number) == name), None)
    if there is None:
        raise Refused(Code.NOT_THERE, id=name)
    return there


def _end(connection: Connection, slot: Slot, now_ms: int) -> None:
    if not end_slot(connection, slot.number, now_ms):
        raise Refused(Code.NOT_THERE, id=slot_name(slot.number))


def _told(one: Slot) -> str:
    return f"{one.name}, {one.begins} to {one.ends} on {' '.join(one.days)}, {one.places} places"

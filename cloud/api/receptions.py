"""Receptions: their hours, how many visitors they take in a slot, and what of them is public."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from cloud.api.accounts import Site
from cloud.api.allowed import MayManageSites, MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.receptions import DAY_HOURS, Reception, hours_in_order
from cloud.ledger.sites import is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.receptions import reception_named, receptions_below, save_reception

router = APIRouter(prefix="/api/receptions", tags=["receptions"])
ReceptionName = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,31}$", examples=["south-hall"])]
MISSING = {**REFUSALS, 404: {"model": Problem}}


def _in_order(text: str) -> str:
    if not hours_in_order(text):
        raise ValueError("the hours of a day follow one another: 09:00-12:00 13:30-17:00")
    return text


def _known(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError) as unknown:
        raise ValueError("there is no such time zone; they are named like Asia/Shanghai") from unknown
    return zone


DayHours = Annotated[str, Field(pattern=DAY_HOURS, max_length=60), AfterValidator(_in_order)]
Title = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]


class ReceptionPlan(BaseModel):
    model_config = ConfigDict(extra="forbid")
    site: Site
    title_zh: Title
    title_en: Title
    timezone: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9_+/-]+$"), AfterValidator(_known)]
    hours: Annotated[list[DayHours], Field(min_length=7, max_length=7, description="from Monday; empty: closed")]
    closed: Annotated[list[date], Field(max_length=60, description="days on which it is closed all the same")] = []
    slot_min: Annotated[int, Field(ge=5, le=480)] = 30
    capacity: Annotated[int, Field(ge=1, le=10_000, description="people in one slot")] = 10
    grace_min: Annotated[int, Field(ge=0, le=240, description="a pass is good so long before and after its slot")] = 15
    days_ahead: Annotated[int, Field(ge=0, le=30)] = 5
    appointments: bool = False
    board: bool = False


class ReceptionView(ReceptionPlan):
    name: str

    @classmethod
    def of(cls, one: Reception) -> ReceptionView:
        return cls.model_validate({name: getattr(one, name) for name in cls.model_fields} | {"hours": list(one.hours)})


@router.get("", responses=REFUSALS)
def receptions(user: MayReadBoard, parts: PartsOf) -> list[ReceptionView]:
    """Those in sight, by name."""
    with parts.database.reading() as connection:
        return [ReceptionView.of(one) for one in receptions_below(connection, user.site)]


@router.put("/{reception}", responses={**MISSING, 409: {"model": Problem}})
def plan(reception: ReceptionName, wish: ReceptionPlan, user: MayManageSites, parts: PartsOf) -> ReceptionView:
    """Make it, or change it. What was promised stays: an appointment that was made holds, whatever the hours are now."""
    if not is_within(wish.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    told = wish.model_dump() | {"hours": tuple(wish.hours), "closed": tuple(sorted(day.isoformat() for day in set(wish.closed)))}
    changed = Reception(name=reception, **told)
    with parts.database.writing() as connection:
        before = reception_named(connection, reception)
        if before is not None and not is_within(before.site, user.site):
            raise Refused(Code.NAME_BEYOND_REACH)
        save_reception(connection, changed)
        open_to = f"appointments {'on' if changed.appointments else 'off'}, board {'public' if changed.board else 'off'}"
        note(connection, user, "reception planned", reception, parts.now_ms(), f"site {changed.site or '-'}, {open_to}")
    return ReceptionView.of(changed)


def in_reach(connection: Connection, user: User, name: str) -> Reception:
    """The reception, where this account may see it. Refuses with 404."""
    found = reception_named(connection, name)
    if found is None or not is_within(found.site, user.site):
        raise Refused(Code.NO_RECEPTION, reception=name)
    return found

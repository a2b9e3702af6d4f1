"""What members of staff say about their travel and contacts: for few eyes, followed up every day, and erased early."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import Field
from sqlalchemy import Connection

from cloud.api.allowed import MayReadDeclarations
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.api.staff import ANSWERS, Body, PersonId, Words, entering, number_of
from cloud.ledger.staff.declarations import BARRING, Declared
from cloud.refusals import Code
from cloud.store.accounts import User
from cloud.store.staff.day import staff_day
from cloud.store.staff.entries import EntryKind, StaffEntry, add_staff_entry, entry
from cloud.store.views.staff.declared import DeclarationView, declaration_view
from cloud.store.views.staff.members import person_name

router = APIRouter(prefix="/api/staff", tags=["staff"])
DeclarationId = Annotated[str, Path(pattern=r"^entry-[0-9]{1,15}$", examples=["entry-1"])]
LONGEST: Final = timedelta(days=90)


class NewDeclaration(Body):
    what: Declared
    until: date = Field(description="the last day on which somebody asks")
    detail: Words = ""


class Asked(Body):
    """What was said when somebody asked."""

    text: Words = ""


class Closing(Body):
    why: Annotated[Words, Field(min_length=3)]


@router.get("/declarations", responses=REFUSALS)
def all_of_them(user: MayReadDeclarations, parts: PartsOf) -> list[DeclarationView]:
    """Every declaration in reach, the newest first."""
    with parts.database.reading() as connection:
        return _views(connection, parts, user)


@router.post("/{person}/declarations", responses={**ANSWERS, 422: {"model": Problem}})
def declare(person: PersonId, said: NewDeclaration, user: MayReadDeclarations, parts: PartsOf) -> list[DeclarationView]:
    """Enter what somebody declares. Somebody asks about it every day until its end."""
    today = parts.staff.day_of(parts.now_ms())
    if not today <= said.until <= today + LONGEST:
        raise Refused(Code.LAST_DAY, first=today.isoformat(), last=(today + LONGEST).isoformat())
    with entering(parts, user, person, EntryKind.DECLARATION) as (connection, whom):
        body = {"what": said.what.value, "until": said.until.isoformat(), "detail": said.detail}
        add_staff_entry(connection, whom.number, parts.now_ms(), user.user, EntryKind.DECLARATION, body)
        return _views(connection, parts, user)


@router.post("/declarations/{entry_id}/follow-up", responses=ANSWERS)
def follow_up(entry_id: DeclarationId, said: Asked, user: MayReadDeclarations, parts: PartsOf) -> list[DeclarationView]:
    """Somebody has asked today."""
    return _go_on(entry_id, EntryKind.FOLLOW_UP, {"text": said.text}, user, parts)


@router.post("/declarations/{entry_id}/close", responses=ANSWERS)
def close(entry_id: DeclarationId, said: Closing, user: MayReadDeclarations, parts: PartsOf) -> list[DeclarationView]:
    """End it before its last day, with the reason."""
    return _go_on(entry_id, EntryKind.DECLARATION_CLOSED, {"why": said.why}, user, parts)


def _go_on(entry_id: str, kind: EntryKind, body: dict[str, str], user: User, parts: Parts) -> list[DeclarationView]:
    there = _there(parts, entry_id)
    with entering(parts, user, person_name(there.person), kind) as (connection, whom):
        day = staff_day(connection, user.site, parts.staff, parts.now_ms())
        if not any(one.number == there.number and one.is_open(day.today) for one in day.declarations):
            raise Refused(Code.ENTRY_CLOSED, id=entry_id)
        add_staff_entry(connection, whom.number, parts.now_ms(), user.user, kind, body, there.number)
        return _views(connection, parts, user)


def _there(parts: Parts, entry_id: str) -> StaffEntry:
    with parts.database.reading() as connection:
        there = entry(connection, number_of(entry_id), EntryKind.DECLARATION)
    if there is None:
        raise Refused(Code.NO_DECLARATION, id=entry_id)
    return there


def _views(connection: Connection, parts: Parts, user: User) -> list[DeclarationView]:
    day = staff_day(connection, user.site, parts.staff, parts.now_ms())
    found = []
    for one in reversed(day.declarations):
        there = entry(connection, one.number, EntryKind.DECLARATION)
        detail = "" if there is None else str(there.body.get("detail", ""))
        found.append(declaration_view(day, one, detail, bars=one.what in BARRING))
    return found

"""Meetings, and confirmed cases of the district with the areas they lock."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, Field, StringConstraints
from sqlalchemy import Connection

from cloud.api.accounts import Site
from cloud.api.allowed import MayMakeRounds, MayManageRounds
from cloud.api.facilities import ANSWERS, ASSET, Body, Words, found
from cloud.api.parts import Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.sites import ROOT, is_within
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.facility.board import board
from cloud.store.facility.entries import EntryKind, FacilityEntry, add_entry, case_notices, entry, meetings
from cloud.store.views.facilities import BoardView, board_view

router = APIRouter(prefix="/api/facilities", tags=["facilities"])
MeetingId = Annotated[str, Path(pattern=r"^meeting-[0-9]{1,15}$", examples=["meeting-1"])]
NoticeId = Annotated[str, Path(pattern=r"^notice-[0-9]{1,15}$", examples=["notice-1"])]
LONGEST_MS: Final = 7 * 86_400_000
Heads = Annotated[int, Field(ge=1, le=100_000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class NewMeeting(Body):
    room: Annotated[str, Field(pattern=ASSET)]
    begins: AwareDatetime
    ends: AwareDatetime
    heads: Heads


class Screened(Body):
    """How many of those who attend somebody says were screened."""

    screened: Annotated[int, Field(ge=0, le=100_000)]


class NewNotice(Body):
    """A confirmed case. `site`: what of one's own it concerns; null: it is shown, and locks nothing."""

    day: date
    source: Words
    area: Words
    site: Site | None = None


class Disinfected(Body):
    """The evidence: who disinfected it from outside, when, and the number of their paper; its SHA-256 where there is a file."""

    how: Literal["disinfected"]
    by: Words
    day: date
    document: Words
    sha256: Sha256 | None = None


class Withdrawn(Body):
    how: Literal["withdrawn"]
    why: Words


class MeetingEnding(Body):
    ending: Disinfected | Withdrawn = Field(discriminator="how")


@router.post("/meetings", responses={**ANSWERS, 422: {"model": Problem}})
def plan(wish: NewMeeting, user: MayMakeRounds, parts: PartsOf) -> BoardView:
    """Enter a meeting: its room is due before and after it. Too many people are a warning; a person decides."""
    begins_ms, ends_ms = round(wish.begins.timestamp() * 1000), round(wish.ends.timestamp() * 1000)
    if not 0 < ends_ms - begins_ms <= LONGEST_MS:
        raise Refused(Code.MEETING_SPAN)
    with parts.database.writing() as connection:
        room = found(connection, wish.room, user)
        body = {"begins_ms": begins_ms, "ends_ms": ends_ms, "heads": wish.heads}
        add_entry(connection, EntryKind.MEETING, parts.now_ms(), user.user, body, asset=room.number)
        note(connection, user, "meeting entered", wish.room, parts.now_ms(), f"{wish.heads} people")
        return _board(connection, parts, user)


@router.post("/meetings/{meeting}/screened", responses=ANSWERS)
def screened(meeting: MeetingId, wish: Screened, user: MayMakeRounds, parts: PartsOf) -> BoardView:
    """Say how many of those who attend were screened. It is what a person says: no gate tells who goes to which meeting."""
    with parts.database.writing() as connection:
        there = _meeting(connection, meeting, user)
        body = {"screened": wish.screened}
        add_entry(connection, EntryKind.SCREENED, parts.now_ms(), user.user, body, asset=there.asset, about=there.number)
        note(connection, user, "meeting screened", meeting, parts.now_ms(), str(wish.screened))
        return _board(connection, parts, user)


@router.delete("/meetings/{meeting}", responses=ANSWERS)
def call_off(meeting: MeetingId, user: MayMakeRounds, parts: PartsOf) -> BoardView:
    """It does not take place. It stays in the record."""
    with parts.database.writing() as connection:
        there = _meeting(connection, meeting, user)
        add_entry(connection, EntryKind.MEETING_ENDED, parts.now_ms(), user.user, {}, asset=there.asset, about=there.number)
        note(connection, user, "meeting called off", meeting, parts.now_ms())
        return _board(connection, parts, user)


@router.post("/notices", responses=ANSWERS)
def make_known(wish: NewNotice, user: MayManageRounds, parts: PartsOf) -> BoardView:
    """Make a confirmed case of the district known. Where it names a site, that is locked with all below, from now on."""
    if wish.site is not None and not is_within(wish.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    with parts.database.writing() as connection:
        number = add_entry(connection, EntryKind.NOTICE, parts.now_ms(), user.user, wish.model_dump(mode="json"))
        locks = "locks nothing" if wish.site is None else f"locks {wish.site or 'everything'}"
        note(connection, user, "case notice entered", f"notice-{number}", parts.now_ms(), locks)
        return _board(connection, parts, user)


@router.post("/notices/{notice}/end", responses=ANSWERS)
def end(notice: NoticeId, wish: MeetingEnding, user: MayManageRounds, parts: PartsOf) -> BoardView:
    """Attach the evidence of a disinfection from outside, or withdraw the notice with a reason. One's own rounds end nothing."""
    with parts.database.writing() as connection:
        number = int(notice.rpartition("-")[2])
        there = next((one for one in case_notices(connection) if one.number == number), None)
        if there is None or not is_within(there.site or ROOT, user.site):
            raise Refused(Code.NOT_THERE, id=notice)
        if there.ended_ms is not None:
            raise Refused(Code.ENTRY_CLOSED, id=notice)
        body = wish.ending.model_dump(mode="json")
        add_entry(connection, EntryKind.NOTICE_ENDED, parts.now_ms(), user.user, body, about=number)
        said = wish.ending.document if isinstance(wish.ending, Disinfected) else wish.ending.why
        note(connection, user, f"case notice {wish.ending.how}", notice, parts.now_ms(), said)
        return _board(connection, parts, user)


def _meeting(connection: Connection, name: str, user: User) -> FacilityEntry:
    number = int(name.rpartition("-")[2])
    there = entry(connection, number, EntryKind.MEETING)
    if there is None or all(one.number != number for one in meetings(connection, 0)):
        raise Refused(Code.NOT_THERE, id=name)
    found(connection, f"asset-{there.asset}", user)
    return there


def _board(connection: Connection, parts: Parts, user: User) -> BoardView:
    return board_view(board(connection, user.site, parts.rounds, parts.now_ms()), parts.rounds)

"""Who is on duty when: the roster of shifts by week, the rota of the 24 hours' duty, and absences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime, Field
from sqlalchemy import Connection

from cloud.access.roles import Permission, may
from cloud.api.allowed import MayManageStaff, MayReadStaff
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.api.staff import ANSWERS, PERSON, Body, Words, entering, found, number_of
from cloud.ledger.sites import ROOT, SITE, is_within
from cloud.ledger.staff.declarations import barring
from cloud.ledger.staff.roster import Place, RosterFault
from cloud.ledger.staff.rules import Shift
from cloud.ledger.staff.turns import Post, Turn
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.staff.day import DAY_MS, known_of, roster_faults, staff_day
from cloud.store.staff.entries import LASTING_MS, EntryKind, absences, add_staff_entry, entries, entry
from cloud.store.staff.register import members, unknown
from cloud.store.staff.roster import add_turn, at_or_below, places, put, remove_turn, rota_turns
from cloud.store.views.models import moment
from cloud.store.views.staff.members import entry_name, person_name
from cloud.store.views.staff.roster import AbsenceView, PlaceView, RosterView, RotaView, TurnView, finding_view, gap_views

router = APIRouter(prefix="/api/staff", tags=["staff"])
AtSite = Annotated[str, Query(pattern=f"^({SITE})?$", max_length=200)]
DayOf = Annotated[date, Path(examples=["2026-11-23"])]
OfShift = Annotated[Shift, Path(examples=["morning"])]
OnRoster = Annotated[Post, Path(examples=["screening"])]
WEEK: Final = 7
LONGEST_MS: Final = 31 * DAY_MS
ROTA_DAYS: Final = 31


class Standing(Body):
    """Everybody who stands at a place; empty: nobody."""

    persons: list[Annotated[str, Field(pattern=f"^{PERSON}$")]] = Field(max_length=50)


class NewTurn(Body):
    site: Annotated[str, Field(pattern=f"^({SITE})?$", max_length=200)] = ROOT
    person: Annotated[str, Field(pattern=f"^{PERSON}$")]
    begins: AwareDatetime
    ends: AwareDatetime
    leads: bool = False


class NewAbsence(Body):
    begins: AwareDatetime
    ends: AwareDatetime
    why: Words = ""


@router.get("/roster", responses={**REFUSALS, 404: {"model": Problem}})
def roster(user: MayReadStaff, parts: PartsOf, day: date | None = None, site: AtSite = ROOT) -> RosterView:
    """The week in which the day lies, Monday first: who stands where, and what is wrong with it."""
    site = _reachable(user, site)
    today = parts.staff.day_of(parts.now_ms())
    first = _monday(day or today)
    with parts.database.reading() as connection:
        return _week(connection, parts, user, site, first)


@router.put(
    "/roster/{day}/{shift}/{post}",
    responses={**ANSWERS, 409: {"model": Problem, "description": "somebody is barred from reception, and why"}},
)
def stand(
    day: DayOf, shift: OfShift, post: OnRoster, wish: Standing, user: MayManageStaff, parts: PartsOf, site: AtSite = ROOT
) -> RosterView:
    """Say who stands at a place. Refused with the reason where somebody who is barred would receive guests."""
    site, persons = _reachable(user, site), sorted({number_of(one) for one in wish.persons})
    if post not in (Post.SCREENING, Post.RECEPTION):
        raise Refused(Code.POST_OF_ROTA)
    with parts.database.writing() as connection:
        if strangers := unknown(connection, persons, user.site):
            raise Refused(Code.NO_PERSONS, persons=[person_name(one) for one in strangers])
        if post is Post.RECEPTION:
            _not_barred(connection, parts, persons, day)
        put(connection, site, Place(day, shift, post, tuple(persons)))
        who = ", ".join(person_name(one) for one in persons) or "nobody"
        note(connection, user, "roster", f"{site or '-'} {day} {shift} {post}", parts.now_ms(), who)
        return _week(connection, parts, user, site, _monday(day))


@router.get("/rota", responses=REFUSALS)
def rota(user: MayReadStaff, parts: PartsOf) -> RotaView:
    """The turns and absences of the next month, and the gaps of the days ahead."""
    with parts.database.reading() as connection:
        return _rota(connection, parts, user)


@router.post("/rota", responses={**ANSWERS, 422: {"model": Problem}})
def add(wish: NewTurn, user: MayManageStaff, parts: PartsOf) -> RotaView:
    """Put a turn of the 24 hours' duty into the rota, to be there or to lead."""
    begins_ms, ends_ms = _span(wish.begins, wish.ends)
    post = Post.LEADER if wish.leads else Post.WATCH
    site = _reachable(user, wish.site)
    with parts.database.writing() as connection:
        whom = found(connection, wish.person, user)
        number = add_turn(connection, site, Turn(whom.number, begins_ms, ends_ms, frozenset({post})))
        note(connection, user, "rota: turn added", f"turn-{number}", parts.now_ms(), f"{wish.person} {post} at {site or '-'}")
        return _rota(connection, parts, user)


@router.delete("/rota/{turn}", responses=ANSWERS)
def remove(
    turn: Annotated[str, Path(pattern=r"^turn-[0-9]{1,15}$", examples=["turn-1"])], user: MayManageStaff, parts: PartsOf
) -> RotaView:
    """Take a turn out of the rota."""
    with parts.database.writing() as connection:
        gone = remove_turn(connection, number_of(turn), user.site)
        if gone is None:
            raise Refused(Code.NOT_THERE, id=turn)
        note(connection, user, "rota: turn removed", turn, parts.now_ms(), f"{person_name(gone.person)} at {gone.site or '-'}")
        return _rota(connection, parts, user)


@router.post("/{person}/absences", responses={**ANSWERS, 422: {"model": Problem}})
def absent(
    person: Annotated[str, Path(pattern=f"^{PERSON}$", examples=["staff-1"])],
    wish: NewAbsence,
    user: MayManageStaff,
    parts: PartsOf,
) -> RotaView:
    """Report an absence. It counts as reported when this server hears of it: in advance, or too late."""
    begins_ms, ends_ms = _span(wish.begins, wish.ends)
    with entering(parts, user, person, EntryKind.ABSENCE) as (connection, whom):
        body = {"begins_ms": begins_ms, "ends_ms": ends_ms, "why": wish.why}
        add_staff_entry(connection, whom.number, parts.now_ms(), user.user, EntryKind.ABSENCE, body)
        return _rota(connection, parts, user)


@router.delete("/absences/{entry_id}", responses=ANSWERS)
def withdraw(
    entry_id: Annotated[str, Path(pattern=r"^entry-[0-9]{1,15}$", examples=["entry-1"])], user: MayManageStaff, parts: PartsOf
) -> RotaView:
    """The absence does not take place. It stays in the record."""
    with parts.database.reading() as connection:
        there = entry(connection, number_of(entry_id), EntryKind.ABSENCE)
    if there is None:
        raise Refused(Code.NO_ABSENCE, id=entry_id)
    kind = EntryKind.ABSENCE_WITHDRAWN
    with entering(parts, user, person_name(there.person), kind) as (connection, whom):
        add_staff_entry(connection, whom.number, parts.now_ms(), user.user, kind, {}, there.number)
        return _rota(connection, parts, user)


def _week(connection: Connection, parts: Parts, user: User, site: str, first: date) -> RosterView:
    people = {one.number: one for one in members(connection, ROOT)}
    known = known_of(connection, parts.staff, parts.now_ms(), people)
    days = [first + timedelta(days=number) for number in range(WEEK)]
    there = [place for of, place in places(connection, at_or_below(site), days[0], days[-1]) if of == site]
    faults = roster_faults(connection, site, known, parts.staff, days[0], days[-1])
    shown = may(user.role, Permission.STAFF_DECLARATIONS)
    return RosterView(
        site=site,
        days=days,
        working_days=[one for one in days if one.weekday() in parts.staff.working_days],
        persons=parts.staff.persons,
        places=[
            PlaceView(day=one.day, shift=one.shift, post=one.post, persons=[person_name(each) for each in one.persons])
            for one in there
        ],
        findings=[
            finding_view(people, of, one) for of, one in faults if of == site and (shown or one.what is not RosterFault.BARRED)
        ],
    )


def _rota(connection: Connection, parts: Parts, user: User) -> RotaView:
    now_ms = parts.now_ms()
    day = staff_day(connection, user.site, parts.staff, now_ms)
    names = {number: one.name for number, one in day.members.items()}
    reach = [number for number, one in day.members.items() if is_within(one.site, user.site)]
    made = absences(entries(connection, [EntryKind.ABSENCE, EntryKind.ABSENCE_WITHDRAWN], reach, now_ms - LASTING_MS))
    turns = rota_turns(connection, user.site, now_ms, now_ms + ROTA_DAYS * DAY_MS)
    return RotaView(
        turns=[
            TurnView(
                id=f"turn-{one.number}", site=one.site, person=person_name(one.person), name=names.get(one.person, ""),
                begins=moment(one.begins_ms), ends=moment(one.ends_ms), leads=one.leads,
            )
            for one in turns
        ],
        absences=[
            AbsenceView(
                id=entry_name(number), person=person_name(one.person), name=names.get(one.person, ""),
                begins=moment(one.begins_ms), ends=moment(one.ends_ms), reported_at=moment(one.reported_ms),
                in_advance=one.in_advance,
            )
            for number, one in made.items()
            if one.ends_ms > now_ms
        ],
        gaps=gap_views(day),
    )  # fmt: skip


def _not_barred(connection: Connection, parts: Parts, persons: list[int], day: date) -> None:
    made = known_of(connection, parts.staff, parts.now_ms(), persons).declarations
    for person in persons:
        if bar := barring(made, person, day):
            until = bar.until.isoformat()
            raise Refused(Code.BARRED, person=person_name(person), until=until, what=bar.what.replace("_", " "))


def _reachable(user: User, site: str) -> str:
    """The site itself, or one's own where none is named. Refuses with 404 what is out of reach."""
    if not is_within(site, user.site):
        if site == ROOT:
            return user.site
        raise Refused(Code.NO_SITE, site=site)
    return site


def _span(begins: AwareDatetime, ends: AwareDatetime) -> tuple[int, int]:
    begins_ms, ends_ms = round(begins.timestamp() * 1000), round(ends.timestamp() * 1000)
    if not 0 < ends_ms - begins_ms <= LONGEST_MS:
        raise Refused(Code.SPAN)
    return begins_ms, ends_ms


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), (day - date.min).days))

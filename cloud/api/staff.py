"""Staff: the register, what is entered by hand, and what everybody has to do now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Connection

from cloud.access.roles import Permission, may
from cloud.api.accounts import Site
from cloud.api.allowed import MayEnterForStaff, MayManageStaff, MayReadStaff, Oneself
from cloud.api.parts import REFUSALS, Parts, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.accounts import NAME
from cloud.ledger.sites import ROOT, is_within
from cloud.ledger.staff.signs import MaskType
from cloud.ledger.staff.tasks import TaskKind, TaskState
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.feed import Feed
from cloud.store.staff.day import staff_day
from cloud.store.staff.entries import EntryKind, add_staff_entry, entries, trained_on
from cloud.store.staff.erasing import erase_member
from cloud.store.staff.register import Member, add_member, change_member, member, member_of_account, members, taken
from cloud.store.views.models import moment
from cloud.store.views.staff.day import MineView, StaffTodayView, mine_view, today_view
from cloud.store.views.staff.members import MemberView, member_view, person_name
from contract.message import Name

router = APIRouter(prefix="/api/staff", tags=["staff"])
PERSON: Final = r"staff-[0-9]{1,15}"
PersonId = Annotated[str, Path(pattern=f"^{PERSON}$", examples=["staff-1"])]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x1f]*$")]
Called = Annotated[Words, StringConstraints(min_length=1, max_length=80)]
Team = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="reception: a temperature and a test every morning")]
Account = Annotated[str, Field(pattern=f"^{NAME}$")]
OPTIONAL: Final = ("badge", "account", "contact")
ANSWERS: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewMember(Body):
    name: Called
    number: Called
    team: Team
    site: Site = ROOT
    badge: Name | None = None
    account: Account | None = None
    contact: Called | None = None


class MemberChange(Body):
    """What is left out stays as it is; an empty badge, account or contact takes it away."""

    name: Called | None = None
    number: Called | None = None
    team: Team | None = None
    site: Site | None = None
    badge: Name | Literal[""] | None = None
    account: Account | Literal[""] | None = None
    contact: Words | None = None
    left: bool | None = None


class Training(Body):
    """Who trained, and when."""

    day: date
    by: Called


class TemperatureByHand(Body):
    kind: Literal["temperature"]
    temperature_c: float = Field(ge=30, le=45)
    device: Called = Field(description="which thermometer")


class Wears(Body):
    """A mask that was put on, or changed; gloves where somebody has looked at them."""

    kind: Literal["wears"]
    mask: MaskType | None = None
    gloves: bool = False
    device: Words = ""


class Test(Body):
    """A virus test."""

    kind: Literal["test"]
    result: Literal["taken", "negative", "positive"]
    device: Words = ""


class Whereabouts(Body):
    kind: Literal["out", "back"]
    device: Words = ""


class Entered(Body):
    entry: TemperatureByHand | Wears | Test | Whereabouts = Field(discriminator="kind")


@router.get("", responses=REFUSALS)
def register(user: MayReadStaff, parts: PartsOf, left: Annotated[bool, Query()] = False) -> list[MemberView]:
    """Everybody in reach, by number; who has left too where that is asked."""
    with parts.database.reading() as connection:
        there = members(connection, user.site, also_left=left)
        trained = trained_on(entries(connection, [EntryKind.TRAINING], [one.number for one in there], 0))
    return [member_view(one, trained.get(one.number)) for one in there]


@router.post("", status_code=201, responses=ANSWERS)
def add(new: NewMember, user: MayManageStaff, parts: PartsOf) -> MemberView:
    """Take somebody into the register."""
    _reaches(user, new.site)
    with parts.database.writing() as connection:
        _free(connection, new.badge, new.account)
        values = {**new.model_dump(exclude={"number"}), "staff_number": new.number}
        number = add_member(connection, values, parts.now_ms())
        note(connection, user, "staff added", person_name(number), parts.now_ms(), new.team)
        return _view(connection, found(connection, person_name(number), user))


@router.patch("/{person}", responses=ANSWERS)
def change(person: PersonId, wish: MemberChange, user: MayManageStaff, parts: PartsOf) -> MemberView:
    """Change what the register says. Who has left is on no roster any more."""
    _reaches(user, wish.site)
    with parts.database.writing() as connection:
        before = found(connection, person, user)
        changed = _changed(before, wish, parts.now_ms())
        _free(connection, changed.badge, changed.account, before.number)
        change_member(connection, changed)
        what = ", ".join(sorted(wish.model_dump(exclude_none=True)))
        note(connection, user, "staff changed", person, parts.now_ms(), what)
        return _view(connection, changed)


@router.delete("/{person}", status_code=204, responses=ANSWERS)
def erase(person: PersonId, user: MayManageStaff, parts: PartsOf) -> None:
    """Erase somebody: register, entries, and every visit with the badge. The chain stays whole."""
    with parts.database.writing() as connection, Feed(connection) as feed:
        visits = erase_member(connection, feed, found(connection, person, user), parts.now_ms(), parts.staff)
        note(connection, user, "staff erased", person, parts.now_ms(), f"{visits} visits")
    parts.poke()


@router.post("/{person}/training", responses=ANSWERS)
def training(person: PersonId, said: Training, user: MayManageStaff, parts: PartsOf) -> MemberView:
    """Enter a training: without one nobody screens without a warning."""
    with entering(parts, user, person, EntryKind.TRAINING) as (connection, whom):
        body = {"day": said.day.isoformat(), "by": said.by}
        add_staff_entry(connection, whom.number, parts.now_ms(), user.user, EntryKind.TRAINING, body)
        return _view(connection, whom)


@router.post("/{person}/entries", responses=ANSWERS)
def enter(person: PersonId, said: Entered, user: MayEnterForStaff, parts: PartsOf) -> MemberView:
    """Enter by hand what no gate can see. It is marked manual, and says who entered it, with what, and when by this server."""
    kind = EntryKind(said.entry.kind)
    if isinstance(said.entry, Wears) and said.entry.mask is None and not said.entry.gloves:
        raise Refused(Code.NOTHING_WORN)
    with entering(parts, user, person, kind) as (connection, whom):
        body = said.entry.model_dump(mode="json", exclude={"kind"})
        add_staff_entry(connection, whom.number, parts.now_ms(), user.user, kind, body)
        return _view(connection, whom)


@router.get("/today", responses=REFUSALS)
def today(user: MayReadStaff, parts: PartsOf) -> StaffTodayView:
    """Who is on duty, what has to be done, and what is wrong with roster and rota; overdue tasks first."""
    with parts.database.reading() as connection:
        day = staff_day(connection, user.site, parts.staff, parts.now_ms())
    return today_view(day, declarations=may(user.role, Permission.STAFF_DECLARATIONS))


class OverdueView(BaseModel):
    at: datetime
    overdue: int = Field(description="tasks that are overdue now, of those the account may see")


@router.get("/overdue", responses=REFUSALS)
def overdue(user: MayReadStaff, parts: PartsOf) -> OverdueView:
    """How many tasks are overdue, for a strip that has room for a number."""
    now_ms = parts.now_ms()
    with parts.database.reading() as connection:
        day = staff_day(connection, user.site, parts.staff, now_ms)
    follow_ups = may(user.role, Permission.STAFF_DECLARATIONS)
    seen = [one for one in day.tasks if follow_ups or one.kind is not TaskKind.FOLLOW_UP]
    return OverdueView(at=moment(now_ms), overdue=sum(one.state(now_ms) is TaskState.OVERDUE for one in seen))


@router.get("/mine", responses=REFUSALS)
def mine(user: Oneself, parts: PartsOf) -> MineView:
    """What the holder of this account has to do."""
    with parts.database.reading() as connection:
        whose = member_of_account(connection, user.user)
        if whose is None:
            return MineView(at=moment(parts.now_ms()), name=None, tasks=[], on_duty=[])
        return mine_view(staff_day(connection, ROOT, parts.staff, parts.now_ms()), whose)


@contextmanager
def entering(parts: Parts, user: User, person: str, kind: EntryKind) -> Iterator[tuple[Connection, Member]]:
    """A transaction in which an entry is added; its line in the audit says nothing of what."""
    with parts.database.writing() as connection:
        whom = found(connection, person, user)
        note(connection, user, f"staff: {kind}", person, parts.now_ms())
        yield connection, whom


def found(connection: Connection, person: str, user: User) -> Member:
    """Refuses with 404 where there is nobody of that name in reach."""
    whom = member(connection, number_of(person), user.site)
    if whom is None:
        raise Refused(Code.NOT_THERE, id=person)
    return whom


def number_of(name: str) -> int:
    """The number in `staff-12`, `entry-3`, `turn-7`."""
    return int(name.rpartition("-")[2])


def _reaches(user: User, site: str | None) -> None:
    if site is not None and not is_within(site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)


def _free(connection: Connection, badge: str | None, account: str | None, but: int | None = None) -> None:
    if what := taken(connection, badge, account, but):
        raise Refused(Code.TAKEN_BY_OTHER, what=what)


def _changed(before: Member, wish: MemberChange, now_ms: int) -> Member:
    said = wish.model_dump(exclude_none=True, exclude={"left", "number"})
    given: dict[str, Any] = {name: value or None if name in OPTIONAL else value for name, value in said.items()}
    left_ms = before.left_ms if wish.left is None else (before.left_ms or now_ms) if wish.left else None
    return replace(before, staff_number=wish.number or before.staff_number, left_ms=left_ms, **given)


def _view(connection: Connection, whom: Member) -> MemberView:
    trained = trained_on(entries(connection, [EntryKind.TRAINING], [whom.number], 0))
    return member_view(whom, trained.get(whom.number))

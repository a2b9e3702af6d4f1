"""Who is told of what, site by site."""

from __future__ import annotations

from typing import Annotated, Final, Self

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection

from cloud.api.accounts import REFUSED, Site
from cloud.api.allowed import MayManageContacts
from cloud.api.parts import REFUSALS, Parts, PartsOf
from cloud.api.refused import Refused
from cloud.escalation.trial import Tried, try_ways
from cloud.ledger.accounts import NAME
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.kinds import PRIORITIES
from cloud.ledger.sites import ROOT, is_within
from cloud.refusals import Code
from cloud.settings import MAIL_ADDRESS
from cloud.staffing import Day, TimeOfDay
from cloud.store.accounts import User, account_of, note
from cloud.store.contacts import contact_named, contacts_below, lacking, remove_contact, save_contact
from cloud.store.webhooks import webhook_named

router = APIRouter(prefix="/api/contacts", tags=["contacts"])
Name = Annotated[str, Path(pattern=f"^{NAME}$", examples=["desk"])]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class ContactWish(BaseModel):
    """Somebody who is told while on duty, from `duty_begins` to `duty_ends`; the same time twice is the whole day."""

    model_config = ConfigDict(extra="forbid")
    site: Site = Field(ROOT, description="cares for the gates at this site and below; empty: for all")
    step: int = Field(1, ge=1, le=9, description="of several of one site, who is told first")
    liaison: bool = Field(False, description="stands for this site towards the authorities")
    alarms: bool = True
    reports: bool = Field(False, description="is told of reported cases: what was measured and asked, without a name")
    staff: bool = Field(False, description="is told of overdue tasks of the staff")
    kinds: list[str] = Field(
        [], max_length=40, description="only these alarms, and responsible for them by name; empty: every kind"
    )
    days: list[Day] = Field(list(DAYS), min_length=1, max_length=7)
    duty_begins: TimeOfDay = "00:00"
    duty_ends: TimeOfDay = "00:00"
    mail: str | None = Field(None, pattern=MAIL_ADDRESS, max_length=320)
    user: str | None = Field(
        None, pattern=f"^{NAME}$", description="the account whose devices get web pushes, and which owns alarms"
    )
    webhook: str | None = Field(None, pattern=f"^{NAME}$", description="the name of a webhook")
    mqtt: bool = Field(False, description="by the broker, on menshen/v1/cloud/notice")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.mail or self.user or self.webhook or self.mqtt):
            raise ValueError("a contact needs at least one of mail, user, webhook, mqtt")
        if unknown := set(self.kinds) - set(PRIORITIES):
            raise ValueError(f"there is no alarm {', '.join(sorted(unknown))}")
        return self


class ContactView(ContactWish):
    name: str

    @classmethod
    def of(cls, one: Contact) -> ContactView:
        return cls.model_construct(
            name=one.name,
            site=one.site,
            step=one.step,
            liaison=one.liaison,
            alarms=one.alarms,
            reports=one.reports,
            staff=one.staff,
            kinds=list(one.kinds),
            days=[DAYS[day] for day in sorted(one.days)],
            duty_begins=_clock(one.begins_min),
            duty_ends=_clock(one.ends_min),
            mail=one.ways.get(Channel.MAIL),
            user=one.ways.get(Channel.PUSH),
            webhook=one.ways.get(Channel.WEBHOOK),
            mqtt=Channel.MQTT in one.ways,
        )


class LackView(BaseModel):
    """A site with a gate whose alarms nobody is told of (`nobody`), or that has no liaison."""

    site: str
    nobody: bool


class Contacts(BaseModel):
    contacts: list[ContactView]
    lacks: list[LackView]


class TriedView(BaseModel):
    """What became of a test: whether the other side took it, and what it said."""

    channel: Channel
    taken: bool
    answer: str

    @classmethod
    def of(cls, one: Tried) -> TriedView:
        return cls(channel=one.channel, taken=one.taken, answer=one.answer)


@router.get("", responses=REFUSALS)
def contacts(user: MayManageContacts, parts: PartsOf) -> Contacts:
    """Everybody at the own site and below, and what is missing there."""
    with parts.database.reading() as connection:
        there = [ContactView.of(one) for one in contacts_below(connection, user.site)]
        lacks = [LackView(site=one.site, nobody=one.nobody) for one in lacking(connection) if is_within(one.site, user.site)]
    return Contacts(contacts=there, lacks=lacks)


@router.put("/{name}", responses=REFUSED)
def save(name: Name, wish: ContactWish, user: MayManageContacts, parts: PartsOf) -> ContactView:
    """Keep a contact, or change it whole."""
    one = _wanted(name, wish)
    with parts.database.writing() as connection:
        _in_reach(connection, name, user, may_be_new=True)
        _check(connection, wish, user, parts)
        save_contact(connection, one)
        detail = f"{one.site or 'every site'}, step {one.step}, {' '.join(one.ways)}{', liaison' if one.liaison else ''}"
        note(connection, user, "contact saved", name, parts.now_ms(), detail)
    return ContactView.of(one)


@router.delete("/{name}", status_code=204, responses=REFUSED)
def remove(name: Name, user: MayManageContacts, parts: PartsOf) -> None:
    """Nobody is told by this name any more."""
    with parts.database.writing() as connection:
        _in_reach(connection, name, user)
        remove_contact(connection, name)
        note(connection, user, "contact removed", name, parts.now_ms())


@router.post("/{name}/test", responses=REFUSED)
def test(name: Name, user: MayManageContacts, parts: PartsOf) -> list[TriedView]:
    """Send a test by every way of this contact, and say what became of each."""
    with parts.database.writing() as connection:
        one = _in_reach(connection, name, user)
        note(connection, user, "contact tested", name, parts.now_ms())
    assert one is not None
    return [TriedView.of(way) for way in try_ways(parts.roads, name, one.ways, parts.now_ms(), by=user.user, site=one.site)]


def _wanted(name: str, wish: ContactWish) -> Contact:
    ways = {
        Channel.MAIL: wish.mail,
        Channel.PUSH: wish.user,
        Channel.WEBHOOK: wish.webhook,
        Channel.MQTT: "" if wish.mqtt else None,
    }
    return Contact(
        name=name,
        ways={channel: address for channel, address in ways.items() if address is not None},
        site=wish.site,
        step=wish.step,
        days=frozenset(DAYS.index(day) for day in wish.days),
        begins_min=_minute(wish.duty_begins),
        ends_min=_minute(wish.duty_ends),
        alarms=wish.alarms,
        reports=wish.reports,
        staff=wish.staff,
        liaison=wish.liaison,
        kinds=tuple(sorted(set(wish.kinds))),
    )


def _in_reach(connection: Connection, name: str, user: User, *, may_be_new: bool = False) -> Contact | None:
    known = contact_named(connection, name)
    if known is not None and is_within(known.site, user.site):
        return known
    if known is None and may_be_new:
        return None
    raise Refused(Code.NAME_TAKEN if may_be_new else Code.NO_CONTACT, name=name)


def _check(connection: Connection, wish: ContactWish, user: User, parts: Parts) -> None:
    if not is_within(wish.site, user.site):
        raise Refused(Code.BEYOND_REACH, site=user.site)
    if wish.mail is not None and Channel.MAIL not in parts.roads:
        raise Refused(Code.NO_MAIL_SERVER)
    if wish.user is not None and account_of(connection, wish.user) is None:
        raise Refused(Code.NO_SUCH_ACCOUNT, user=wish.user)
    hook = None if wish.webhook is None else webhook_named(connection, wish.webhook)
    if wish.webhook is not None and (hook is None or not is_within(hook.site, user.site)):
        raise Refused(Code.NO_SUCH_WEBHOOK, name=wish.webhook)


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"

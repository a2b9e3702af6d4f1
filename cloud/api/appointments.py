"""Appointments, for who works at the entrance: made for a caller, seen, shown to be printed, and cancelled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from cloud.api.allowed import MayMakeAppointments
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.receptions import ReceptionName, in_reach
from cloud.api.refused import Refused
from cloud.ledger.appointments import MOST_PEOPLE, Offer, offers, pass_token
from cloud.ledger.receptions import Reception
from cloud.passes.booking import SlotFullError, book
from cloud.passes.picture import svg
from cloud.refusals import Code
from cloud.store.accounts import User, note
from cloud.store.appointments import (
    Appointment,
    appointment_numbered,
    appointments_between,
    cancel,
    passes_seen,
    people_taken,
)
from cloud.store.views.models import moment

router = APIRouter(prefix="/api", tags=["appointments"])
Number = Annotated[int, Path(ge=1, le=2**62, examples=[1])]
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {**REFUSALS, 404: {"model": Problem}, 409: {"model": Problem}}


class OfferView(BaseModel):
    begins: datetime
    ends: datetime
    free: int

    @classmethod
    def of(cls, one: Offer) -> OfferView:
        return cls(begins=moment(one.slot.begins_ms), ends=moment(one.slot.ends_ms), free=one.free)


class AppointmentView(BaseModel):
    number: int
    reception: str
    begins: datetime
    ends: datetime
    people: int
    reference: str = Field(description="what a caller says at the entrance")
    by_phone: bool
    cancelled: bool
    arrived: int = Field(description="how many of its passes a gate has taken")

    @classmethod
    def of(cls, one: Appointment, seen: frozenset[str] = frozenset()) -> AppointmentView:
        told = {"number": one.number, "reception": one.reception, "people": one.people, "reference": one.reference}
        times = {"begins": moment(one.begins_ms), "ends": moment(one.ends_ms)}
        arrived = sum(number in seen for number in one.passes)
        return cls.model_validate(
            told | times | {"by_phone": one.by_phone, "cancelled": one.cancelled_ms is not None, "arrived": arrived}
        )


class MadeAppointment(AppointmentView):
    page: str = Field(description="the address of the page with its passes, told this once")


class NewAppointment(BaseModel):
    model_config = ConfigDict(extra="forbid")
    begins: AwareDatetime
    people: int = Field(1, ge=1, le=MOST_PEOPLE)


class PassView(BaseModel):
    number: str
    svg: str = Field(description="its QR code, to be printed")


@router.get("/receptions/{reception}/slots", responses=_ANSWERS)
def slots(reception: ReceptionName, user: MayMakeAppointments, parts: PartsOf) -> list[OfferView]:
    """Every slot that has not begun, with how many people it still takes."""
    with parts.database.reading() as connection:
        where = in_reach(connection, user, reception)
        taken = people_taken(connection, reception, parts.now_ms())
    return [OfferView.of(one) for one in offers(where, taken, parts.now_ms())]


@router.get("/receptions/{reception}/appointments", responses=_ANSWERS)
def appointments(
    reception: ReceptionName, user: MayMakeAppointments, parts: PartsOf, day: Annotated[date | None, Query()] = None
) -> list[AppointmentView]:
    """Those of one day, by default of today."""
    with parts.database.reading() as connection:
        where = in_reach(connection, user, reception)
        begin = datetime.combine(day or where.day_of(parts.now_ms()), datetime.min.time(), where.zone)
        span = (round(one.timestamp() * 1000) for one in (begin, begin + timedelta(days=1)))
        found = appointments_between(connection, reception, *span)
        seen = passes_seen(connection, [number for one in found for number in one.passes], parts.now_ms())
    return [AppointmentView.of(one, seen) for one in found]


@router.post("/receptions/{reception}/appointments", status_code=201, responses=_ANSWERS)
def make(reception: ReceptionName, wish: NewAppointment, user: MayMakeAppointments, parts: PartsOf) -> MadeAppointment:
    """Make one for somebody who calls. Refused (409) where there is no room; the answer names the next free slot."""
    begins_ms = round(wish.begins.timestamp() * 1000)
    try:
        with parts.database.writing() as connection:
            where = in_reach(connection, user, reception)
            booked = book(connection, where, begins_ms, wish.people, parts.now_ms(), by_phone=True)
            made = booked.appointment
            note(connection, user, "appointment made", made.reference, parts.now_ms(), f"{reception}, {made.people} people")
    except SlotFullError as full:
        raise _refusal(full) from full
    return MadeAppointment(**AppointmentView.of(made).model_dump(), page=f"/pass/{booked.secret}")


@router.get("/appointments/{number}/passes", responses={**_ANSWERS, 503: {"model": Problem}})
def passes(number: Number, user: MayMakeAppointments, parts: PartsOf) -> list[PassView]:
    """What to print for somebody who has no telephone to show."""
    with parts.database.reading() as connection:
        one, where = _in_reach(connection, user, number)
    if parts.badge_signer is None:
        raise Refused(Code.NO_PASSES)
    if one.cancelled_ms is not None:
        raise Refused(Code.APPOINTMENT_CANCELLED)
    texts = {name: parts.badge_signer.text(pass_token(where, one.slot, name)) for name in one.passes}
    return [PassView(number=name, svg=svg(text)) for name, text in texts.items()]


@router.delete("/appointments/{number}", status_code=204, responses=_ANSWERS)
def cancel_appointment(number: Number, user: MayMakeAppointments, parts: PartsOf) -> None:
    """Cancel it: its room is free again, and its passes are good no more."""
    with parts.database.writing() as connection:
        one, _ = _in_reach(connection, user, number)
        cancel(connection, number, parts.now_ms())
        note(connection, user, "appointment cancelled", one.reference, parts.now_ms())


def _in_reach(connection: Connection, user: User, number: int) -> tuple[Appointment, Reception]:
    one = appointment_numbered(connection, number)
    if one is None:
        raise Refused(Code.NO_APPOINTMENT)
    return one, in_reach(connection, user, one.reception)


def _refusal(full: SlotFullError) -> Refused:
    if full.next_free is None:
        return Refused(Code.ALL_FULL)
    return Refused(Code.SLOT_FULL, next=f"{full.reception.local(full.next_free.begins_ms):%Y-%m-%d %H:%M}")

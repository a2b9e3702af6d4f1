"""Appointments: when, how many people, and nobody's name. Of the link's secret its SHA-256 is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from cloud.ledger.appointments import pass_numbers
from cloud.ledger.receptions import Reception, Slot
from cloud.store.sessions import sha256_of
from cloud.store.tables import appointment, visit

_SEEN_MS: Final = 8 * 86_400_000
"""A pass lasts a week at the most: older visits cannot have shown it."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment as it is kept. `reference`: what a caller says at the entrance."""

    number: int
    reception: str
    begins_ms: int
    ends_ms: int
    people: int
    reference: str
    by_phone: bool
    made_ms: int
    cancelled_ms: int | None

    @property
    def slot(self) -> Slot:
        return Slot(self.begins_ms, self.ends_ms)

    @property
    def passes(self) -> tuple[str, ...]:
        return pass_numbers(self.reference, self.people)


_COLUMNS: Final = [appointment.c[one.name] for one in fields(Appointment)]
_HOLDS: Final = appointment.c.cancelled_ms.is_(None)


def people_taken(connection: Connection, reception: str, from_ms: int) -> dict[int, int]:
    """How many people have an appointment in each slot that begins then or later."""
    count = select(appointment.c.begins_ms, func.sum(appointment.c.people)).group_by(appointment.c.begins_ms)
    rows = connection.execute(count.where(appointment.c.reception == reception, appointment.c.begins_ms >= from_ms, _HOLDS))
    return {row[0]: int(row[1]) for row in rows}


def keep_appointment(
    connection: Connection, wished: tuple[Reception, Slot, int], names: tuple[str, str], now_ms: int, *, by_phone: bool
) -> Appointment:
    """`wished`: where, when, how many people; `names`: the reference and the link's secret."""
    (where, slot, people), (reference, secret) = wished, names
    values: dict[str, Any] = {"reception": where.name, "begins_ms": slot.begins_ms, "ends_ms": slot.ends_ms, "people": people}
    values |= {"reference": reference, "secret_sha256": sha256_of(secret), "by_phone": by_phone, "made_ms": now_ms}
    made = connection.execute(insert(appointment).values(values).returning(appointment.c.number)).scalar_one()
    return Appointment(made, where.name, slot.begins_ms, slot.ends_ms, people, reference, by_phone, now_ms, None)


def appointment_of(connection: Connection, secret: str) -> Appointment | None:
    """Whose link has this secret."""
    return _one(connection, appointment.c.secret_sha256 == sha256_of(secret))


def appointment_numbered(connection: Connection, number: int) -> Appointment | None:
    return _one(connection, appointment.c.number == number)


def appointments_between(connection: Connection, reception: str, from_ms: int, until_ms: int) -> list[Appointment]:
    """Those that begin then, the first first; also cancelled ones."""
    within = appointment.c.begins_ms >= from_ms, appointment.c.begins_ms < until_ms
    rows = connection.execute(select(*_COLUMNS).where(appointment.c.reception == reception, *within).order_by(*_ORDER))
    return [Appointment(*row) for row in rows]


def cancel(connection: Connection, number: int, now_ms: int) -> bool:
    """Whether it held until now."""
    held = update(appointment).where(appointment.c.number == number, _HOLDS).values(cancelled_ms=now_ms)
    return bool(connection.execute(held).rowcount)


def passes_seen(connection: Connection, numbers: Iterable[str], now_ms: int) -> frozenset[str]:
    """Those of these passes that a gate has taken."""
    asked = visit.c.visitor_pass.in_(list(numbers)), visit.c.code_refused.is_(None), visit.c.shown_at_ms > now_ms - _SEEN_MS
    return frozenset(connection.execute(select(visit.c.visitor_pass).where(*asked)).scalars())


def passes_withdrawn(connection: Connection, reception: Reception, now_ms: int) -> list[str]:
    """Passes that would still be good and must not be taken: of cancelled appointments, and those a gate has taken."""
    good_ms = now_ms - reception.grace_min * 60_000
    rows = connection.execute(
        select(*_COLUMNS).where(appointment.c.reception == reception.name, appointment.c.ends_ms > good_ms).order_by(*_ORDER)
    )
    found = [Appointment(*row) for row in rows]
    seen = passes_seen(connection, [number for one in found if one.cancelled_ms is None for number in one.passes], now_ms)
    return [number for one in found for number in one.passes if one.cancelled_ms is not None or number in seen]


_ORDER: Final = appointment.c.begins_ms, appointment.c.number


def _one(connection: Connection, which: ColumnElement[bool]) -> Appointment | None:
    row = connection.execute(select(*_COLUMNS).where(which)).one_or_none()
    return None if row is None else Appointment(*row)

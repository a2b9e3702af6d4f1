"""Making an appointment: in one transaction, so that no slot takes more than it has room for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from cloud.ledger.appointments import next_free, slot_at
from cloud.ledger.receptions import Reception, Slot
from cloud.store.appointments import Appointment, keep_appointment, people_taken
from contract.errors import MenshenError

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are taken for one another when they are read aloud."""
_REFERENCE: Final = 8


class SlotFullError(MenshenError):
    """The slot has no room for so many people. Attributes: reception; next_free, the next slot that has, or None."""

    def __init__(self, reception: Reception, following: Slot | None) -> None:
        super().__init__("there is no room at that time any more", where=reception.name)
        self.reception, self.next_free = reception, following


@dataclass(frozen=True, slots=True)
class Booked:
    """`secret`: of the page with the passes; it is told this once."""

    appointment: Appointment
    secret: str


def book(connection: Connection, where: Reception, begins_ms: int, people: int, now_ms: int, *, by_phone: bool = False) -> Booked:
    """Raises SlotFullError, also for a time that is no slot or is over. Call it inside a transaction that writes."""
    taken = people_taken(connection, where.name, now_ms)
    slot = slot_at(where, begins_ms, now_ms)
    if slot is None or taken.get(begins_ms, 0) + people > where.capacity:
        raise SlotFullError(where, next_free(where, taken, people, begins_ms, now_ms))
    names = "".join(secrets.choice(_LETTERS) for _ in range(_REFERENCE)), secrets.token_urlsafe(16)
    return Booked(keep_appointment(connection, (where, slot, people), names, now_ms, by_phone=by_phone), names[1])

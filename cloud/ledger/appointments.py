"""Which slots have room, which comes next, and which passes an appointment gives. No clock and no database in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from cloud.ledger.receptions import Reception, Slot, slots
from contract.tokens import Token, TokenKind

MOST_PEOPLE: Final = 6
"""In one appointment: each has a pass of their own, for a pass opens for one."""
Taken = Mapping[int, int]
"""How many people have an appointment, by the beginning of their slot (UTC milliseconds)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot and how many people it still takes."""

    slot: Slot
    free: int


def offers(reception: Reception, taken: Taken, now_ms: int) -> Iterator[Offer]:
    """Every slot that has not begun, the next first."""
    today = reception.day_of(now_ms)
    for after in range(reception.days_ahead + 1):
        for slot in slots(reception, today + timedelta(days=after)):
            if slot.begins_ms > now_ms:
                yield Offer(slot, max(0, reception.capacity - taken.get(slot.begins_ms, 0)))


def slot_at(reception: Reception, begins_ms: int, now_ms: int) -> Slot | None:
    """The slot that begins then, where it may still be asked for."""
    return next((one.slot for one in offers(reception, {}, now_ms) if one.slot.begins_ms == begins_ms), None)


def next_free(reception: Reception, taken: Taken, people: int, wished_ms: int, now_ms: int) -> Slot | None:
    """The first slot with room at the wished time or after it; where there is none, the first of all."""
    free = [one.slot for one in offers(reception, taken, now_ms) if one.free >= people]
    return next((one for one in free if one.begins_ms >= wished_ms), free[0] if free else None)


def pass_numbers(reference: str, people: int) -> tuple[str, ...]:
    """One for each person. They name nobody, and say nothing once the appointment is forgotten."""
    return tuple(f"p-{reference.lower()}-{number}" for number in range(1, people + 1))


def pass_token(reception: Reception, slot: Slot, number: str) -> Token:
    """Good once, from a little before the slot until a little after it."""
    grace_s = reception.grace_min * 60
    return Token(TokenKind.PASS, number, reception.name, slot.begins_ms // 1000 - grace_s, slot.ends_ms // 1000 + grace_s)

"""What was entered about members of staff: added, never changed, under the chain. `at_ms` is the server's own time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, and_, func, or_, select

from cloud.ledger.staff.declarations import Declaration, Declared
from cloud.ledger.staff.rota import Absence
from cloud.ledger.staff.rules import Rules
from cloud.ledger.staff.signs import MaskType, Sign, What
from cloud.store.erasing import erase_content
from cloud.store.sealing import insert_sealed
from cloud.store.tables import staff_entry


class EntryKind(StrEnum):
    """What an entry says. Those of `What` are signs of a person, entered by hand."""

    TRAINING = "training"
    TEMPERATURE = What.TEMPERATURE.value
    WEARS = What.WEARS.value
    TEST = What.TEST.value
    OUT = What.OUT.value
    BACK = What.BACK.value
    ABSENCE = "absence"
    ABSENCE_WITHDRAWN = "absence_withdrawn"
    DECLARATION = "declaration"
    FOLLOW_UP = "follow_up"
    DECLARATION_CLOSED = "declaration_closed"


SIGNS: Final = tuple(EntryKind(one.value) for one in What if one is not What.PASSAGE)
LASTING: Final = tuple(one for one in EntryKind if one not in SIGNS)
"""What counts for longer than a day."""
LASTING_MS: Final = 400 * 86_400_000
"""For so long after it was entered; a training without end."""


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One entry. `about`: the number of the entry that it goes on with. `body` is empty where it was erased."""

    number: int
    person: int
    at_ms: int
    user: str
    kind: EntryKind
    about: int | None
    body: Mapping[str, Any]


def add_staff_entry(
    connection: Connection, person: int, at_ms: int, user: str, kind: EntryKind, body: Mapping[str, Any], about: int | None = None
) -> int:
    """Returns its number."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    row = {"person": person, "at_ms": at_ms, "user": user, "kind": kind.value, "about": about, "body": text}
    insert_sealed(connection, "staff_entry", [row])
    number = select(func.max(staff_entry.c.number)).where(staff_entry.c.person == person, staff_entry.c.at_ms == at_ms)
    return int(connection.execute(number).scalar_one())


def entries(connection: Connection, kinds: Sequence[EntryKind], persons: Iterable[int], since_ms: int) -> list[StaffEntry]:
    """Of these people since then, in order; trainings of any age."""
    kind_of = staff_entry.c.kind
    recent = or_(staff_entry.c.at_ms >= since_ms, kind_of == EntryKind.TRAINING.value)
    where = and_(kind_of.in_([one.value for one in kinds]), staff_entry.c.content_sha256.is_(None), recent)
    wanted = set(persons)
    rows = connection.execute(select(staff_entry).where(where).order_by(staff_entry.c.number))
    return [
        StaffEntry(row.number, row.person, row.at_ms, row.user, EntryKind(row.kind), row.about, json.loads(row.body))
        for row in rows
        if row.person in wanted
    ]


def entry(connection: Connection, number: int, kind: EntryKind) -> StaffEntry | None:
    """One entry of this kind that is not erased."""
    where = (staff_entry.c.number == number, staff_entry.c.kind == kind.value, staff_entry.c.content_sha256.is_(None))
    row = connection.execute(select(staff_entry).where(*where)).one_or_none()
    if row is None:
        return None
    return StaffEntry(row.number, row.person, row.at_ms, row.user, kind, row.about, json.loads(row.body))


def erase_entries(connection: Connection, person: int) -> int:
    """Take what the entries say out of them; that there were some stays proven."""
    return erase_content(connection, "staff_entry", ("number",), staff_entry.c.person == person, lambda _: {"body": "{}"})


def sign_of(one: StaffEntry) -> Sign:
    """An entry by hand as a sign of somebody."""
    what, mask = What(one.kind.value), one.body.get("mask")
    return Sign(
        one.at_ms,
        what,
        measured=what is What.TEMPERATURE,
        manual=True,
        mask=None if mask is None else MaskType(mask),
        gloves=bool(one.body.get("gloves")),
    )


def trained_on(made: Iterable[StaffEntry]) -> dict[int, date]:
    """The first day of every person's training."""
    first: dict[int, date] = {}
    for one in made:
        if one.kind is EntryKind.TRAINING:
            day = date.fromisoformat(one.body["day"])
            first[one.person] = min(day, first.get(one.person, day))
    return first


def absences(made: Iterable[StaffEntry]) -> dict[int, Absence]:
    """By number of the entry; those that were withdrawn are left out."""
    made = list(made)
    withdrawn = {one.about for one in made if one.kind is EntryKind.ABSENCE_WITHDRAWN}
    return {
        one.number: Absence(one.person, one.body["begins_ms"], one.body["ends_ms"], one.at_ms)
        for one in made
        if one.kind is EntryKind.ABSENCE and one.number not in withdrawn
    }


def declarations(made: Iterable[StaffEntry], rules: Rules) -> list[Declaration]:
    """Every declaration with what followed it."""
    made = list(made)
    followed: dict[int | None, list[int]] = {}
    for one in made:
        if one.kind is EntryKind.FOLLOW_UP:
            followed.setdefault(one.about, []).append(one.at_ms)
    closed = {one.about: rules.day_of(one.at_ms) for one in made if one.kind is EntryKind.DECLARATION_CLOSED}
    return [
        Declaration(
            one.number,
            one.person,
            Declared(one.body["what"]),
            rules.day_of(one.at_ms),
            date.fromisoformat(one.body["until"]),
            closed.get(one.number),
            tuple(followed.get(one.number, ())),
            one.user,
        )
        for one in made
        if one.kind is EntryKind.DECLARATION
    ]

"""What was entered about disinfection: added, never changed, under the chain. `at_ms` is the server's own time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, or_, select

from cloud.ledger.facility.agents import Agent, AgentFault
from cloud.ledger.facility.confirmed import CaseNotice, Ended
from cloud.ledger.facility.meetings import Meeting
from cloud.ledger.facility.rounds import Doubt, Round, Trust
from cloud.store.sealing import insert_sealed
from cloud.store.tables import facility_entry


class EntryKind(StrEnum):
    """What an entry says."""

    ROUND = "round"
    ROUND_INVALID = "round_invalid"
    """A round that counts for nothing, and why."""
    MEETING = "meeting"
    MEETING_ENDED = "meeting_ended"
    """It does not take place."""
    SCREENED = "screened"
    """How many of those who attend were screened."""
    NOTICE = "notice"
    NOTICE_ENDED = "notice_ended"
    """The evidence of a disinfection from outside, or why the notice was withdrawn."""


ROUNDS: Final = (EntryKind.ROUND, EntryKind.ROUND_INVALID)


@dataclass(frozen=True, slots=True)
class FacilityEntry:
    """One entry. `about`: the number of the entry it goes on with; `key`: by which whoever sends it again is known."""

    number: int
    asset: int | None
    at_ms: int
    user: str
    kind: EntryKind
    about: int | None
    body: Mapping[str, Any]


def add_entry(
    connection: Connection,
    kind: EntryKind,
    at_ms: int,
    user: str,
    body: Mapping[str, Any],
    *,
    asset: int | None = None,
    about: int | None = None,
    key: str | None = None,
) -> int:
    """Returns its number."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    row = {"asset": asset, "at_ms": at_ms, "user": user, "kind": kind.value, "about": about, "key": key, "body": text}
    insert_sealed(connection, "facility_entry", [row])
    mine = (facility_entry.c.at_ms == at_ms, facility_entry.c.user == user, facility_entry.c.kind == kind.value)
    return int(connection.execute(select(func.max(facility_entry.c.number)).where(*mine)).scalar_one())


def entries(connection: Connection, kinds: Sequence[EntryKind], since_ms: int = 0) -> list[FacilityEntry]:
    """Those of these kinds since then, in order, that are not erased."""
    where = (facility_entry.c.kind.in_([one.value for one in kinds]), facility_entry.c.at_ms >= since_ms)
    return _read(connection, and_(*where))


def entry(connection: Connection, number: int, kind: EntryKind) -> FacilityEntry | None:
    """One entry of this kind."""
    return next(iter(_read(connection, and_(facility_entry.c.number == number, facility_entry.c.kind == kind.value))), None)


def entry_of_key(connection: Connection, key: str) -> FacilityEntry | None:
    """What was sent under this key before."""
    return next(iter(_read(connection, facility_entry.c.key == key)), None)


def rounds(connection: Connection, numbers: Iterable[int], since_ms: int) -> dict[int, list[Round]]:
    """Of these assets: every round since then, and the newest before that counts."""
    wanted = set(numbers)
    newest = (
        select(func.max(facility_entry.c.number))
        .where(facility_entry.c.kind == EntryKind.ROUND.value, facility_entry.c.at_ms < since_ms)
        .group_by(facility_entry.c.asset)
    )
    of_time = or_(facility_entry.c.at_ms >= since_ms, facility_entry.c.number.in_(newest))
    found: dict[int, list[Round]] = {number: [] for number in wanted}
    for one in _read(connection, and_(facility_entry.c.kind.in_([kind.value for kind in ROUNDS]), of_time)):
        if one.asset in wanted:
            found[one.asset].append(round_of(one))
    return found


def history(connection: Connection, number: int, most: int) -> list[Round]:
    """The newest rounds of one asset, the newest first."""
    kinds = [kind.value for kind in ROUNDS]
    where = (facility_entry.c.asset == number, facility_entry.c.kind.in_(kinds), facility_entry.c.content_sha256.is_(None))
    rows = connection.execute(select(facility_entry).where(*where).order_by(facility_entry.c.number.desc()).limit(most))
    return [round_of(_entry(row)) for row in rows]


def round_of(one: FacilityEntry) -> Round:
    """As it was judged when it was entered."""
    said = one.body
    return Round(
        one.number,
        one.asset or 0,
        said["done_ms"],
        one.at_ms,
        one.user,
        Agent(said["agent"]),
        said["ppm"],
        said["contact_min"],
        Trust(said["trust"]),
        None if said["doubt"] is None else Doubt(said["doubt"]),
        tuple(AgentFault(fault) for fault in said["faults"]),
        said["late"],
        said["measured_ppm"],
        said["dilution"],
        said.get("photo_sha256", ""),
    )


def meetings(connection: Connection, since_ms: int) -> list[Meeting]:
    """Those that end after this moment and take place, by their begin."""
    made = entries(connection, (EntryKind.MEETING, EntryKind.MEETING_ENDED, EntryKind.SCREENED))
    ended = {one.about for one in made if one.kind is EntryKind.MEETING_ENDED}
    screened = {one.about: int(one.body["screened"]) for one in made if one.kind is EntryKind.SCREENED}
    found = [
        Meeting(
            one.number,
            one.asset or 0,
            one.body["begins_ms"],
            one.body["ends_ms"],
            one.body["heads"],
            screened.get(one.number, 0),
        )
        for one in made
        if one.kind is EntryKind.MEETING and one.number not in ended and one.body["ends_ms"] > since_ms
    ]
    return sorted(found, key=lambda one: one.begins_ms)


def case_notices(connection: Connection) -> list[CaseNotice]:
    """All that are kept, the newest first."""
    made = entries(connection, (EntryKind.NOTICE, EntryKind.NOTICE_ENDED))
    ended = {one.about: one for one in made if one.kind is EntryKind.NOTICE_ENDED}
    return [notice_of(one, ended.get(one.number)) for one in reversed(made) if one.kind is EntryKind.NOTICE]


def notice_of(one: FacilityEntry, ending: FacilityEntry | None) -> CaseNotice:
    said = one.body
    day = date.fromisoformat(said["day"])
    made = one.number, one.at_ms, day, said["source"], said["area"], said["site"]
    return CaseNotice(*made) if ending is None else CaseNotice(*made, ending.at_ms, _ended(ending))


def _ended(ending: FacilityEntry) -> Ended:
    said = {one.name: str(ending.body[one.name]) for one in fields(Ended) if ending.body.get(one.name)}
    return Ended(**(said | {"user": ending.user}))


def _read(connection: Connection, where: Any) -> list[FacilityEntry]:
    there = facility_entry.c.content_sha256.is_(None)
    return [
        _entry(row) for row in connection.execute(select(facility_entry).where(where, there).order_by(facility_entry.c.number))
    ]


def _entry(row: Row[Any]) -> FacilityEntry:
    return FacilityEntry(row.number, row.asset, row.at_ms, row.user, EntryKind(row.kind), row.about, json.loads(row.body))

"""The book of bins and dispensers: added, never changed, under the chain. `at_ms` is the server's own time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, or_, select

from cloud.ledger.facility.level_moves import BY_PEOPLE, LevelDoubt, LevelStep
from cloud.ledger.facility.rounds import Trust
from cloud.ledger.retention import Horizons
from cloud.store.erasing import erase_content
from cloud.store.feed import Feed
from cloud.store.sealing import insert_sealed
from cloud.store.tables import level_entry, level_point

AT_ONCE: Final = 500
_STEPS_OF_PEOPLE: Final = [one.value for one in BY_PEOPLE]
_VERDICTS: Final = (LevelStep.SEEN.value, LevelStep.CONTRADICTED.value)


@dataclass(frozen=True, slots=True)
class LevelEntry:
    """One entry.

    Attributes:
        happened_ms: when the sensor, or the person, says that it was so; at_ms: when this server wrote it down.
        user: who; empty: the sensor. about: the entry of a person that `seen` and `contradicted` are about.
        value: the level then, None where it was not known.
        trust, doubt: of an entry of a person; what its sensor said later is in them.
    """

    number: int
    point: int
    at_ms: int
    happened_ms: int
    user: str
    step: LevelStep
    about: int | None
    value: float | None
    trust: Trust | None = None
    doubt: LevelDoubt | None = None


def add_level_entry(connection: Connection, entry: LevelEntry, key: str | None = None) -> int:
    """Returns its number; that of `entry` counts for nothing. `key`: by which whoever sends it again is known."""
    body = {
        "happened_ms": entry.happened_ms,
        "value": entry.value,
        "trust": None if entry.trust is None else entry.trust.value,
        "doubt": None if entry.doubt is None else entry.doubt.value,
    }
    row = {
        "point": entry.point,
        "at_ms": entry.at_ms,
        "user": entry.user,
        "kind": entry.step.value,
        "about": entry.about,
        "key": key,
        "body": json.dumps(body, sort_keys=True),
    }
    insert_sealed(connection, "level_entry", [row])
    return int(connection.execute(select(func.max(level_entry.c.number)).where(level_entry.c.point == entry.point)).scalar_one())


def level_story(connection: Connection, number: int, most: int) -> list[LevelEntry]:
    """The newest entries of one, the newest first."""
    where = (level_entry.c.point == number, level_entry.c.content_sha256.is_(None))
    rows = connection.execute(select(level_entry).where(*where).order_by(level_entry.c.number.desc()).limit(most))
    return _judged([_entry(row) for row in rows])


def entry_of_level_key(connection: Connection, key: str) -> LevelEntry | None:
    """What was sent under this key before."""
    row = connection.execute(select(level_entry).where(level_entry.c.key == key)).one_or_none()
    return None if row is None else _entry(row)


def newest_by_people(connection: Connection, numbers: Sequence[int]) -> dict[int, LevelEntry]:
    """Of each, the newest pickup or refill that somebody entered."""
    newest = select(func.max(level_entry.c.number)).where(
        level_entry.c.point.in_(numbers), level_entry.c.kind.in_(_STEPS_OF_PEOPLE), level_entry.c.content_sha256.is_(None)
    )
    of_each = newest.group_by(level_entry.c.point)
    said_of = and_(level_entry.c.kind.in_(_VERDICTS), level_entry.c.about.in_(of_each), level_entry.c.content_sha256.is_(None))
    rows = connection.execute(select(level_entry).where(or_(level_entry.c.number.in_(of_each), said_of)))
    return {one.point: one for one in _judged([_entry(row) for row in rows]) if one.step in BY_PEOPLE}


def level_entries(connection: Connection, since_ms: int, until_ms: int) -> list[LevelEntry]:
    """Everything that was written down after the one moment until the other, in order."""
    where = (level_entry.c.at_ms > since_ms, level_entry.c.at_ms <= until_ms, level_entry.c.content_sha256.is_(None))
    rows = connection.execute(select(level_entry).where(*where).order_by(level_entry.c.number))
    return _judged([_entry(row) for row in rows])


def forget_levels(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """What was read and shown goes with its time; an entry that still waits for its sensor stays."""
    held = select(level_point.c.told).where(level_point.c.told.is_not(None))
    due = (level_entry.c.at_ms < horizons.rounds_ms, level_entry.c.content_sha256.is_(None), level_entry.c.number.not_in(held))
    numbers = connection.execute(select(level_entry.c.number).where(*due).limit(AT_ONCE)).scalars().all()
    return erase_content(connection, "level_entry", ("number",), level_entry.c.number.in_(numbers), lambda _: {"body": "{}"})


def _judged(entries: Iterable[LevelEntry]) -> list[LevelEntry]:
    """Entries of people with what their sensor said of them."""
    there = list(entries)
    said = {one.about: one.step for one in there if one.about is not None}
    return [_with(one, said.get(one.number)) for one in there]


def _with(entry: LevelEntry, said: LevelStep | None) -> LevelEntry:
    if entry.step not in BY_PEOPLE:
        return entry
    if said is LevelStep.SEEN:
        return replace(entry, trust=Trust.MEASURED, doubt=None)
    if said is LevelStep.CONTRADICTED:
        return replace(entry, trust=Trust.UNVERIFIED, doubt=LevelDoubt.CONTRADICTED)
    return entry


def _entry(row: Row[Any]) -> LevelEntry:
    said = json.loads(row.body)
    trust, doubt = said.get("trust"), said.get("doubt")
    return LevelEntry(
        row.number,
        row.point,
        row.at_ms,
        said.get("happened_ms", row.at_ms),
        row.user,
        LevelStep(row.kind),
        row.about,
        said.get("value"),
        None if trust is None else Trust(trust),
        None if doubt is None else LevelDoubt(doubt),
    )

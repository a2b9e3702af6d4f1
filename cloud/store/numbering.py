"""Which numbers of which install are in the ledger, which were named as dropped, and which never came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update

from cloud.ledger.events import Heard
from cloud.ledger.gaps import Look, Numbering, Run, holes_in
from cloud.store.dialect import insert_new
from cloud.store.removing import removed_runs
from cloud.store.tables import data_gap, dead_letter, dropped, event, numbering
from contract.errors import MessageError
from contract.ids import parse_event_id
from contract.messages.alert import AlertData

_COLUMNS: Final = [numbering.c[one.name] for one in fields(Numbering)]


def add_dropped(connection: Connection, alerts: Iterable[tuple[Heard, AlertData]]) -> None:
    """Keep the runs that gates name as dropped."""
    rows = [
        {"gate": heard.id.gate, "install": heard.id.install, "first": first, "last": last, "reason": said.dropped.reason.value}
        for heard, said in alerts
        if said.dropped is not None
        for first, last in said.dropped.runs
    ]
    insert_new(connection, dropped, rows, "gate", "install", "first")


def numbering_for_update(connection: Connection, gate: str, install: str) -> Numbering:
    """The row of one install, locked; made where there is none."""
    insert_new(connection, numbering, [asdict(Numbering(gate, install))], "gate", "install")
    found = select(*_COLUMNS).where(numbering.c.gate == gate, numbering.c.install == install).with_for_update()
    return Numbering(*connection.execute(found).one())


def save_numbering(connection: Connection, now: Numbering) -> None:
    which = (numbering.c.gate == bindparam("of_gate"), numbering.c.install == bindparam("of_install"))
    row = {**asdict(now), "of_gate": now.gate, "of_install": now.install}
    connection.execute(update(numbering).where(*which), row)


def holes(connection: Connection, of: Numbering, look: Look) -> list[Run]:
    """The numbers of `look` that neither are nor were stored, nor are dead letters, nor named as dropped."""
    first = of.checked_to + 1
    here = and_(event.c.gate == of.gate, event.c.install == of.install, event.c.seq.between(first, look.to))
    if connection.execute(select(func.count()).select_from(event).where(here)).scalar_one() == look.to - of.checked_to:
        return []
    there = connection.execute(select(event.c.seq).where(here).order_by(event.c.seq)).scalars()
    covered = select(dropped.c.first, dropped.c.last).where(
        dropped.c.gate == of.gate, dropped.c.install == of.install, dropped.c.last >= first, dropped.c.first <= look.to
    )
    runs = [(run.first, run.last) for run in connection.execute(covered)]
    runs += removed_runs(connection, of.gate, of.install, first, look.to)
    return holes_in(first, look.to, there, [*runs, *_dead(connection, of)])


def _dead(connection: Connection, of: Numbering) -> list[Run]:
    names = connection.execute(select(dead_letter.c.event).where(dead_letter.c.gate == of.gate, dead_letter.c.event != ""))
    return [(seq, seq) for name in names.scalars() if (seq := _seq_of(name, of.install)) is not None]


def _seq_of(name: str, install: str) -> int | None:
    try:
        event_id = parse_event_id(name)
    except MessageError:
        return None
    return event_id.seq if event_id.install == install else None


def cover_number(connection: Connection, name: str) -> None:
    """A person has dropped this event: its number is no gap. An event that could not be named never was one."""
    try:
        event_id = parse_event_id(name)
    except MessageError:
        return
    row = {
        "gate": event_id.gate,
        "install": event_id.install,
        "first": event_id.seq,
        "last": event_id.seq,
        "reason": "dead_letter",
    }
    insert_new(connection, dropped, [row], "gate", "install", "first")


def add_gaps(connection: Connection, of: Numbering, found: Sequence[Run], now_ms: int) -> None:
    rows: list[dict[str, Any]] = [
        {"gate": of.gate, "install": of.install, "first": first, "last": last, "found_ms": now_ms} for first, last in found
    ]
    connection.execute(insert(data_gap), rows)

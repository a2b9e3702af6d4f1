"""The alarms' rows: one for every gate and kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Final

from sqlalchemy import Connection, bindparam, select, tuple_, update

from cloud.ledger.alarms import Alarm, quiet
from cloud.store.dialect import insert_new
from cloud.store.feed import Feed
from cloud.store.tables import alarm

Key = tuple[str, str]
_COLUMNS: Final = [alarm.c[one.name] for one in fields(Alarm)]


def alarms_for_update(connection: Connection, keys: Iterable[Key]) -> dict[Key, Alarm]:
    """The alarms of these (gate, kind), locked; those not known yet are made, quiet."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    insert_new(connection, alarm, [{**asdict(quiet(*key)), "feed": 0} for key in wanted], "gate", "kind")
    rows = select(*_COLUMNS).where(tuple_(alarm.c.gate, alarm.c.kind).in_(wanted)).with_for_update()
    return {(row.gate, row.kind): Alarm(*row) for row in connection.execute(rows)}


def alarm_for_update(connection: Connection, number: int) -> Alarm | None:
    """One alarm, locked."""
    row = connection.execute(select(*_COLUMNS).where(alarm.c.number == number).with_for_update()).one_or_none()
    return None if row is None else Alarm(*row)


def save_alarms(connection: Connection, feed: Feed, changed: Iterable[Alarm]) -> None:
    """Write these rows back."""
    rows = [{**asdict(one), "feed": feed.number(), "on_gate": one.gate, "of_kind": one.kind} for one in changed]
    which = (alarm.c.gate == bindparam("on_gate"), alarm.c.kind == bindparam("of_kind"))
    if rows:
        connection.execute(update(alarm).where(*which), rows)


def active_gates(connection: Connection, kind: str) -> set[str]:
    """Gates for which this alarm is active."""
    return set(connection.execute(select(alarm.c.gate).where(alarm.c.kind == kind, alarm.c.active)).scalars())

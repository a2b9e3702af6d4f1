"""Receptions as they are kept."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from cloud.ledger.receptions import Reception
from cloud.store.dialect import insert_into
from cloud.store.sites import below, gates_below
from cloud.store.tables import gate, reception

_COLUMNS: Final = [reception.c[one.name] for one in fields(Reception)]


def reception_named(connection: Connection, name: str) -> Reception | None:
    row = connection.execute(select(*_COLUMNS).where(reception.c.name == name)).one_or_none()
    return None if row is None else _read(row)


def receptions_below(connection: Connection, site: str) -> list[Reception]:
    """Those of this site and below, by name."""
    rows = connection.execute(select(*_COLUMNS).where(below(reception.c.site, site)).order_by(reception.c.name))
    return [_read(row) for row in rows]


def save_reception(connection: Connection, changed: Reception) -> None:
    """Make it, or write it back."""
    values = asdict(changed) | {"hours": json.dumps(changed.hours), "closed": json.dumps(changed.closed)}
    rest = {name: value for name, value in values.items() if name != "name"}
    new = insert_into(connection, reception).values(values)
    connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=rest))


def gates_of(connection: Connection, one: Reception) -> list[Row[Any]]:
    """Its gates: name, whether it is online, its last word of how it is, and when that came (ms)."""
    columns = gate.c.gate, gate.c.online, gate.c.health, gate.c.health_ms
    return list(connection.execute(select(*columns).where(gates_below(gate.c.gate, one.site)).order_by(gate.c.gate)))


def _read(row: Row[Any]) -> Reception:
    kept = row._asdict()
    return Reception(**{**kept, "hours": tuple(json.loads(kept["hours"])), "closed": tuple(json.loads(kept["closed"]))})

"""The gates' rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, select, update

from cloud.ledger.gates import Gate, first_heard
from cloud.ledger.sites import ROOT
from cloud.store.dialect import insert_new
from cloud.store.feed import Feed
from cloud.store.sites import gates_below
from cloud.store.tables import gate

_COLUMNS: Final = [gate.c[one.name] for one in fields(Gate)]


def gates_for_update(connection: Connection, feed: Feed, names: Iterable[str], now_ms: int) -> dict[str, Gate]:
    """The named gates, locked; those not known yet are made."""
    wanted = sorted(set(names))
    rows = select(*_COLUMNS).where(gate.c.gate.in_(wanted)).order_by(gate.c.gate).with_for_update()
    known = _gates(connection, rows)
    unknown = [name for name in wanted if name not in known]
    if not unknown:
        return known
    insert_new(connection, gate, [{**asdict(first_heard(name, now_ms)), "feed": feed.number()} for name in unknown], "gate")
    return _gates(connection, rows)


def all_gates_for_update(connection: Connection) -> dict[str, Gate]:
    """Every gate, locked."""
    return _gates(connection, select(*_COLUMNS).order_by(gate.c.gate).with_for_update())


def save_gates(connection: Connection, feed: Feed, changed: Iterable[Gate]) -> None:
    """Write these rows back."""
    rows = [{**asdict(one), "feed": feed.number(), "which": one.gate} for one in changed]
    if rows:
        connection.execute(update(gate).where(gate.c.gate == bindparam("which")), rows)


def is_known(connection: Connection, name: str, site: str = ROOT) -> bool:
    """Whether anything was ever heard of this gate, and it stands at `site` or below."""
    found = select(gate.c.gate).where(gate.c.gate == name, gates_below(gate.c.gate, site))
    return connection.execute(found).first() is not None


def _gates(connection: Connection, rows: Select[Any]) -> dict[str, Gate]:
    return {row.gate: Gate(*row) for row in connection.execute(rows)}

"""The list of stocks. A number is never given again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from cloud.ledger.facility.supplies import Supply, SupplyKind
from cloud.ledger.sites import ROOT
from cloud.store.sites import below
from cloud.store.tables import supply

_COLUMNS: Final = [supply.c[one.name] for one in fields(Supply)]


def supplies(connection: Connection, top: str) -> list[Supply]:
    """Every stock that is kept at this site and below, by number."""
    kept = (below(supply.c.site, top), supply.c.ended_ms.is_(None))
    return [_supply(row) for row in connection.execute(select(*_COLUMNS).where(*kept).order_by(supply.c.number))]


def supply_numbered(connection: Connection, number: int, top: str = ROOT, *, lock: bool = False) -> Supply | None:
    """One stock in reach, also one that has ended. `lock`: for the rest of a writing transaction."""
    where = (below(supply.c.site, top), supply.c.number == number)
    wanted = select(*_COLUMNS).where(*where)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    return None if row is None else _supply(row)


def add_supply(connection: Connection, values: Mapping[str, Any]) -> int:
    """Returns the new number."""
    return int(connection.execute(insert(supply).values(**values).returning(supply.c.number)).scalar_one())


def change_supply(connection: Connection, changed: Supply) -> None:
    """Write it back."""
    values = {name: value for name, value in asdict(changed).items() if name != "number"}
    connection.execute(update(supply).where(supply.c.number == changed.number).values(**values))


def _supply(row: Row[Any]) -> Supply:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
    return Supply(**{**values, "kind": SupplyKind(values["kind"])})

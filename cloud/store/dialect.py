"""INSERT with ON CONFLICT and RETURNING: SQLite and PostgreSQL say it alike, SQLAlchemy keeps it in two places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

Upsert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> Upsert:
    """An INSERT of this connection's dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *key: str) -> list[Row[Any]]:
    """Insert what is not there yet. Returns the key columns of the rows that were new; the first of two equals counts."""
    if not rows:
        return []
    new = insert_into(connection, table).on_conflict_do_nothing().returning(*(table.c[name] for name in key))
    if connection.dialect.name != "postgresql":
        return list(connection.execute(new, rows))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return list(connection.execute(new.from_select(list(columns), _unnested(table, columns)), columns))


def _unnested(table: Table, names: Iterable[str]) -> Select[Any]:
    """The rows out of one array a column: 500 rows as values are 6,000 marks, and reading those takes longer than the insert."""
    columns = [table.c[name] for name in names]
    arrays = [cast(bindparam(column.name), postgresql.ARRAY(column.type)) for column in columns]
    return select(func.unnest(*arrays).table_valued(*(column.name for column in columns)).render_derived())

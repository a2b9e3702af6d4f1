"""INSERT with ON CONFLICT and RETURNING: SQLite and PostgreSQL say it alike, SQLAlchemy keeps it in two places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Row, Select, Table, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

Upsert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> Upsert:
    """An INSERT of this connection's dialect."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> Upsert:
    """An INSERT of this dialect."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *key: str) -> list[tuple[Any, ...]]:
    """Insert what is not there yet. Returns the key columns of the rows that were new; the first of two equals counts."""
    if not rows:
        return []
    if connection.dialect.name != "postgresql":
        return _insert_new_embedded(connection, table, rows, key)
    new = postgresql.insert(table).on_conflict_do_nothing().returning(*(table.c[name] for name in key))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return _tuples(connection.execute(new.from_select(list(columns), _unnested(table, columns)), columns))


def _insert_new_embedded(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]
) -> list[tuple[Any, ...]]:
    """All are new, as a rule: then a count says it, and the rows need not come back."""
    new = _new_into(table)
    with connection.begin_nested() as attempt:
        if write_many(connection, new, rows) == len(rows):
            return [tuple(row[name] for name in key) for row in rows]
        attempt.rollback()
    return _tuples(connection.execute(new.returning(*(table.c[name] for name in key)), rows))


def write_many(connection: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> int:
    """Execute it for every row, all with the same columns in the same order. Returns how many rows were written.

    SQLite gets the values as they are, without SQLAlchemy's look at every single one, which costs more than SQLite's own work
    (benchmarks/ingest.py). Keep `statement`, it is compiled once.
    """
    if connection.dialect.name == "postgresql":
        return connection.execute(statement, rows).rowcount
    text, names = _compiled(statement, connection.dialect, tuple(rows[0]))
    return connection.exec_driver_sql(text, [tuple(map(row.__getitem__, names)) for row in rows]).rowcount


@lru_cache(maxsize=64)
def _new_into(table: Table) -> Insert:
    return sqlite.insert(table).on_conflict_do_nothing()


@lru_cache(maxsize=64)
def _compiled(statement: Insert, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Its text, and which column each of its marks stands for."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    return str(compiled), tuple(compiled.positiontup or ())


def _tuples(found: Iterable[Row[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in found]


def _unnested(table: Table, names: Iterable[str]) -> Select[Any]:
    """The rows out of one array a column: 500 rows as values are 6,000 marks, and reading those takes longer than the insert."""
    columns = [table.c[name] for name in names]
    arrays = [cast(bindparam(column.name), postgresql.ARRAY(column.type)) for column in columns]
    return select(func.unnest(*arrays).table_valued(*(column.name for column in columns)).render_derived())

"""INSERT with ON CONFLICT and RETURNING: SQLite and PostgreSQL say it alike, SQLAlchemy keeps it in two places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table
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
    return list(connection.execute(new, rows))

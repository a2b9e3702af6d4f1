"""Daily reports, as they were made."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

report = Table(
    "report",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("day", Text, nullable=False),
    Column("due_ms", BigInteger, nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("first_link", BigInteger, nullable=False, unique=True),
    Column("last_link", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    *sealed_columns(),
    Index("report_seal", "seal"),
    sqlite_autoincrement=True,
)

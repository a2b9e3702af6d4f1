"""What is left of rows that had their time: how many went under which link, and which numbers never come back."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

removal = Table(
    "removal",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("before_ms", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    *sealed_columns(),
    Index("removal_seal", "seal"),
    sqlite_autoincrement=True,
)

removed_link = Table(
    "removed_link",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("rows", Integer, nullable=False),
    Column("commitments", LargeBinary, nullable=True),
)

removed_run = Table(
    "removed_run",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    PrimaryKeyConstraint("gate", "install", "first"),
    sqlite_with_rowid=False,
)

removed_to = Table(
    "removed_to",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("gate", "install"),
    sqlite_with_rowid=False,
)

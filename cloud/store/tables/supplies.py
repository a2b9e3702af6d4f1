"""What is kept in store, and the lines of its book. Amounts are whole numbers of the stock's unit."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

supply = Table(
    "supply",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("site", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("minimum", BigInteger, nullable=False),
    Column("set_ms", BigInteger, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Index("supply_site", "site"),
    sqlite_autoincrement=True,
)

supply_entry = Table(
    "supply_entry",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("supply", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("book", BigInteger, nullable=False),
    Column("before", BigInteger),
    Column("about", BigInteger),
    Column("body", Text, nullable=False),
    *sealed_columns(),
    Index("supply_entry_supply", "supply", "number"),
    Index("supply_entry_at", "at_ms"),
    Index("supply_entry_seal", "seal"),
    sqlite_autoincrement=True,
)

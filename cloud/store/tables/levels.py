"""Bins and dispensers whose level a sensor tells, and what became of each: when it was due, who emptied or refilled it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Table, Text, UniqueConstraint

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

level_point = Table(
    "level_point",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("site", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("gate", Text, nullable=False),
    Column("sensor", Text, nullable=False),
    Column("quantity", Text, nullable=False),
    Column("limit_pct", Float),
    Column("made_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Column("tag_sha256", Text),
    # How it stands, as its sensor and the people left it; written by every reading that says something new.
    Column("value", Float),
    Column("value_ms", BigInteger),
    Column("trouble", Text),
    Column("taken_ms", BigInteger),
    Column("fresh_ms", BigInteger),
    Column("due_ms", BigInteger),
    Column("moved_ms", BigInteger),
    Column("done_ms", BigInteger),
    Column("told", BigInteger),
    Column("told_value", Float),
    Column("told_due_ms", BigInteger),
    UniqueConstraint("tag_sha256"),
    Index("level_point_site", "site"),
    Index("level_point_gate", "gate"),
    sqlite_autoincrement=True,
)

level_entry = Table(
    "level_entry",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("point", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", BigInteger),
    Column("key", Text),
    Column("body", Text, nullable=False),
    *sealed_columns(),
    UniqueConstraint("key"),
    Index("level_entry_point", "point", "number"),
    Index("level_entry_at", "at_ms"),
    Index("level_entry_seal", "seal"),
    sqlite_autoincrement=True,
)

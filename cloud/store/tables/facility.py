"""What is disinfected, and what was entered about it: rounds, meetings, notices of confirmed cases."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

asset = Table(
    "asset",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("site", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("interval_ms", BigInteger),
    Column("grace_ms", BigInteger),
    Column("agent", Text),
    Column("person", BigInteger),
    Column("flow_limit", Integer),
    Column("head_limit", Integer),
    Column("sensor", Text, nullable=False),
    Column("ended_ms", BigInteger),
    Column("tag_sha256", Text),
    UniqueConstraint("tag_sha256"),
    Index("asset_site", "site"),
    sqlite_autoincrement=True,
)

facility_entry = Table(
    "facility_entry",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("asset", BigInteger),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", BigInteger),
    Column("key", Text),
    Column("body", Text, nullable=False),
    *sealed_columns(),
    UniqueConstraint("key"),
    Index("facility_entry_asset", "asset", "kind", "number"),
    Index("facility_entry_kind", "kind", "at_ms"),
    Index("facility_entry_seal", "seal"),
    sqlite_autoincrement=True,
)

round_photo = Table(
    "round_photo",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("entry", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    UniqueConstraint("entry"),
    Index("round_photo_sha256", "sha256"),
    Index("round_photo_at", "at_ms"),
    sqlite_autoincrement=True,
)
"""Beside the entry, whose body holds the hash under the chain: the picture goes sooner than the entry."""

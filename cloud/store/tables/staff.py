"""Members of staff, what was entered about them, and where they are put. Days are text, `2026-11-23`, of the site's own zone."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

staff = Table(
    "staff",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("site", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("staff_number", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("badge", Text),
    Column("account", Text),
    Column("contact", Text),
    Column("made_ms", BigInteger, nullable=False),
    Column("left_ms", BigInteger),
    Column("erased_ms", BigInteger),
    UniqueConstraint("badge"),
    UniqueConstraint("account"),
    Index("staff_site", "site"),
    sqlite_autoincrement=True,
)

staff_entry = Table(
    "staff_entry",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("person", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", BigInteger),
    Column("body", Text, nullable=False),
    *sealed_columns(),
    Index("staff_entry_person", "person", "at_ms"),
    Index("staff_entry_kind", "kind", "at_ms"),
    Index("staff_entry_seal", "seal"),
    sqlite_autoincrement=True,
)

roster = Table(
    "roster",
    METADATA,
    Column("site", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("shift", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("person", BigInteger, nullable=False),
    PrimaryKeyConstraint("site", "day", "shift", "post", "person"),
    Index("roster_day", "day"),
    Index("roster_person", "person", "day"),
)

rota = Table(
    "rota",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("site", Text, nullable=False),
    Column("person", BigInteger, nullable=False),
    Column("begins_ms", BigInteger, nullable=False),
    Column("ends_ms", BigInteger, nullable=False),
    Column("leads", Boolean, nullable=False),
    Index("rota_ends", "ends_ms"),
    Index("rota_person", "person", "ends_ms"),
    sqlite_autoincrement=True,
)

"""Visits and gates as they are now."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from cloud.store.tables.base import METADATA, NUMBER

visit_revision = Table(
    "visit_revision",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("gate", "visit", "revision"),
    sqlite_with_rowid=False,
)

visit = Table(
    "visit",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("mask", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("revisions", Integer, nullable=False),
    Column("first_seen_ms", BigInteger, nullable=False),
    Column("decided_ms", BigInteger, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("shown_at_ms", BigInteger, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("reading", Text),
    Column("core_bin_c", Float),
    Column("screened_for", Text, nullable=False),
    Column("record_late", Boolean, nullable=False),
    Column("replay", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("feed", BigInteger, nullable=False),
    Column("badge", Text),
    Column("visitor_pass", Text),
    Column("duty", Text),
    Column("erased_ms", BigInteger),
    Column("code_refused", Text),
    Column("hands", Text),
    UniqueConstraint("gate", "visit"),
    Index("visit_feed", "feed"),
    Index("visit_shown", "shown_at_ms", "number"),
    Index("visit_gate_shown", "gate", "shown_at_ms", "verdict"),
    Index("visit_kept", "shown_at_ms", sqlite_where=text("erased_ms IS NULL"), postgresql_where=text("erased_ms IS NULL")),
    Index(
        "visit_badge", "badge", "shown_at_ms", sqlite_where=text("badge IS NOT NULL"), postgresql_where=text("badge IS NOT NULL")
    ),
    Index("visit_hands", "shown_at_ms", sqlite_where=text("hands IS NOT NULL"), postgresql_where=text("hands IS NOT NULL")),
    Index(
        "visit_pass",
        "visitor_pass",
        sqlite_where=text("visitor_pass IS NOT NULL"),
        postgresql_where=text("visitor_pass IS NOT NULL"),
    ),
)

gate = Table(
    "gate",
    METADATA,
    Column("gate", Text, primary_key=True),
    Column("online", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_since_ms", BigInteger, nullable=False),
    Column("heard_ms", BigInteger, nullable=False),
    Column("version", Text, nullable=False, default=""),
    Column("replay", Boolean, nullable=False, default=False),
    Column("last_verdict", Text),
    Column("last_visit_ms", BigInteger),
    Column("health", Text),
    Column("health_ms", BigInteger),
    Column("health_install", Text),
    Column("health_seq", BigInteger),
    Column("feed", BigInteger, nullable=False),
    Index("gate_feed", "feed"),
)

gate_site = Table(
    "gate_site",
    METADATA,
    Column("gate", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Index("gate_site_site", "site"),
)

closed_gate = Table(
    "closed_gate",
    METADATA,
    Column("gate", Text, primary_key=True),
    Column("since_ms", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
)
"""Gates that are closed for good: nobody comes in there."""

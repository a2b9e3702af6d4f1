"""What gates have sent, as it came, and what of it is missing."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text, text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

event = Table(
    "event",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("time_ms", BigInteger, nullable=False),
    Column("mono_ms", BigInteger, nullable=False),
    Column("boot", Text, nullable=False),
    Column("clock_ok", Boolean, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("series_ns", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
    Column("corrected_ms", BigInteger),
    *sealed_columns(),
    PrimaryKeyConstraint("gate", "install", "seq"),
    Index("event_seal", "seal"),
    Index("event_alert", "gate", sqlite_where=text("kind = 'alert'"), postgresql_where=text("kind = 'alert'")),
    Index("event_acts", "received_ms", sqlite_where=text("kind = 'act'"), postgresql_where=text("kind = 'act'")),
    Index("event_sensor", "received_ms", sqlite_where=text("kind = 'sensor'"), postgresql_where=text("kind = 'sensor'")),
    Index("event_health", "received_ms", sqlite_where=text("kind = 'health'"), postgresql_where=text("kind = 'health'")),
    Index("event_doubted", "gate", "boot", sqlite_where=text("NOT clock_ok"), postgresql_where=text("NOT clock_ok")),
)

boot_clock = Table(
    "boot_clock",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("boot", Text, nullable=False),
    Column("offset_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("gate", "boot"),
    sqlite_with_rowid=False,
)

numbering = Table(
    "numbering",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("checked_to", BigInteger, nullable=False),
    Column("pending_to", BigInteger),
    Column("settle_after", BigInteger),
    PrimaryKeyConstraint("gate", "install"),
)

dropped = Table(
    "dropped",
    METADATA,
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("gate", "install", "first"),
    sqlite_with_rowid=False,
)

data_gap = Table(
    "data_gap",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("found_ms", BigInteger, nullable=False),
    Index("data_gap_gate", "gate", "install"),
)

dead_letter = Table(
    "dead_letter",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("topic", Text, nullable=False),
    Column("gate", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
    Index("dead_letter_gate", "gate"),
)

series_outbox = Table(
    "series_outbox",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

"""The ledger's tables. Times are UTC milliseconds since 1970 (`_ms`); JSON stands as text written by the contract's models.

`feed` numbers the changes of what a screen shows: a row carries the number of its last change, so "what has changed since
N" is one indexed question, and a screen that was away gets each row once, as it is now.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA: Final = MetaData()
_NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER key

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
    PrimaryKeyConstraint("gate", "install", "seq"),
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
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("found_ms", BigInteger, nullable=False),
    Index("data_gap_gate", "gate", "install"),
)

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
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
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
    UniqueConstraint("gate", "visit"),
    Index("visit_feed", "feed"),
    Index("visit_shown", "shown_at_ms", "number"),
    Index("visit_gate_shown", "gate", "shown_at_ms", "verdict"),
    Index(
        "visit_badge", "badge", "shown_at_ms", sqlite_where=text("badge IS NOT NULL"), postgresql_where=text("badge IS NOT NULL")
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

alarm = Table(
    "alarm",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("raised_ms", BigInteger, nullable=False),
    Column("returned_ms", BigInteger),
    Column("acknowledged_by", Text),
    Column("acknowledged_ms", BigInteger),
    Column("detail", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_install", Text, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_time_ms", BigInteger, nullable=False),
    Column("feed", BigInteger, nullable=False),
    UniqueConstraint("gate", "kind"),
    Index("alarm_feed", "feed"),
)

recheck_case = Table(
    "recheck_case",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("raised_ms", BigInteger, nullable=False),
    Column("returned_ms", BigInteger),
    Column("acknowledged_by", Text),
    Column("acknowledged_ms", BigInteger),
    Column("detail", Text, nullable=False),
    Column("reading", Text),
    Column("feed", BigInteger, nullable=False),
    UniqueConstraint("gate", "install", "seq"),
    Index("recheck_case_visit", "gate", "visit"),
    Index("recheck_case_feed", "feed"),
)

feed = Table(
    "feed",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

series_outbox = Table(
    "series_outbox",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("install", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

dead_letter = Table(
    "dead_letter",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
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

account = Table(
    "account",
    METADATA,
    Column("user", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
)

session = Table(
    "session",
    METADATA,
    Column("token_sha256", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Index("session_expires", "expires_ms"),
)

invitation = Table(
    "invitation",
    METADATA,
    Column("token_sha256", Text, primary_key=True),
    Column("gate", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    Column("serial", Text),
    Index("invitation_gate", "gate"),
)

gate_certificate = Table(
    "gate_certificate",
    METADATA,
    Column("serial", Text, primary_key=True),
    Column("gate", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("key_sha256", Text, nullable=False, unique=True),
    Column("issued_ms", BigInteger, nullable=False),
    Column("ends_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    Column("pem", Text, nullable=False),
    Index("gate_certificate_gate", "gate"),
)

audit = Table(
    "audit",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)

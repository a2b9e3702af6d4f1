"""Alarms, what was done to them, and who was told."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, UniqueConstraint, text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

alarm = Table(
    "alarm",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
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
    Column("withheld_by", Text),
    Column("withheld_ms", BigInteger),
    Column("withheld_why", Text),
    Column("withheld_until_ms", BigInteger),
    Column("chattering", Boolean, nullable=False, server_default=text("false")),
    Column("owner", Text),
    UniqueConstraint("gate", "kind"),
    Index("alarm_feed", "feed"),
)

alarm_move = Table(
    "alarm_move",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("gate", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("move", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("announced", Boolean, nullable=False),
    *sealed_columns(),
    Index("alarm_move_seal", "seal"),
    Index("alarm_move_alarm", "gate", "kind", "at_ms"),
    Index("alarm_move_at", "at_ms"),
)

notice = Table(
    "notice",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("subject", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("step", Integer, nullable=False),
    Column("contact", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("gate", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("told_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("answer", Text, nullable=False),
    Column("receipt_sha256", Text),
    Column("shown_ms", BigInteger),
    UniqueConstraint("subject", "since_ms", "step", "contact", "channel"),
    Index("notice_due", "state", "due_ms"),
    Index("notice_made", "made_ms"),
    Index("notice_receipt", "receipt_sha256"),
)

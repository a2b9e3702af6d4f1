"""Who is told of what, and by which way: contacts, webhooks, and the devices that take web pushes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from cloud.store.tables.base import METADATA, NUMBER

contact = Table(
    "contact",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("liaison", Boolean, nullable=False),
    Column("alarms", Boolean, nullable=False),
    Column("reports", Boolean, nullable=False),
    Column("staff", Boolean, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("days", Text, nullable=False),
    Column("begins_min", Integer, nullable=False),
    Column("ends_min", Integer, nullable=False),
    Column("mail", Text),
    Column("user", Text),
    Column("webhook", Text),
    Column("mqtt", Boolean, nullable=False),
)

webhook = Table(
    "webhook",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_ms", BigInteger),
    Column("last_answer", Text, nullable=False),
    Column("disabled_ms", BigInteger),
    Column("disabled_why", Text, nullable=False),
)

push_device = Table(
    "push_device",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("user", Text, nullable=False),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("accepted_ms", BigInteger),
    Index("push_device_user", "user"),
)

kept_key = Table(
    "kept_key",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

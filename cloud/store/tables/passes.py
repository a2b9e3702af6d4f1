"""Receptions with their hours, the appointments made for them, and the badges of staff. None names anybody."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from cloud.store.tables.base import METADATA, NUMBER

reception = Table(
    "reception",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("site", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("closed", Text, nullable=False),
    Column("slot_min", Integer, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("grace_min", Integer, nullable=False),
    Column("days_ahead", Integer, nullable=False),
    Column("appointments", Boolean, nullable=False),
    Column("board", Boolean, nullable=False),
)

appointment = Table(
    "appointment",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("reception", Text, nullable=False),
    Column("begins_ms", BigInteger, nullable=False),
    Column("ends_ms", BigInteger, nullable=False),
    Column("people", Integer, nullable=False),
    Column("reference", Text, nullable=False, unique=True),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("by_phone", Boolean, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("cancelled_ms", BigInteger),
    Index("appointment_slot", "reception", "begins_ms"),
    Index("appointment_ends", "ends_ms"),
    sqlite_autoincrement=True,
)

badge = Table(
    "badge",
    METADATA,
    Column("holder", Text, primary_key=True),
    Column("reception", Text, nullable=False),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("revoked_ms", BigInteger),
    Index("badge_reception", "reception"),
)

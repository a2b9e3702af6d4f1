"""Cases of people, and what was done about them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint, text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

recheck_case = Table(
    "recheck_case",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
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
    Column("alarmed_ms", BigInteger),
    Column("alarmed_why", Text),
    Column("outcome", Text),
    Column("outcome_why", Text),
    Column("closed_ms", BigInteger),
    Column("owner", Text),
    UniqueConstraint("gate", "install", "seq"),
    Index("recheck_case_visit", "gate", "visit"),
    Index("recheck_case_feed", "feed"),
    Index("recheck_case_state", "state", "raised_ms"),
    Index("recheck_case_raised", "raised_ms", "number"),
    Index(
        "recheck_case_alarmed",
        "alarmed_ms",
        sqlite_where=text("alarmed_ms IS NOT NULL"),
        postgresql_where=text("alarmed_ms IS NOT NULL"),
    ),
)

case_entry = Table(
    "case_entry",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("case", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("body", Text, nullable=False),
    *sealed_columns(),
    Index("case_entry_case", "case", "number"),
    Index("case_entry_seal", "seal"),
)

questionnaire = Table(
    "questionnaire",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("version", Text, nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("body", Text, nullable=False),
)

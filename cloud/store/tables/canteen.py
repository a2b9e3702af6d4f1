"""When who eats. A slot that is changed ends, and another begins: what a day was counted against stays readable."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, Text

from cloud.store.tables.base import METADATA, NUMBER

canteen_slot = Table(
    "canteen_slot",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("site", Text, nullable=False),
    Column("gate", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("days", Text, nullable=False),
    Column("begins", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Column("places", BigInteger, nullable=False),
    Column("teams", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Index("canteen_slot_site", "site"),
    sqlite_autoincrement=True,
)

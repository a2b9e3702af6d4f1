"""What every sensor said last: made from the events by the projector, for boards that must not look through thousands of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Table, Text

from cloud.store.tables.base import METADATA

newest_reading = Table(
    "newest_reading",
    METADATA,
    Column("gate", Text, primary_key=True),
    Column("sensor", Text, primary_key=True),
    Column("quantity", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("value", Float),
    Column("trouble", Text),
    Column("unit", Text, nullable=False),
    # When it was taken, and never later than it arrived: a gate whose clock is ahead must not keep its readings fresh.
    Column("at_ms", BigInteger, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("fresh_ms", BigInteger),
    Column("least", Float),
    Column("most", Float),
    Index("newest_reading_received", "received_ms"),
)

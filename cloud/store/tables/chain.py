"""The numbering of changes, and the chain over what was written."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from cloud.store.tables.base import METADATA

feed = Table(
    "feed",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("last", BigInteger, nullable=False),
)

chain = Table(
    "chain",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("seal", BigInteger, nullable=False, unique=True),
    Column("rows", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
)

chain_head = Table(
    "chain_head",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("link", LargeBinary, nullable=False),
)

signed_head = Table(
    "signed_head",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("link", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("public_key", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

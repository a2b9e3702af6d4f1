"""Accounts, sessions, tokens, the identities of gates, and the audit."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text, text

from cloud.store.tables.base import METADATA, NUMBER, sealed_columns

account = Table(
    "account",
    METADATA,
    Column("user", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("site", Text, nullable=False, server_default=text("''")),
    Column("source", Text, nullable=False, server_default=text("'local'")),
    Column("must_change", Boolean, nullable=False, server_default=text("false")),
    Column("disabled_ms", BigInteger),
)

session = Table(
    "session",
    METADATA,
    Column("token_sha256", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("opened_ms", BigInteger, nullable=False, server_default=text("0")),
    Column("used_ms", BigInteger, nullable=False, server_default=text("0")),
    Column("address", Text, nullable=False, server_default=text("''")),
    Index("session_expires", "expires_ms"),
    Index("session_user", "user"),
)

api_token = Table(
    "api_token",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
    Column("revoked_ms", BigInteger),
    sqlite_autoincrement=True,
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
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("user", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", Text, nullable=False, server_default=text("''")),
    *sealed_columns(),
    Index("audit_seal", "seal"),
    sqlite_autoincrement=True,
)

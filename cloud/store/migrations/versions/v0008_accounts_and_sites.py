"""Accounts with a site, gates with a site, tokens of programs, and from where somebody acted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    text, number = sa.Text(), sa.BigInteger()
    for table, name, kind, default in (
        ("account", "site", text, "''"),
        ("account", "source", text, "'local'"),
        ("account", "must_change", sa.Boolean(), "false"),
        ("session", "opened_ms", number, "0"),
        ("session", "used_ms", number, "0"),
        ("session", "address", text, "''"),
        ("audit", "address", text, "''"),
    ):
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=sa.text(default)))
    op.add_column("account", sa.Column("disabled_ms", number, nullable=True))
    op.create_index("session_user", "session", ["user"], unique=False)
    op.create_table(
        "gate_site",
        sa.Column("gate", text, nullable=False),
        sa.Column("site", text, nullable=False),
        sa.PrimaryKeyConstraint("gate"),
    )
    op.create_index("gate_site_site", "gate_site", ["site"], unique=False)
    op.execute(
        "INSERT INTO gate_site (gate, site) SELECT gate, max(site) FROM gate_certificate AS one WHERE issued_ms = "
        "(SELECT max(issued_ms) FROM gate_certificate WHERE gate = one.gate) GROUP BY gate"
    )
    op.create_table(
        "api_token",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("token_sha256", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("role", text, nullable=False),
        sa.Column("site", text, nullable=False),
        sa.Column("made_by", text, nullable=False),
        sa.Column("made_ms", number, nullable=False),
        sa.Column("expires_ms", number, nullable=False),
        sa.Column("used_ms", number, nullable=True),
        sa.Column("revoked_ms", number, nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("token_sha256"),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )

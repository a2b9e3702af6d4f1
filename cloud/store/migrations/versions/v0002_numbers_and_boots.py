"""Numbers that never came, numbers that were dropped, and the clocks of boots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("event", sa.Column("corrected_ms", sa.BigInteger(), nullable=True))
    doubted = sa.text("NOT clock_ok")
    op.create_index("event_doubted", "event", ["gate", "boot"], unique=False, sqlite_where=doubted, postgresql_where=doubted)
    op.create_table(
        "boot_clock",
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("gate", "boot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "numbering",
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("install", sa.Text(), nullable=False),
        sa.Column("checked_to", sa.BigInteger(), nullable=False),
        sa.Column("pending_to", sa.BigInteger(), nullable=True),
        sa.Column("settle_after", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("gate", "install"),
    )
    op.create_table(
        "dropped",
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("install", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("gate", "install", "first"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "data_gap",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("install", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("found_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("data_gap_gate", "data_gap", ["gate", "install"], unique=False)

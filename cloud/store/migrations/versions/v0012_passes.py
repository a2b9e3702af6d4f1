"""Receptions, appointments and badges; why a gate did not take what was shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "reception",
        sa.Column("name", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("site", "title_zh", "title_en", "timezone", "hours", "closed")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("slot_min", "capacity", "grace_min", "days_ahead")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("appointments", "board")),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "appointment",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("reception", sa.Text(), nullable=False),
        sa.Column("begins_ms", sa.BigInteger(), nullable=False),
        sa.Column("ends_ms", sa.BigInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("by_phone", sa.Boolean(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("reference"),
        sa.UniqueConstraint("secret_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("appointment_slot", "appointment", ["reception", "begins_ms"], unique=False)
    op.create_index("appointment_ends", "appointment", ["ends_ms"], unique=False)
    op.create_table(
        "badge",
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("reception", sa.Text(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("holder"),
        sa.UniqueConstraint("secret_sha256"),
    )
    op.create_index("badge_reception", "badge", ["reception"], unique=False)
    op.add_column("visit", sa.Column("code_refused", sa.Text(), nullable=True))
    shown = sa.text("visitor_pass IS NOT NULL")
    op.create_index("visit_pass", "visit", ["visitor_pass"], unique=False, sqlite_where=shown, postgresql_where=shown)

"""Photographs that are handed over with disinfection rounds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "round_photo",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("round_photo_sha256", "round_photo", ["sha256"], unique=False)
    op.create_index("round_photo_at", "round_photo", ["at_ms"], unique=False)

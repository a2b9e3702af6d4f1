"""The newest reading of every sensor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "newest_reading",
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("sensor", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("trouble", sa.Text()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("fresh_ms", sa.BigInteger()),
        sa.Column("least", sa.Float()),
        sa.Column("most", sa.Float()),
        sa.PrimaryKeyConstraint("gate", "sensor", "quantity"),
    )
    op.create_index("newest_reading_received", "newest_reading", ["received_ms"], unique=False)

"""Daily reports, sealed like what they tell of; what gates did on a command is found for the chronicle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("first_link", sa.BigInteger(), nullable=False),
        sa.Column("last_link", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("due_ms"),
        sa.UniqueConstraint("first_link"),
        sqlite_autoincrement=True,
    )
    op.create_index("report_seal", "report", ["seal"], unique=False)
    acts = sa.text("kind = 'act'")
    op.create_index("event_acts", "event", ["received_ms"], unique=False, sqlite_where=acts, postgresql_where=acts)

"""What was done to alarms and why, what is out of sight and until when, and cases that became alarms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name, kind in (
        ("withheld_by", sa.Text()),
        ("withheld_ms", sa.BigInteger()),
        ("withheld_why", sa.Text()),
        ("withheld_until_ms", sa.BigInteger()),
    ):
        op.add_column("alarm", sa.Column(name, kind, nullable=True))
    op.add_column("alarm", sa.Column("chattering", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_table(
        "alarm_move",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("alarm_move_alarm", "alarm_move", ["gate", "kind", "at_ms"], unique=False)
    op.create_index("alarm_move_at", "alarm_move", ["at_ms"], unique=False)
    op.add_column("recheck_case", sa.Column("alarmed_ms", sa.BigInteger(), nullable=True))
    op.add_column("recheck_case", sa.Column("alarmed_why", sa.Text(), nullable=True))
    op.create_index("recheck_case_state", "recheck_case", ["state", "raised_ms"], unique=False)
    alarmed = sa.text("alarmed_ms IS NOT NULL")
    op.create_index(
        "recheck_case_alarmed", "recheck_case", ["alarmed_ms"], unique=False, sqlite_where=alarmed, postgresql_where=alarmed
    )

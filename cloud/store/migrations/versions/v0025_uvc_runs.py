"""Every run of a UV-C lamp, place by place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "uvc_run",
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("sensor", sa.Text(), nullable=False),
        sa.Column("taken_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=False),
        sa.Column("install", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lit_s", sa.Float()),
        sa.Column("covered_pct", sa.Float()),
        sa.Column("dose_mj_cm2", sa.Float()),
        sa.Column("off_mj_cm2", sa.Float()),
        sa.Column("mean_uw_cm2", sa.Float()),
        sa.Column("peak_uw_cm2", sa.Float()),
        sa.Column("target_mj_cm2", sa.Float()),
        sa.Column("reached", sa.Float()),
        sa.Column("trouble", sa.Text()),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("gate", "sensor", "taken_ms"),
    )
    op.create_index("uvc_run_ended", "uvc_run", ["ended_ms"], unique=False)
    op.create_index("uvc_run_event", "uvc_run", ["gate", "install", "seq"], unique=False)

"""Contacts and webhooks as rows, devices that take web pushes, and an owner for every alarm and case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    for table in ("alarm", "recheck_case"):
        op.add_column(table, sa.Column("owner", sa.Text(), nullable=True))
    op.execute("UPDATE alarm SET owner = acknowledged_by")
    op.execute("UPDATE recheck_case SET owner = acknowledged_by")
    op.add_column("notice", sa.Column("receipt_sha256", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("shown_ms", sa.BigInteger(), nullable=True))
    op.create_index("notice_receipt", "notice", ["receipt_sha256"], unique=False)
    _contacts()
    _webhooks()
    _devices()


def _contacts() -> None:
    op.create_table(
        "contact",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("liaison", "alarms", "reports", "staff")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kinds", "days")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("begins_min", "ends_min")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("mail", "user", "webhook")),
        sa.Column("mqtt", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _webhooks() -> None:
    op.create_table(
        "webhook",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "site", "url", "secret", "events", "made_by")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("made_ms", "since_ms")),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=True),
        sa.Column("last_answer", sa.Text(), nullable=False),
        sa.Column("disabled_ms", sa.BigInteger(), nullable=True),
        sa.Column("disabled_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _devices() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "push_device",
        sa.Column("number", number, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("user", "endpoint", "p256dh", "auth")),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("accepted_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("endpoint"),
    )
    op.create_index("push_device_user", "push_device", ["user"], unique=False)
    op.create_table(
        "kept_key",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )

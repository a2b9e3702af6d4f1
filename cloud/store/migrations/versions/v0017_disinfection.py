"""What is disinfected; and rounds, meetings and notices of confirmed cases under the chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "asset",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("interval_ms", sa.BigInteger(), nullable=True),
        sa.Column("grace_ms", sa.BigInteger(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("flow_limit", sa.Integer(), nullable=True),
        sa.Column("head_limit", sa.Integer(), nullable=True),
        sa.Column("sensor", sa.Text(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.Column("tag_sha256", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("tag_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("asset_site", "asset", ["site"], unique=False)
    op.create_table(
        "facility_entry",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("asset", sa.BigInteger(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("key"),
        sqlite_autoincrement=True,
    )
    op.create_index("facility_entry_asset", "facility_entry", ["asset", "kind", "number"], unique=False)
    op.create_index("facility_entry_kind", "facility_entry", ["kind", "at_ms"], unique=False)
    op.create_index("facility_entry_seal", "facility_entry", ["seal"], unique=False)

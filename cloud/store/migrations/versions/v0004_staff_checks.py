"""What a visitor showed, and of which part of a shift a check of staff was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for name in ("badge", "visitor_pass", "duty"):
        op.add_column("visit", sa.Column(name, sa.Text(), nullable=True))
    of_staff = sa.text("badge IS NOT NULL")
    op.create_index(
        "visit_badge", "visit", ["badge", "shown_at_ms"], unique=False, sqlite_where=of_staff, postgresql_where=of_staff
    )

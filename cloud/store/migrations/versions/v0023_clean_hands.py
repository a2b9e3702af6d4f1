"""How the hands of a visitor were disinfected, where a gate asks for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("visit", sa.Column("hands", sa.Text(), nullable=True))
    asked = sa.text("hands IS NOT NULL")
    op.create_index("visit_hands", "visit", ["shown_at_ms"], unique=False, sqlite_where=asked, postgresql_where=asked)

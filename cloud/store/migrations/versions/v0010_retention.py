"""When a visit had its time, so that the hourly sweep finds the others; alerts by gate, to find those about a visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("visit", sa.Column("erased_ms", sa.BigInteger(), nullable=True))
    kept, alerts = sa.text("erased_ms IS NULL"), sa.text("kind = 'alert'")
    op.create_index("visit_kept", "visit", ["shown_at_ms"], unique=False, sqlite_where=kept, postgresql_where=kept)
    op.create_index("event_alert", "event", ["gate"], unique=False, sqlite_where=alerts, postgresql_where=alerts)

"""Until which day a sensor's calibration counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("newest_reading", sa.Column("calibration_due", sa.Text()))

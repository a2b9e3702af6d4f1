"""What is done about a person, entry by entry, how a case ended, and what was asked; the audit stands under the chain too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cloud.store.migrations.versions.v0007_chain import sealed_rows

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "case_entry",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("case", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("case_entry_case", "case_entry", ["case", "number"], unique=False)
    op.create_index("case_entry_seal", "case_entry", ["seal"], unique=False)
    op.create_table(
        "questionnaire",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("version"),
    )
    op.add_column("recheck_case", sa.Column("outcome", sa.Text(), nullable=True))
    op.add_column("recheck_case", sa.Column("outcome_why", sa.Text(), nullable=True))
    op.add_column("recheck_case", sa.Column("closed_ms", sa.BigInteger(), nullable=True))
    op.create_index("recheck_case_raised", "recheck_case", ["raised_ms", "number"], unique=False)
    _seal_the_audit()


def _seal_the_audit() -> None:
    for name, kind in (("seal", sa.BigInteger()), ("salt", sa.LargeBinary()), ("content_sha256", sa.LargeBinary())):
        op.add_column("audit", sa.Column(name, kind, nullable=True))
    op.create_index("audit_seal", "audit", ["seal"], unique=False)
    head = op.get_bind().execute(sa.text("SELECT number, link FROM chain_head")).one()
    header, content = ("at_ms", "user", "action", "subject"), ("detail", "address")
    number, link = sealed_rows("audit", ("number",), header, content, (head.number, bytes(head.link)))
    op.execute(sa.text("UPDATE chain_head SET number = :number, link = :link").bindparams(number=number, link=link))

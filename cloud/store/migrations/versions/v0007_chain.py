"""Rows stand under a chain; those that were there before stand under its first links."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from cloud.ledger.chain import GENESIS, commitment, content_sha256, digest, fresh_salt, link

revision = "0007"
down_revision = "0006"

_AT_ONCE: Final = 10_000
_EVENT: Final = ("gate", "install", "seq", "kind", "time_ms", "mono_ms", "boot", "clock_ok", "received_ms", "series_ns")
_MOVE: Final = ("gate", "kind", "at_ms", "move", "before", "state", "user", "announced")


def upgrade() -> None:
    for table in ("event", "alarm_move"):
        op.add_column(table, sa.Column("seal", sa.BigInteger(), nullable=True))
        op.add_column(table, sa.Column("salt", sa.LargeBinary(), nullable=True))
        op.add_column(table, sa.Column("content_sha256", sa.LargeBinary(), nullable=True))
        op.create_index(f"{table}_seal", table, ["seal"], unique=False)
    op.create_table(
        "chain",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("seal"),
    )
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    head = sealed_rows("event", ("gate", "install", "seq"), _EVENT, ("data",), (0, GENESIS))
    number, last = sealed_rows("alarm_move", ("number",), _MOVE, ("why",), head)
    op.execute(
        sa.text("INSERT INTO chain_head (id, number, link) VALUES (1, :number, :link)").bindparams(number=number, link=last)
    )


def sealed_rows(
    table: str, key: tuple[str, ...], header: tuple[str, ...], content: tuple[str, ...], head: tuple[int, bytes]
) -> tuple[int, bytes]:
    """Put the rows of a table under links, some thousands under each. Returns the head of the chain then."""
    boolean = {name: sa.Boolean() for name in ("clock_ok", "announced")}
    columns = [sa.column(name, boolean.get(name)) for name in dict.fromkeys((*key, *header, *content, "seal"))]
    of = sa.table(table, *columns)
    unsealed = sa.select(of).where(of.c.seal.is_(None)).order_by(*(of.c[name] for name in key)).limit(_AT_ONCE)
    while rows := op.get_bind().execute(unsealed).mappings().all():
        head = _link(head, _seal(table, key, header, content, rows))
    return head


def _seal(
    table: str, key: tuple[str, ...], header: tuple[str, ...], content: tuple[str, ...], rows: Sequence[Any]
) -> tuple[int, list[bytes]]:
    seal, salts = secrets.randbits(63), [fresh_salt() for _ in rows]
    of = sa.table(table, *(sa.column(name) for name in (*key, "seal", "salt")))
    found = sa.update(of).where(*(of.c[name] == sa.bindparam(f"on_{name}") for name in key))
    which = [{f"on_{name}": row[name] for name in key} for row in rows]
    new = [{**one, "seal": seal, "salt": salt} for one, salt in zip(which, salts, strict=True)]
    op.get_bind().execute(found.values(seal=sa.bindparam("seal"), salt=sa.bindparam("salt")), new)
    return seal, [
        commitment(table, [row[name] for name in header], content_sha256(salt, [row[name] for name in content]))
        for row, salt in zip(rows, salts, strict=True)
    ]


def _link(head: tuple[int, bytes], sealed: tuple[int, list[bytes]]) -> tuple[int, bytes]:
    seal, commitments = sealed
    number, of_rows = head[0] + 1, digest(commitments)
    linked = link(head[1], number, len(commitments), of_rows)
    values = {"number": number, "seal": seal, "rows": len(commitments), "digest": of_rows, "link": linked}
    insert = "INSERT INTO chain (number, seal, rows, digest, link) VALUES (:number, :seal, :rows, :digest, :link)"
    op.execute(sa.text(insert).bindparams(**values))
    return number, linked

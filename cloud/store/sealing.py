"""Rows that are sealed: each written with a salt, all of one transaction under one link of the chain.

`sealed` gives a row the columns that it is written with and `counted` puts it under the link, where it was written. The link
itself is made when the transaction ends (`Database.writing`), so that two of them wait for one another only then.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from cloud.ledger.chain import commitment, content_sha256, digest, fresh_salt, link
from cloud.store.sealed_tables import SEALED
from cloud.store.tables import chain, chain_head

_KEY: Final = "menshen_sealing"
Row = dict[str, Any]


class _Sealing:
    def __init__(self) -> None:
        self.seal = secrets.randbits(63)
        self.commitments: list[bytes] = []


@contextmanager
def sealing(connection: Connection) -> Iterator[None]:
    """Around one writing transaction; at its end the link is made."""
    connection.info[_KEY] = made = _Sealing()
    try:
        yield
        if made.commitments:
            _link(connection, made)
    finally:
        del connection.info[_KEY]


def sealed(connection: Connection, row: Mapping[str, Any]) -> Row:
    """The row with seal and salt, to be inserted."""
    return {**row, "seal": _of(connection).seal, "salt": fresh_salt()}


def counted(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    """Put a row of `sealed` that has been inserted under the link."""
    _of(connection).commitments.append(commitment_of(table, row))


def insert_sealed(connection: Connection, table: str, rows: list[Row]) -> None:
    """Insert rows of which none is there yet."""
    if not rows:
        return
    ready = [sealed(connection, row) for row in rows]
    connection.execute(insert(SEALED[table].table), ready)
    for row in ready:
        counted(connection, table, row)


def commitment_of(table: str, row: Mapping[str, Any]) -> bytes:
    """As it stands in the row: of content and salt or, where these were erased, of what was left of them."""
    of = SEALED[table]
    left = row.get("content_sha256")
    content = content_sha256(row["salt"], [row[name] for name in of.content]) if left is None else left
    return commitment(table, [row[name] for name in of.header], content)


def _of(connection: Connection) -> _Sealing:
    made: _Sealing = connection.info[_KEY]
    return made


def _link(connection: Connection, made: _Sealing) -> None:
    head = connection.execute(select(chain_head.c.number, chain_head.c.link).with_for_update()).one()
    number, rows, of_rows = head.number + 1, len(made.commitments), digest(made.commitments)
    linked = link(head.link, number, rows, of_rows)
    connection.execute(insert(chain).values(number=number, seal=made.seal, rows=rows, digest=of_rows, link=linked))
    connection.execute(update(chain_head).values(number=number, link=linked))

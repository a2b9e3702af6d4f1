"""What every table is made with."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData

METADATA: Final = MetaData()
NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER key


def sealed_columns() -> tuple[Column[Any], ...]:
    """Of a table whose rows stand under the chain. `content_sha256` only where salt and content were erased."""
    return (
        Column("seal", BigInteger, nullable=True),
        Column("salt", LargeBinary, nullable=True),
        Column("content_sha256", LargeBinary, nullable=True),
    )

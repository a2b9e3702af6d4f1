"""Photographs that were handed over with rounds. What the chain holds is their hash; the pictures go when their time is over."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, delete, insert, select

from cloud.ledger.retention import Horizons
from cloud.store.feed import Feed
from cloud.store.tables import round_photo

AT_ONCE: Final = 100


def add_photo(connection: Connection, entry: int, at_ms: int, sha256: str, jpeg: bytes) -> None:
    """`entry`: the number of the round. `sha256`: of `jpeg`, in hexadecimal, as the round's entry holds it."""
    connection.execute(insert(round_photo).values(entry=entry, at_ms=at_ms, sha256=sha256, jpeg=jpeg))


def photo_of(connection: Connection, entry: int) -> bytes | None:
    """The picture of a round; None where there is none, or none any more."""
    return connection.execute(select(round_photo.c.jpeg).where(round_photo.c.entry == entry)).scalar_one_or_none()


def is_known(connection: Connection, sha256: str) -> bool:
    """Whether this very picture is kept already."""
    return connection.execute(select(round_photo.c.number).where(round_photo.c.sha256 == sha256).limit(1)).first() is not None


def forget_photos(connection: Connection, _feed: Feed, horizons: Horizons) -> int:
    """Those that have had their time."""
    due = select(round_photo.c.number).where(round_photo.c.at_ms < horizons.photos_ms).limit(AT_ONCE)
    return connection.execute(delete(round_photo).where(round_photo.c.number.in_(due.scalar_subquery()))).rowcount

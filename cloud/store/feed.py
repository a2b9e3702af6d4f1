"""Numbering what has changed on the screens. Numbers are given under the row's lock, so they are committed in order."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select, update

from cloud.store.tables import feed


class Feed:
    """Gives numbers inside one writing transaction; use it as a context manager there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._first = 0
        self._last = 0

    def __enter__(self) -> Self:
        self._first = self._last = self._connection.execute(select(feed.c.last).with_for_update()).scalar_one()
        return self

    def number(self) -> int:
        """The next change's number."""
        self._last += 1
        return self._last

    def __exit__(self, failed: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if failed is None and self._last != self._first:
            self._connection.execute(update(feed).values(last=self._last))


def last_change(connection: Connection) -> int:
    """The number of the newest change."""
    last: int = connection.execute(select(feed.c.last)).scalar_one()
    return last

"""Which visitors' passes this gate has taken: on disk, so that neither a restart nor a power cut makes one good again."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final, Self

KEPT_S: Final = 86_400
"""A number is remembered for so long after its end: a clock set back by hours makes none good again."""


class UsedPasses:
    """One table in a file of its own. Methods raise sqlite3.Error: a pass that cannot be noted is not taken."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, file: Path) -> Self:
        """Make it where it is not there."""
        connection = sqlite3.connect(file, isolation_level=None, timeout=5.0)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS used (number TEXT PRIMARY KEY, until_s INTEGER NOT NULL) WITHOUT ROWID")
        return cls(connection)

    def take(self, number: str, until_s: int, now_s: float) -> bool:
        """Durable when it returns. False where the pass was taken before."""
        self._connection.execute("DELETE FROM used WHERE until_s < ?", (now_s - KEPT_S,))
        return self._connection.execute("INSERT OR IGNORE INTO used VALUES (?, ?)", (number, until_s)).rowcount == 1

    def close(self) -> None:
        self._connection.close()

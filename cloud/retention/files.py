"""Copies of the ledger in files: named by when they were made, and removed when their time is over."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cloud.ledger.retention import DAY_MS

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_MADE: Final = re.compile(r"(?P<stem>.+)-(?P<stamp>\d{8}T\d{6}Z)(?P<ending>\.backup|-wal|-shm)?")
BACKUP: Final = "ledger"


def backup_name(now_ms: int) -> str:
    """The name of a backup made now."""
    return f"{BACKUP}-{stamp(now_ms)}.backup"


def aside_name(ledger: str, now_ms: int) -> str:
    """The name of a ledger that makes place for one that is put back now."""
    return f"{aside_stem(ledger)}-{stamp(now_ms)}"


def aside_stem(ledger: str) -> str:
    return f"{ledger}.replaced"


def stamp(now_ms: int) -> str:
    return datetime.fromtimestamp(now_ms / 1000, UTC).strftime(_STAMP)


def forget_copies(folder: Path, stem: str, now_ms: int, days: int) -> list[Path]:
    """Remove the copies of this stem that are older than so many days. Returns which. Raises OSError."""
    gone = sorted(path for path in folder.iterdir() if _is_over(path, stem, now_ms - days * DAY_MS))
    for path in gone:
        path.unlink()
    return gone


def _is_over(path: Path, stem: str, before_ms: int) -> bool:
    made = _MADE.fullmatch(path.name)
    if made is None or made["stem"] != stem or not path.is_file():
        return False
    try:
        made_at = datetime.strptime(made["stamp"], _STAMP).replace(tzinfo=UTC)
    except ValueError:  # digits that are no date
        return False
    return made_at.timestamp() * 1000 < before_ms

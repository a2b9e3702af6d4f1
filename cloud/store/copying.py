"""A whole copy of an embedded ledger as it is at one moment, while others go on writing; counted, and found sound."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cloud.store.errors import LedgerError

_BORN_WITH: Final = frozenset({"alembic_version", "feed", "chain_head", "account", "session", "audit"})
"""What a ledger has before anything was heard of a gate."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a ledger holds.

    Attributes:
        schema: the number of its schema.
        rows: how many rows each table has.
    """

    schema: str
    rows: dict[str, int]

    @property
    def used(self) -> bool:
        """Whether it has heard anything of a gate."""
        return any(count for table, count in self.rows.items() if table not in _BORN_WITH)


def copy_ledger(source: Path, target: Path) -> Inventory:
    """Copy the ledger `source`, which may be in use, into the empty file `target`. Raises LedgerError.

    Every row that was committed before the copy began is in it, and the count of every table is that of the same moment.
    """
    try:
        with closing(connect(source, "ro")) as ledger, closing(connect(target, "rw")) as copy:
            ledger.execute("BEGIN")
            held = take_inventory(ledger)
            ledger.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
            return _verified(copy, held)
    except (sqlite3.Error, OSError) as broken:
        raise LedgerError(
            f"the ledger cannot be copied ({broken})",
            where=str(source),
            remedy=f"Check that it is a ledger and that {target.parent} has room for another one.",
        ) from broken


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open what is there (`mode` ro or rw); nothing is made."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=5.0, isolation_level=None)


def take_inventory(ledger: sqlite3.Connection) -> Inventory:
    """Count. Raises sqlite3.Error where it is no ledger."""
    (schema,) = ledger.execute("SELECT version_num FROM alembic_version").fetchone()
    tables = ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    names = [name for (name,) in tables]
    return Inventory(schema, {name: ledger.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names})  # noqa: S608  names of its own tables


def sound_inventory(path: Path) -> Inventory:
    """Look at every page and every reference of a ledger, and count. Raises LedgerError."""
    try:
        with closing(connect(path, "ro")) as ledger:
            return _verified(ledger, take_inventory(ledger))
    except sqlite3.Error as broken:
        raise LedgerError(f"this is no sound ledger ({broken})", where=str(path)) from broken


def _verified(ledger: sqlite3.Connection, expected: Inventory) -> Inventory:
    said = ledger.execute("PRAGMA integrity_check(1)").fetchone()[0]
    loose = ledger.execute("PRAGMA foreign_key_check").fetchone()
    if said != "ok" or loose or take_inventory(ledger) != expected:
        raise sqlite3.DatabaseError(f"it is damaged: {said if said != 'ok' else loose or 'rows are missing'}")
    return expected


@contextmanager
def in_place(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, for this user only, that takes its place when the block ends well: on disk, and whole."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        if path.exists() and os.geteuid() == 0:
            os.chown(partial, path.stat().st_uid, path.stat().st_gid)  # root restores; the cloud, another user, goes on with it
    except OSError as closed:
        raise LedgerError(
            f"nothing can be written here ({closed.strerror})", where=str(path.parent), remedy="Choose another folder."
        ) from closed
    try:
        yield partial
        _put(partial, path)
    finally:
        for left in (partial, *(partial.with_name(partial.name + ending) for ending in ("-journal", "-wal", "-shm"))):
            left.unlink(missing_ok=True)


def _put(partial: Path, path: Path) -> None:
    try:
        _flush(partial)
        partial.replace(path)
        _flush(path.parent)
    except OSError as refused:
        raise LedgerError(f"the file cannot be put in its place ({refused.strerror})", where=str(path)) from refused


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

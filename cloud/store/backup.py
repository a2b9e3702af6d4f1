"""Backup and restore of the embedded ledger, in one file; of PostgreSQL see `backup_postgres`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from cloud.store.copying import Inventory, connect, copy_ledger, in_place, sound_inventory, take_inventory
from cloud.store.errors import LedgerError
from cloud.store.migrate import open_database


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done.

    Attributes:
        found: what the backup held.
        now: what the ledger holds, in this version's schema.
        aside: where the ledger that was there is kept; None where there was none.
    """

    found: Inventory
    now: Inventory
    aside: Path | None


def embedded_file(url: str) -> Path | None:
    """The embedded ledger's file; None where it is in memory or on a server."""
    address = make_url(url)
    embedded = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return Path(str(address.database)) if embedded else None


def ledger_file(url: str) -> Path:
    """The embedded ledger's file. Raises LedgerError where there is none."""
    file = embedded_file(url)
    if file is None:
        raise LedgerError("this ledger is in no file", where=f"ledger.url = {url!r}", remedy="Name a file: sqlite:///ledger.db")
    return file


def back_up(url: str, out: Path) -> Inventory:
    """Copy the ledger into `out`, which is replaced as a whole or not at all. Nobody waits for it. Raises LedgerError."""
    ledger = ledger_file(url)
    _exists(ledger)
    if out.exists() and out.samefile(ledger):
        raise LedgerError("this is the ledger itself", where=str(out), remedy="Name another file.")
    with in_place(out) as partial:
        return copy_ledger(ledger, partial)


def restore(url: str, backup: Path, aside: Path, *, replace: bool) -> Restored:
    """Put a backup into the ledger's place, in this version's schema. The ledger that was there is kept as `aside`.

    Every session ends. Raises LedgerError where the ledger is open elsewhere, or has rows without `replace`, or the backup is
    damaged or of a newer version; nothing has changed then.
    """
    _exists(backup)
    ledger = ledger_file(url)
    with _taken(ledger) as before:
        if before and before.used and not replace:
            raise LedgerError(
                f"there is a ledger already: {before.words}",
                where=str(ledger),
                remedy="Say --replace to put the backup in its place; the ledger that is there is kept aside.",
            )
        with in_place(ledger) as partial:
            found = copy_ledger(backup, partial)
            now = _brought_up(partial)
            if before:
                _keep(ledger, aside)
        return Restored(found, now, aside if before else None)


def _exists(path: Path) -> None:
    if not path.is_file():
        raise LedgerError("there is no such file", where=str(path))


def _brought_up(path: Path) -> Inventory:
    """Migrate a copy, forget who was signed in, and look at it again."""
    open_database(f"sqlite:///{path}").close()
    with closing(connect(path, "rw")) as copy:
        copy.execute("DELETE FROM session")
        copy.execute("PRAGMA journal_mode=DELETE")
    return sound_inventory(path)


def _keep(ledger: Path, aside: Path) -> None:
    """A second name for what is there. A log that a damaged ledger leaves goes with it: it must not meet the new one."""
    try:
        aside.hardlink_to(ledger)
        for ending in ("-wal", "-shm"):
            left = ledger.with_name(ledger.name + ending)
            if left.exists():
                left.rename(aside.with_name(aside.name + ending))
    except OSError as refused:
        raise LedgerError(f"the ledger that is there cannot be kept aside ({refused.strerror})", where=str(aside)) from refused


@dataclass(frozen=True, slots=True)
class _Before:
    """The ledger that is there: whether it holds anything, and what, in words."""

    used: bool
    words: str


@contextmanager
def _taken(ledger: Path) -> Iterator[_Before | None]:
    """The ledger for us alone, all of it in its one file; None where there is none."""
    if not ledger.exists():
        yield None
        return
    with closing(connect(ledger, "rw")) as held:
        yield _looked_at(held, ledger)


def _looked_at(held: sqlite3.Connection, ledger: Path) -> _Before:
    try:
        held.execute("PRAGMA busy_timeout=200")  # a cloud that runs does not let go of it
        held.execute("PRAGMA locking_mode=EXCLUSIVE")
        held.execute("PRAGMA journal_mode=DELETE")  # takes what stands in the log into the file; refused while others use it
        held.execute("BEGIN EXCLUSIVE")
        inventory = take_inventory(held)
    except sqlite3.DatabaseError as refused:
        if refused.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise LedgerError(
                "another program uses the ledger",
                where=str(ledger),
                remedy="Stop the cloud first: `systemctl stop menshen-cloud`.",
            ) from refused
        return _Before(used=bool(ledger.stat().st_size), words=f"it is damaged ({refused})")
    return _Before(inventory.used, f"{inventory.rows['event']} events, {inventory.rows['visit']} visits")

"""Backup and restore of a ledger in PostgreSQL, by PostgreSQL's own programs: pg_dump, pg_restore, psql."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy.engine import make_url

from cloud.store.backup import Restored
from cloud.store.copying import Inventory, in_place
from cloud.store.errors import LedgerError
from cloud.store.migrate import open_database
from cloud.store.tables import METADATA

_OTHERS: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)
_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"


def back_up(url: str, out: Path) -> Inventory:
    """Dump the ledger into `out`, which is replaced as a whole or not at all. Raises LedgerError."""
    held = _inventory(url)
    with in_place(out) as partial:
        _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={partial}", "--dbname={}")
        _look_at(url, partial)
    return held


def restore(url: str, backup: Path, aside: Path, *, replace: bool) -> Restored:
    """Put a dump into the database's place, in one transaction. What was there is dumped into `aside` first.

    Raises LedgerError where others use the database, or it has rows without `replace`; nothing has changed then.
    """
    _look_at(url, backup)
    tables = _ask(url, _TABLES).split()
    before = _inventory(url) if "alembic_version" in tables else None
    if before and before.used and not replace:
        raise LedgerError(
            f"there is a ledger already: {before.rows['event']} events",
            where=_shown(url),
            remedy="Say --replace to put the backup in its place; the ledger that is there is kept aside.",
        )
    if _ask(url, _OTHERS) != "0":
        raise LedgerError("another program uses the ledger", where=_shown(url), remedy="Stop every cloud of this database first.")
    if before:
        back_up(url, aside)
    _put(url, backup, [name for name in tables if name in {*METADATA.tables, "alembic_version"}])
    found = _inventory(url)
    open_database(url).close()
    _ask(url, "DELETE FROM session")
    return Restored(found, _inventory(url), aside if before else None)


def _put(url: str, backup: Path, tables: Sequence[str]) -> None:
    """Not from pg_restore straight into psql: one that breaks off half-way would look like a short dump."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "ledger.sql"
        _run(url, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(backup))
        drop = f"DROP TABLE IF EXISTS {', '.join(tables)} CASCADE" if tables else "SELECT 1"
        together = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run(url, "psql", *together, "--dbname={}", f"--command={drop}", f"--file={script}")


def _look_at(url: str, dump: Path) -> None:
    """A dump can be read and holds the ledger. Raises LedgerError."""
    if not dump.is_file():
        raise LedgerError("there is no such file", where=str(dump))
    listed = _run(url, "pg_restore", "--list", str(dump))
    if " TABLE DATA " not in listed or " event " not in listed:
        raise LedgerError("this dump holds no ledger", where=str(dump))


def _inventory(url: str) -> Inventory:
    schema = _ask(url, "SELECT version_num FROM alembic_version")
    names = _ask(url, _TABLES).split()
    counted = _ask(url, " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names))  # noqa: S608  its own names
    pairs = (line.split("|") for line in counted.splitlines())
    return Inventory(schema, {name: int(count) for name, count in pairs})


def _ask(url: str, question: str) -> str:
    return _run(url, "psql", "--no-psqlrc", "--tuples-only", "--no-align", "--dbname={}", f"--command={question}").strip()


def _run(url: str, program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs; `{}` becomes the address. The password goes by the environment, not the command line."""
    path = shutil.which(program)
    if path is None:
        raise LedgerError(
            f"{program} is not on this machine",
            where=_shown(url),
            remedy="Install PostgreSQL's client of the server's version or later: `apt install postgresql-client`.",
        )
    address = make_url(url)
    plain = address.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": address.password} if address.password else {}
    ended = subprocess.run(  # noqa: S603  a program found on the path, arguments of our own
        [path, *(one.replace("{}", plain) for one in arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **secret},
    )  # fmt: skip
    if ended.returncode:
        said = ended.stderr.strip().splitlines()
        raise LedgerError(f"{program} says: {said[0] if said else ended.returncode}", where=_shown(url))
    return ended.stdout


def _shown(url: str) -> str:
    return f"ledger.url = {make_url(url).render_as_string(hide_password=True)!r}"

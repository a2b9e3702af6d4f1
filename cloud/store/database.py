"""The ledger's database: opened, migrated, read in one consistent picture, written by one at a time."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from cloud.store.errors import LedgerError
from cloud.store.postgres import look_at_server, postgres_engine, reading_of, writing_of
from cloud.store.sealing import sealing

_WRITE: Final = "menshen_write"
_FORMS: Final = "Use sqlite:///path/to/ledger.db or postgresql+psycopg://user@host/database."
_INSTALL: Final = 'Install the extra: `pip install "menshen[postgres]"`, or from its source `pip install -r locks/postgres.txt`.'
_CHECK_FILE: Final = "Check that the folder exists and is writable, and that the file is a ledger of this or an older version."
_CHECK_SERVER: Final = (
    "Check that PostgreSQL runs, lets this user in, and that the database is empty or a ledger of this version or older."
)


class Database:
    """The ledger. Build it with `open_database`, which migrates it first."""

    def __init__(self, engine: Engine) -> None:
        self._embedded = embedded = engine.dialect.name == "sqlite"
        self._reader = engine if embedded else reading_of(engine)
        self._writer = engine.execution_options(**{_WRITE: True}) if embedded else writing_of(engine)
        # SQLite lets one write at a time and makes the others poll with pauses; inside one process a lock hands over at once.
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger."""
        with self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, or has not happened."""
        with self._turn, self._writer.begin() as connection, sealing(connection):
            yield connection

    def overwrite_log(self) -> None:
        """What was deleted must not stay readable in SQLite's write-ahead log; where somebody reads, the next call does it."""
        if self._embedded:
            with self._turn, self._reader.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # type: ignore[union-attr]

    def close(self) -> None:
        self._reader.dispose()


def open_engine(url: str) -> Engine:
    """Connect. Raises LedgerError naming the database and what to do."""
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            return _connected(_sqlite(address))
        return _connected(postgres_engine(address), look_at_server)
    except ArgumentError as unreadable:
        raise LedgerError(f"this is no address of a database ({unreadable})", where="ledger.url", remedy=_FORMS) from unreadable
    except ImportError as missing:
        raise LedgerError("the driver for PostgreSQL is not installed", where=_shown(url), remedy=_INSTALL) from missing
    except LedgerError:
        raise
    except (SQLAlchemyError, OSError) as closed:
        raise cannot_open(url, closed) from closed


def _connected(engine: Engine, look: Callable[[Connection], None] | None = None) -> Engine:
    """`look` may refuse what it finds."""
    try:
        with engine.connect() as connection:
            if look is not None:
                look(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def cannot_open(url: str, cause: Exception) -> LedgerError:
    """Say what the database said, without SQLAlchemy's decoration and without a password."""
    said = " ".join(str(cause.orig if isinstance(cause, DBAPIError) else cause).split())
    embedded = make_url(url).get_backend_name() == "sqlite"
    return LedgerError(
        f"the ledger cannot be opened ({said})",
        where=_shown(url),
        remedy=_CHECK_FILE if embedded else _CHECK_SERVER,
    )


def _shown(url: str) -> str:
    return f"ledger.url = {make_url(url).render_as_string(hide_password=True)!r}"


def _sqlite(address: URL) -> Engine:
    if address.database and address.database != ":memory:":
        _make_private(Path(address.database))
    engine = create_engine(address, connect_args={"timeout": 5.0, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(path: Path) -> None:
    """The file is made readable by this user only, before anything is in it."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for a consistent read
    for setting in (
        "journal_mode=WAL",
        "synchronous=FULL",  # NORMAL loses committed rows at a power cut: 350 of 500 simulated cuts
        "busy_timeout=5000",
        "foreign_keys=ON",
        "secure_delete=ON",
        "journal_size_limit=16777216",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

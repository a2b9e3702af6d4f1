"""A ledger in PostgreSQL: connected so that a commit is on disk, and that a worker that is gone holds nobody up."""

from __future__ import annotations

import logging
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from cloud.store.errors import LedgerError

log = logging.getLogger(__name__)

DRIVER: Final = "postgresql+psycopg"
_LINE: Final = {
    "application_name": "menshen",
    "client_encoding": "utf8",  # else the driver gives bytes for text where the database has no encoding, and nobody can say so
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that vanished is noticed within half a minute; without these, the kernel waits for a quarter of an hour."""
_SESSION: Final = (
    "synchronous_commit=on",  # off says "committed" up to 0.6 s before it is on disk
    # Writers take turns: a machine that was unplugged within its turn must not keep it for the kernel's two hours.
    "idle_in_transaction_session_timeout='30s'",
    "tcp_keepalives_idle=10",
    "tcp_keepalives_interval=5",
    "tcp_keepalives_count=3",
    "lock_timeout='60s'",
)
_MIGRATING: Final = 0x6D656E73
"""Key of the advisory lock under which one process at a time migrates."""


def postgres_engine(address: URL) -> Engine:
    """Nothing is connected yet. Raises ImportError without the driver."""
    known = {name: value for name, value in _LINE.items() if name not in address.query}
    engine = create_engine(address.set(drivername=DRIVER), pool_pre_ping=True, connect_args=known)
    event.listen(engine, "connect", _prepare)
    return engine


def reading_of(engine: Engine) -> Engine:
    """Its transactions see one state: PostgreSQL's own level gives every statement another one."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writing_of(engine: Engine) -> Engine:
    """Its transactions wait for their turn (`feed`) and then see all that was committed before, whatever the server's level."""
    return engine.execution_options(isolation_level="READ COMMITTED")


def look_at_server(connection: Connection) -> None:
    """Raises LedgerError for a database that cannot hold Chinese; warns of a server that keeps nothing at a power cut."""
    encoding = _show(connection, "server_encoding")
    if encoding != "UTF8":
        raise LedgerError(
            f"the database's encoding is {encoding}",
            where="ledger.url",
            remedy="Make it with `createdb --encoding=UTF8 --template=template0`.",
        )
    for setting in ("fsync", "full_page_writes"):
        if _show(connection, setting) == "off":
            log.warning("PostgreSQL runs with %s = off: a power cut can lose what gates were told is safe", setting)


def wait_for_turn_to_migrate(connection: Connection) -> None:
    """Until the transaction ends, nobody else migrates: two that start together would both make the tables."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")


def _show(connection: Connection, setting: str) -> str:
    return str(connection.exec_driver_sql(f"SHOW {setting}").scalar_one())


def _prepare(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    for setting in _SESSION:
        connection.execute(f"SET {setting}")
    connection.autocommit = False

"""The ledger is brought to this version's schema when it is opened."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from cloud.store.database import Database, cannot_open, open_engine
from cloud.store.postgres import wait_for_turn_to_migrate

_SCRIPTS = Path(__file__).parent / "migrations"


def open_database(url: str) -> Database:
    """Open the ledger and migrate it. Raises LedgerError."""
    engine = open_engine(url)
    try:
        migrate(engine)
    except (SQLAlchemyError, CommandError, OSError) as failed:
        engine.dispose()
        raise cannot_open(url, failed) from failed
    return Database(engine)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run every migration this database has not had, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with engine.execution_options(menshen_write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            wait_for_turn_to_migrate(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

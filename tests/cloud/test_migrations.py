from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from cloud.store.migrate import open_database
from cloud.store.tables import METADATA


def test_the_migrations_make_the_tables_the_code_uses(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    database.close()


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    for _ in range(2):
        database = open_database(f"sqlite:///{tmp_path / 'ledger.db'}")
        with database.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM feed")).scalar_one() == 1
            assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        database.close()
    assert (tmp_path / "ledger.db").stat().st_mode & 0o077 == 0

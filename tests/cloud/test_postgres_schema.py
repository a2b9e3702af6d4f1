"""A ledger in PostgreSQL is opened, brought to this version's schema, or refused with words a person can use."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, insert, inspect, text

from cloud.store.database import Database, open_engine
from cloud.store.errors import LedgerError
from cloud.store.migrate import migrate, open_database
from cloud.store.tables import METADATA, event
from cloud.store.verifying import verify
from tests.cloud.messages import alert, visit
from tests.cloud.postgres import Server
from tests.cloud.released import make_ledger, released
from tests.cloud.rig import Rig


def assert_schema(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_migrations_make_the_tables_the_code_uses(postgres_server: Server) -> None:
    url = postgres_server.empty()
    for _ in range(2):
        database = open_database(url)
        assert_schema(database)
        with database.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM feed")).scalar_one() == 1
        database.close()


def test_programs_that_start_together_on_an_empty_database_make_one_ledger(postgres_server: Server) -> None:
    url = postgres_server.empty()
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_database(url), range(4)))
    assert_schema(opened[0])
    for database in opened:
        database.close()


@pytest.mark.parametrize("schema", released())
def test_a_ledger_of_an_older_version_keeps_its_rows_and_goes_on(postgres_server: Server, tmp_path: Path, schema: str) -> None:
    make_ledger(schema, tmp_path / "ledger.db")
    url = postgres_server.empty()
    engine = open_engine(url)
    migrate(engine, schema)
    rows = rows_of(tmp_path / "ledger.db")
    there = {table: {column["name"] for column in inspect(engine).get_columns(table)} for table in rows}
    with engine.begin() as connection:
        for begun in {"feed", "chain_head"} & set(rows):  # a new ledger has their only row
            connection.exec_driver_sql(f"DELETE FROM {begun}")
        for table in METADATA.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), [as_of(table, row, there[table.name]) for row in rows[table.name]])
    engine.dispose()
    rig = Rig(open_database(url))
    assert_schema(rig.database)
    kept = {name: len(found) for name, found in rows.items() if name != "chain"}  # older rows get links of their own
    assert {name: len(rig.rows(METADATA.tables[name])) for name in kept} == kept
    with rig.database.reading() as connection:
        assert verify(connection).faults == []
    before = len(rig.look().visits)
    rig.arrive(visit(1), visit(20, "v20"), alert(21, "recheck", subject="v20"))
    assert len(rig.rows(event)) == len(rows["event"]) + 2
    assert len(rig.look().visits) == before + 1
    rig.database.close()


def rows_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of an embedded ledger, by table, in the order they were made."""
    with closing(sqlite3.connect(path)) as ledger:
        ledger.row_factory = sqlite3.Row
        names = [name for (name,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = [name for name in names if name in METADATA.tables]
        return {name: [dict(row) for row in ledger.execute(f'SELECT * FROM "{name}" ORDER BY 1')] for name in kept}


def as_of(table: Any, row: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    """The row, without a number that the database gives by itself."""
    numbered = "number" in table.c and table.c.number.primary_key and table.c.number.autoincrement is True
    return {
        name: bool(value) if isinstance(table.c[name].type, Boolean) else value
        for name, value in row.items()
        if name in columns and not (numbered and name == "number")
    }


def test_without_the_driver_the_error_says_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"driver .* not installed.*menshen\[postgres\]") as told:
        open_database("postgresql://cloud:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(told.value)


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    with pytest.raises(LedgerError, match="Check that PostgreSQL runs") as told:
        open_database("postgresql+psycopg://cloud:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_a_database_that_cannot_hold_chinese_is_refused_before_anything_is_in_it(postgres_server: Server) -> None:
    url = postgres_server.empty("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(LedgerError, match=r"encoding is SQL_ASCII.*createdb --encoding=UTF8"):
        open_database(url)


def test_a_ledger_of_a_newer_version_is_refused(postgres_server: Server) -> None:
    url = postgres_server.ledger()
    postgres_server.tell("UPDATE alembic_version SET version_num = '9999'", url)
    with pytest.raises(LedgerError, match="this version or older"):
        open_database(url)

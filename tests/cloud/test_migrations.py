from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from cloud.store import migrations
from cloud.store.copying import sound_inventory
from cloud.store.migrate import open_database
from cloud.store.tables import METADATA
from cloud.store.verifying import verify
from tests.cloud.messages import visit
from tests.cloud.released import make_ledger, released
from tests.cloud.rig import Rig

REVISIONS = sorted(path.name[1:5] for path in Path(str(migrations.__file__)).parent.glob("versions/v*.py"))


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


def test_a_ledger_of_every_schema_but_the_one_in_the_making_is_kept_for_these_tests() -> None:
    assert released() in (REVISIONS, REVISIONS[:-1]), "run python -m tests.cloud.released at the released version"


@pytest.mark.parametrize("schema", released())
def test_a_ledger_of_an_older_version_keeps_its_rows_and_goes_on(tmp_path: Path, schema: str) -> None:
    make_ledger(schema, tmp_path / "ledger.db")
    before = sound_inventory(tmp_path / "ledger.db")
    rig = Rig.open(tmp_path / "ledger.db")
    after = sound_inventory(tmp_path / "ledger.db")
    assert (before.schema, after.schema) == (schema, REVISIONS[-1])
    kept = {table: rows for table, rows in before.rows.items() if table != "chain"}  # older rows get links of their own
    assert kept.items() <= after.rows.items()
    assert before.rows["event"] == 9
    with rig.database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert verify(connection).faults == []
    rig.arrive(visit(1), visit(20, "v20"))
    assert len(rig.look().visits) == before.rows["visit"] + 1
    rig.database.close()

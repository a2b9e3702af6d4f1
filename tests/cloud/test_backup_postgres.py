from __future__ import annotations

from pathlib import Path

import pytest

from cloud.store.backup_postgres import back_up, restore
from cloud.store.errors import LedgerError
from cloud.store.migrate import open_database
from tests.cloud.messages import alert, visit
from tests.cloud.postgres import Server
from tests.cloud.rig import Rig


def test_a_ledger_in_postgresql_is_dumped_and_put_back_with_what_was_there_kept_aside(
    tmp_path: Path, postgres_server: Server
) -> None:
    url = postgres_server.empty()
    rig = Rig(open_database(url))
    rig.arrive(visit(1), alert(2), alert(3, "recheck", subject="v1"))
    shown = rig.look()
    held = back_up(url, tmp_path / "ledger.dump")
    assert (held.rows["event"], held.used) == (3, True)
    assert (tmp_path / "ledger.dump").stat().st_mode & 0o777 == 0o600
    rig.arrive(visit(4, "v4"))
    with pytest.raises(LedgerError, match="Say --replace"):
        restore(url, tmp_path / "ledger.dump", tmp_path / "aside.dump", replace=False)
    with pytest.raises(LedgerError, match="Stop every cloud"):
        restore(url, tmp_path / "ledger.dump", tmp_path / "aside.dump", replace=True)
    rig.database.close()
    done = restore(url, tmp_path / "ledger.dump", tmp_path / "aside.dump", replace=True)
    assert done.now.rows == held.rows
    again = Rig(open_database(url))
    assert again.look().model_dump(exclude={"server_time"}) == shown.model_dump(exclude={"server_time"})
    again.arrive(visit(5, "v5"))
    again.database.close()
    assert restore(url, tmp_path / "aside.dump", tmp_path / "aside2.dump", replace=True).now.rows["event"] == 4

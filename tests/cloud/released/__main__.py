"""Write the newest schema's ledger."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from cloud.access.accounts import change_password
from contract.verdicts import Verdict
from tests.cloud.messages import START_MS, alert, health, sensor, state, visit
from tests.cloud.released import FOLDER
from tests.cloud.rig import Rig


def fill(rig: Rig) -> None:
    """Something in every table that a worker writes."""
    rig.arrive(visit(1), visit(2, revision=1, verdict=Verdict.FIX_MASK), visit(3, "v2", verdict=Verdict.RECHECK))
    rig.arrive(alert(4, "recheck", subject="v2"), alert(5), alert(6, state="returned"), health(7), sensor(8, [412.0, None]))
    rig.arrive(visit(1, "v9", gate="gate-2"))
    rig.arrive_state(state(online=True))
    rig.arrive_state(state(online=False), "gate-2")
    rig.put(("menshen/v1/gate-1/visit", b"{", None), ("menshen/v1/gate-1/alert", b"not JSON", "gate-1:i1:9"))
    change_password(rig.database, "admin", "correct horse", START_MS)


def text_of(path: Path) -> str:
    """The ledger as SQL, without anybody's password."""
    with closing(sqlite3.connect(path)) as ledger, ledger:
        ledger.execute("UPDATE account SET password_hash = '$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA'")
        ledger.execute("INSERT INTO session (token_sha256, user, expires_ms) VALUES ('ab12', 'admin', 1764000000000)")
        return "\n".join(ledger.iterdump()) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rig = Rig.open(Path(folder) / "ledger.db")
        fill(rig)
        rig.database.close()
        with closing(sqlite3.connect(Path(folder) / "ledger.db")) as ledger:
            schema = ledger.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        (FOLDER / f"{schema}.sql").write_text(text_of(Path(folder) / "ledger.db"), encoding="utf-8")


main()

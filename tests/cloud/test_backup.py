from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cloud.commands import app
from cloud.store.backup import back_up, restore
from cloud.store.copying import sound_inventory
from cloud.store.errors import LedgerError
from tests.cloud.messages import alert, visit
from tests.cloud.released import make_ledger
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def seqs_in(path: Path) -> set[int]:
    with closing(sqlite3.connect(path)) as ledger:
        return {seq for (seq,) in ledger.execute("SELECT seq FROM event")}


def test_a_backup_made_while_a_worker_writes_is_one_moment_of_the_ledger(rig: Rig, tmp_path: Path) -> None:
    rig.arrive(*(visit(seq, f"v{seq}") for seq in range(1, 500)))
    committed, done = [499], threading.Event()

    def write() -> None:
        while not done.is_set():
            first = committed[-1] + 1
            rig.arrive(*(visit(seq, f"v{seq}") for seq in range(first, first + 20)))
            committed.append(first + 19)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for round_ in range(5):
            before = committed[-1]
            held = back_up(url_of(tmp_path / "ledger.db"), tmp_path / f"{round_}.db")
            kept = seqs_in(tmp_path / f"{round_}.db")
            assert set(range(1, before + 1)) <= kept
            assert kept == set(range(1, max(kept) + 1))
            assert max(kept) in committed, "a batch is in the backup as a whole or not at all"
            assert held.rows["visit"] == held.rows["visit_revision"] == held.rows["series_outbox"] == len(kept)
    finally:
        done.set()
        writer.join()
    assert len(committed) > 5, "the writer was not held up"


def test_a_restored_ledger_holds_what_the_backup_held_and_the_worker_goes_on_in_it(rig: Rig, tmp_path: Path) -> None:
    rig.arrive(visit(1), alert(2), alert(3, "recheck", subject="v1"))
    shown = rig.look()
    back_up(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db")
    rig.arrive(visit(4, "v4"))
    rig.database.close()
    done = restore(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db", tmp_path / "aside.db", replace=True)
    assert seqs_in(tmp_path / "aside.db") == {1, 2, 3, 4}
    again = Rig.open(tmp_path / "ledger.db")
    assert again.look().model_dump(exclude={"server_time"}) == shown.model_dump(exclude={"server_time"})
    assert done.now.rows == sound_inventory(tmp_path / "backup.db").rows
    again.arrive(visit(4, "v4"))
    assert again.bus.told[-1] == ("gate-1", "i1", 4)
    again.database.close()


def test_a_backup_is_for_its_owner_s_eyes_and_one_file_and_replaces_the_last_one_whole(rig: Rig, tmp_path: Path) -> None:
    out = tmp_path / "kept" / "backup.db"
    out.parent.mkdir()
    for seq in (1, 2):
        rig.arrive(visit(seq, f"v{seq}"))
        back_up(url_of(tmp_path / "ledger.db"), out)
    assert seqs_in(out) == {1, 2}
    assert list(out.parent.iterdir()) == [out]
    assert out.stat().st_mode & 0o777 == 0o600
    (tmp_path / "broken.db").write_bytes(b"no database" * 1000)
    with pytest.raises(LedgerError):
        back_up(url_of(tmp_path / "broken.db"), out)
    assert seqs_in(out) == {1, 2}
    assert list(out.parent.iterdir()) == [out]


def test_a_ledger_is_not_its_own_backup(rig: Rig, tmp_path: Path) -> None:
    rig.arrive(visit(1))
    with pytest.raises(LedgerError, match="the ledger itself"):
        back_up(url_of(tmp_path / "ledger.db"), tmp_path / "ledger.db")


def test_a_place_that_takes_no_file_is_said(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for out in (tmp_path / "folder", tmp_path / "nowhere" / "backup.db"):
        with pytest.raises(LedgerError):
            back_up(url_of(tmp_path / "ledger.db"), out)
    assert not list(tmp_path.glob(".*partial*"))


def test_a_running_cloud_keeps_its_ledger(rig: Rig, tmp_path: Path) -> None:
    rig.arrive(visit(1))
    back_up(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db")
    with pytest.raises(LedgerError, match="Stop the cloud first"):
        restore(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db", tmp_path / "aside.db", replace=True)
    rig.arrive(visit(2, "v2"))
    assert seqs_in(tmp_path / "ledger.db") == {1, 2}


def test_an_older_backup_is_brought_to_this_schema_and_its_sessions_end(tmp_path: Path) -> None:
    make_ledger("0001", tmp_path / "old.db")
    done = restore(url_of(tmp_path / "ledger.db"), tmp_path / "old.db", tmp_path / "aside.db", replace=False)
    assert (done.found.schema, done.aside) == ("0001", None)
    assert (done.found.rows["session"], done.now.rows["session"]) == (1, 0)
    kept = {name: count for name, count in done.found.rows.items() if name != "session"}
    assert kept.items() <= done.now.rows.items()


@pytest.mark.parametrize("fault", ["newer", "torn", "no ledger"])
def test_a_backup_that_will_not_do_changes_nothing(rig: Rig, tmp_path: Path, fault: str) -> None:
    rig.arrive(*(visit(seq, f"v{seq}") for seq in range(1, 200)))
    bad = tmp_path / "bad.db"
    back_up(url_of(tmp_path / "ledger.db"), bad)
    rig.database.close()
    with closing(sqlite3.connect(bad)) as backup, backup:
        if fault == "newer":
            backup.execute("UPDATE alembic_version SET version_num = '9999'")
        elif fault == "no ledger":
            backup.execute("DROP TABLE alembic_version")
    if fault == "torn":
        whole = bad.read_bytes()
        bad.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    before = (tmp_path / "ledger.db").read_bytes()
    with pytest.raises(LedgerError):
        restore(url_of(tmp_path / "ledger.db"), bad, tmp_path / "aside.db", replace=True)
    assert (tmp_path / "ledger.db").read_bytes()[100:] == before[100:]
    assert not (tmp_path / "aside.db").exists()
    assert not list(tmp_path.glob(".*partial*"))


def test_a_damaged_ledger_is_replaced_and_kept_with_its_log(rig: Rig, tmp_path: Path) -> None:
    rig.arrive(visit(1))
    back_up(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db")
    rig.database.close()
    (tmp_path / "ledger.db").write_bytes(b"worn out " * 4000)
    (tmp_path / "ledger.db-wal").write_bytes(b"log")
    with pytest.raises(LedgerError, match="--replace"):
        restore(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db", tmp_path / "aside.db", replace=False)
    restore(url_of(tmp_path / "ledger.db"), tmp_path / "backup.db", tmp_path / "aside.db", replace=True)
    assert (tmp_path / "aside.db").read_bytes().startswith(b"worn out")
    assert not (tmp_path / "ledger.db-wal").exists()
    assert seqs_in(tmp_path / "ledger.db") == {1}


def test_the_commands_say_what_they_did_and_refuse_with_what_to_do(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, 9)
    make_ledger("0001", tmp_path / "ledger.db")
    said = said_by("backup", settings, "--out", tmp_path / "b.db")
    assert "9 events, 3 visits and 1 cases of 2 gates" in said
    with pytest.raises(LedgerError, match="Say --replace"):
        said_by("restore", settings, "--from", tmp_path / "b.db")
    assert "is kept as" in said_by("restore", settings, "--from", tmp_path / "b.db", "--replace")
    assert len(list(tmp_path.glob("ledger.db.replaced-*"))) == 1


def test_a_ledger_in_postgresql_without_its_programs_is_said_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = write_settings(tmp_path, 9)
    ledger = next(line for line in settings.read_text().splitlines() if line.startswith("url"))
    settings.write_text(settings.read_text().replace(ledger, 'url = "postgresql+psycopg://menshen:secret@127.0.0.1:1/menshen"'))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LedgerError, match="apt install postgresql-client") as refused:
        said_by("backup", settings, "--out", tmp_path / "b.dump")
    assert "secret" not in str(refused.value)


def said_by(*arguments: str | Path) -> str:
    """What a command prints. Raises what it would be refused with."""
    ended = CliRunner().invoke(app, [*map(str, arguments)])
    if ended.exception:
        raise ended.exception
    return ended.output

"""What has had its time goes, out of every row, file and copy; a clock of the test's own says when."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cloud.commands import app as cloud
from cloud.ledger.casework import CaseOutcome, Step
from cloud.periods import RetentionSettings
from cloud.retention.files import BACKUP, backup_name, forget_copies
from cloud.retention.worker import Retention
from cloud.store.accounts import note
from cloud.store.casework import Entry, add_entry, close_case
from cloud.store.feed import Feed
from cloud.store.sessions import open_session
from cloud.store.tables import audit, case_entry, dead_letter, event, recheck_case, session
from cloud.store.tables import visit as visits
from cloud.store.verifying import verify
from contract.verdicts import Verdict
from tests.cloud.messages import START, START_MS, alert, visit
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings

DAY_S = 86_400
BADGE, PASS = "badge-of-one-person", "pass-of-another"
READING = {
    "raw_c": 33.13,
    "corrected_c": 35.77,
    "core_c": 38.417,
    "uncertainty_c": 0.4,
    "region": "forehead",
    "samples": 9,
    "reference_seen": True,
}


def later(rig: Rig, days: float) -> None:
    rig.now_ms = START_MS + round(days * DAY_S * 1000)


def sweep(rig: Rig, folder: Path | None = None, **keep: int) -> dict[str, int]:
    ledger = None if folder is None else folder / "ledger.db"
    return Retention(rig.database, RetentionSettings.model_validate(keep), lambda: rig.now_ms, ledger).round()


def whole(rig: Rig) -> bool:
    with rig.database.reading() as connection:
        return verify(connection).faults == []


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def filled(rig: Rig) -> None:
    """A member of staff, a visitor with a pass, and a case of somebody hot."""
    rig.arrive(
        visit(1, "v1", seen={"badge": BADGE, "reading": READING}),
        visit(2, "v2", seen={"visitor_pass": PASS, "core_bin_c": 36.5}),
        visit(3, "v3", verdict=Verdict.RECHECK, seen={"reading": READING}),
        alert(4, "recheck", subject="v3"),
        alert(5, "colour_camera"),
    )


@either_ledger
def test_after_thirty_days_a_visit_says_no_more_who_it_was_and_what_was_measured(rig: Rig, ledger: str, tmp_path: Path) -> None:
    filled(rig)
    later(rig, 29.9)
    assert sweep(rig) == {}
    later(rig, 30.1)
    assert sweep(rig) == {"visits": 2}
    assert rig.rows(visits, "visit", "verdict", "badge", "visitor_pass", "reading", "core_bin_c")[:2] == [
        ("v1", "pass", None, None, None, None),
        ("v2", "pass", None, None, None, None),
    ]
    assert sweep(rig) == {}, "once is enough"
    assert whole(rig)
    assert [row for row in rig.rows(audit, "user", "action", "detail") if row[1] == "retention"] == [
        ("menshen", "retention", "2 visits")
    ]
    if ledger.startswith("sqlite"):
        left = on_disk(tmp_path)
        assert BADGE.encode() not in left
        assert PASS.encode() not in left
        assert b"colour_camera 5" in left, "the equipment's alerts are about nobody"


@either_ledger
def test_a_visit_with_a_case_is_kept_until_thirty_days_after_the_case_is_closed(rig: Rig) -> None:
    filled(rig)
    with rig.database.writing() as connection, Feed(connection) as feed:
        add_entry(connection, feed, 1, Entry(0, START_MS, "mei", Step.FOLLOW_UP, {"text": "coughs since Monday"}))
    later(rig, 300)
    sweep(rig)
    assert rig.rows(recheck_case, "detail")[0] == ("recheck 4",), "nobody has closed it"
    with rig.database.writing() as connection, Feed(connection) as feed:
        close_case(connection, feed, 1, CaseOutcome.FALSE_ALARM, "drank hot tea", rig.now_ms)
    later(rig, 329.9)
    assert sweep(rig) == {}
    later(rig, 330.1)
    assert sweep(rig) == {"cases": 1}
    assert rig.rows(recheck_case, "detail", "reading", "outcome", "outcome_why") == [("", None, "false_alarm", None)]
    assert rig.rows(case_entry, "user", "body") == [("mei", "{}")]
    assert [row for row in rig.rows(visits, "visit", "reading") if row[0] == "v3"] == [("v3", None)]
    assert [json.loads(row[0])["detail"] for row in rig.rows(event, "data") if '"subject":"v3"' in row[0]] == [""]
    assert sweep(rig) == {}
    assert whole(rig)


def test_what_comes_late_of_a_visit_that_had_its_time_goes_at_the_next_sweep(rig: Rig) -> None:
    filled(rig)
    later(rig, 31)
    sweep(rig)
    rig.arrive(visit(9, "v1", revision=1, seen={"badge": BADGE}))
    assert rig.rows(visits, "visit", "badge")[0] == ("v1", BADGE)
    assert sweep(rig) == {"visits": 1}
    assert rig.rows(visits, "visit", "badge")[0] == ("v1", None)


def test_staff_and_visitors_have_times_of_their_own(rig: Rig) -> None:
    filled(rig)
    later(rig, 8)
    assert sweep(rig, staff_days=7) == {"visits": 1}
    assert [row[0] for row in rig.rows(visits, "visit", "badge", "core_bin_c") if row[2] is not None] == ["v2"]


def test_more_than_one_turn_of_visits_goes_in_one_sweep(rig: Rig) -> None:
    rig.arrive(*(visit(number, f"v{number}", seen={"badge": BADGE}) for number in range(1, 1102)))
    later(rig, 31)
    assert sweep(rig) == {"visits": 1101}
    assert {row[0] for row in rig.rows(visits, "badge")} == {None}


def test_letters_sessions_and_details_of_the_audit_go_in_their_time(rig: Rig) -> None:
    rig.put(("menshen/v1/gate-1/visit", b"{somebody's temperature", None))
    with rig.database.writing() as connection:
        open_session(connection, "mei", "token", rig.now_ms + 1000, rig.now_ms, "10.1.2.3")
        note(connection, "mei", "open", "gate-1", rig.now_ms, "asked by telephone")
    assert sweep(rig) == {}
    later(rig, 31)
    assert sweep(rig) == {"dead letters": 1, "sessions": 1}
    assert rig.rows(dead_letter, "number") == rig.rows(session, "user") == []
    later(rig, 3 * 365 + 1)
    assert sweep(rig) == {"audit details": 1}
    assert ("mei", "open", "gate-1", "") in rig.rows(audit, "user", "action", "subject", "detail")
    assert whole(rig)


def test_copies_in_files_go_and_nothing_else_does(rig: Rig, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    strange = ["ledger.backup", "ledger-20261131T080000Z.backup", "else-20250101T080000Z.backup", "notes.txt"]
    for name in (*strange, backup_name(START_MS), backup_name(START_MS + 20 * DAY_S * 1000)):
        (kept / name).write_text("x")
    gone = forget_copies(kept, BACKUP, START_MS + 31 * DAY_S * 1000, 30)
    assert [path.name for path in gone] == [backup_name(START_MS)]
    assert sorted(path.name for path in kept.iterdir()) == sorted([*strange, backup_name(START_MS + 20 * DAY_S * 1000)])
    (tmp_path / f"ledger.db.replaced-{START_MS}").write_text("no date")
    for name in ("ledger.db.replaced-20261121T080000Z", "ledger.db.replaced-20261121T080000Z-wal"):
        (tmp_path / name).write_text("x")
    later(rig, 31)
    assert sweep(rig, tmp_path) == {"replaced ledgers": 2}


def test_a_backup_is_swept_when_it_is_put_back(rig: Rig, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The clock is the machine's own: the visit of this test is long ago for it."""
    long_ago = START - timedelta(days=400)
    rig.now_ms = START_MS - 400 * DAY_S * 1000
    rig.arrive(visit(1, seen={"badge": BADGE}, at=long_ago, mono_ms=0))
    settings, kept = write_settings(tmp_path, 1), tmp_path / "kept"
    kept.mkdir()
    cloud(["backup", str(settings), "--out", str(kept)], standalone_mode=False)
    rig.database.close()
    [backup] = kept.iterdir()
    cloud(["restore", str(settings), "--from", str(backup), "--replace"], standalone_mode=False)
    assert "went: 1 visits" in capsys.readouterr().out
    assert BADGE.encode() not in (tmp_path / "ledger.db").read_bytes()

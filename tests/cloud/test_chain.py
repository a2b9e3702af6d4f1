"""The chain over the ledger: whatever is changed, taken away or slipped in is found; who is erased leaves it whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from cloud.commands import app as cloud
from cloud.ledger.casework import Step
from cloud.ledger.chain import digest, link
from cloud.store.casework import Entry, add_entry
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.sealed_tables import SEALED
from cloud.store.tables import alarm_move, audit, case_entry, chain, chain_head, event, recheck_case
from cloud.store.tables import visit as visits
from cloud.store.verifying import Head, Verified, head_of, verify
from contract.console import REFUSED
from contract.errors import SettingsError
from contract.verdicts import Verdict
from tests.cloud.messages import START_MS, alert, health, visit
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings

BADGE = "badge-4711"


def filled(rig: Rig) -> Head:
    """Nine events and an alarm's moves under four links. Returns the third."""
    rig.arrive(visit(1), visit(2, "v2", verdict=Verdict.RECHECK, seen={"badge": BADGE}), alert(3, "recheck", subject="v2"))
    rig.arrive(alert(4), health(5))
    rig.arrive(alert(6, state="returned"), visit(7, "v7"))
    with rig.database.reading() as connection:
        third = head_of(connection)
    rig.arrive(visit(8, "v8"), visit(2, "v2", gate="gate-2"))
    return third


def looked_into(rig: Rig, known: Head | None = None) -> Verified:
    with rig.database.reading() as connection:
        return verify(connection, known)


@either_ledger
def test_every_event_and_every_move_of_an_alarm_stands_under_the_chain(rig: Rig) -> None:
    third = filled(rig)
    found = looked_into(rig, third)
    assert found.faults == []
    assert found.rows == len(rig.rows(event)) + len(rig.rows(alarm_move)) == 9 + 2
    assert (found.head.number, found.erased) == (4, 0)
    assert Head.of(found.head.text) == found.head


@either_ledger
def test_what_arrives_twice_is_counted_once(rig: Rig) -> None:
    rig.arrive(visit(1))
    rig.arrive(visit(1), visit(1), visit(2, "v2"))
    assert looked_into(rig).rows == 2


def other_time(connection: Connection) -> None:
    connection.execute(update(event).where(event.c.seq == 1).values(received_ms=1))


def other_verdict(connection: Connection) -> None:
    one = (event.c.seq == 2, event.c.gate == "gate-1")
    data = connection.execute(select(event.c.data).where(*one)).scalar_one()
    connection.execute(update(event).where(*one).values(data=data.replace('"recheck"', '"pass"')))


def one_gone(connection: Connection) -> None:
    connection.execute(delete(event).where(event.c.seq == 5))


def one_more(connection: Connection) -> None:
    row = dict(connection.execute(select(event).where(event.c.seq == 1)).mappings().one())
    connection.execute(insert(event).values(**{**row, "seq": 99}))


def one_more_without_a_link(connection: Connection) -> None:
    row = dict(connection.execute(select(event).where(event.c.seq == 1)).mappings().one())
    connection.execute(insert(event).values(**{**row, "seq": 99, "seal": None}))


def two_swapped(connection: Connection) -> None:
    seals = {seq: connection.execute(select(event.c.seal).where(event.c.seq == seq)).scalar_one() for seq in (1, 8)}
    for seq, other in ((1, 8), (8, 1)):
        connection.execute(update(event).where(event.c.seq == seq).values(seal=seals[other]))


def a_move_by_somebody_else(connection: Connection) -> None:
    connection.execute(update(alarm_move).values(user="somebody"))


def a_link_gone(connection: Connection) -> None:
    seal = connection.execute(select(chain.c.seal).where(chain.c.number == 2)).scalar_one()
    for one in SEALED.values():
        connection.execute(delete(one.table).where(one.table.c.seal == seal))
    connection.execute(delete(chain).where(chain.c.number == 2))


def a_link_made_to_fit_its_rows(connection: Connection) -> None:
    """A row is gone, and who took it has reckoned its link anew, but not the ones that follow."""
    one_gone(connection)
    previous = connection.execute(select(chain.c.link).where(chain.c.number == 1)).scalar_one()
    of_rows = digest([])
    values = {"rows": 0, "digest": of_rows, "link": link(previous, 2, 0, of_rows)}
    seal = connection.execute(select(chain.c.seal).where(chain.c.number == 2)).scalar_one()
    for one in SEALED.values():
        connection.execute(delete(one.table).where(one.table.c.seal == seal))
    connection.execute(update(chain).where(chain.c.number == 2).values(**values))


def an_erasing_that_changes_the_time(connection: Connection) -> None:
    with Feed(connection) as feed:
        erase_person(connection, feed, START_MS, badge=BADGE)
    connection.execute(update(event).where(event.c.seq == 2, event.c.gate == "gate-1").values(time_ms=START_MS + 1))


@pytest.mark.parametrize(
    "tamper",
    [
        other_time,
        other_verdict,
        one_gone,
        one_more,
        one_more_without_a_link,
        two_swapped,
        a_move_by_somebody_else,
        a_link_gone,
        a_link_made_to_fit_its_rows,
        an_erasing_that_changes_the_time,
    ],
)
def test_whoever_changes_takes_away_or_slips_in_is_found_out(rig: Rig, tamper: Callable[[Connection], None]) -> None:
    filled(rig)
    with rig.database.writing() as connection:
        tamper(connection)
    assert looked_into(rig).faults


def test_an_end_that_was_cut_off_with_everything_about_it_is_found_by_a_head_that_was_kept(rig: Rig) -> None:
    filled(rig)
    with rig.database.writing() as connection:
        kept = head_of(connection)
        seal = connection.execute(select(chain.c.seal).where(chain.c.number == 4)).scalar_one()
        for one in SEALED.values():
            connection.execute(delete(one.table).where(one.table.c.seal == seal))
        connection.execute(delete(chain).where(chain.c.number == 4))
        connection.execute(
            update(chain_head).values(number=3, link=select(chain.c.link).where(chain.c.number == 3).scalar_subquery())
        )
    assert looked_into(rig).faults == [], "nobody who has only the ledger can see it"
    assert "cut off" in looked_into(rig, kept).faults[0]


def test_a_chain_that_was_written_anew_is_found_by_a_head_that_was_kept(rig: Rig) -> None:
    third = filled(rig)
    assert looked_into(rig, Head(third.number, bytes(32))).faults


@either_ledger
def test_a_person_is_erased_everywhere_and_the_chain_is_whole(rig: Rig, ledger: str, tmp_path: Path) -> None:
    """L1: an edit is a new revision; the chain verifies, also after a person was erased."""
    filled(rig)
    rig.arrive(alert(20, "recheck", state="returned", subject="v2"))
    rig.arrive(visit(21, "v2", revision=1, verdict=Verdict.RECHECK, seen={"badge": BADGE}))
    with rig.database.writing() as connection, Feed(connection) as feed:
        add_entry(connection, feed, 1, Entry(0, START_MS, "mei", Step.FOLLOW_UP, {"text": f"belongs to {BADGE}"}))
    with rig.database.writing() as connection, Feed(connection) as feed:
        assert erase_person(connection, feed, START_MS, badge=BADGE) == 1
        assert erase_person(connection, feed, START_MS, badge=BADGE) == 0
    found = looked_into(rig)
    assert found.faults == []
    assert found.erased == 5, "both revisions, the alert, its return, and what was entered in the case"
    assert rig.rows(case_entry, "user", "step", "body") == [("mei", "follow_up", "{}")]
    assert [
        row for row in rig.rows(visits, "visit", "badge", "reading", "verdict") if row[0] == "v2" and row[3] == "recheck"
    ] == [("v2", None, None, "recheck")]
    assert rig.rows(recheck_case, "visit", "detail", "reading") == [("v2", "", None)]
    if ledger.startswith("sqlite"):
        with rig.database.reading() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        rig.database.close()
        left = b"".join(path.read_bytes() for path in tmp_path.glob("ledger.db*"))
        assert BADGE.encode() not in left, "the file was written over, not only marked free"


def test_a_screen_hears_that_a_person_was_erased(rig: Rig) -> None:
    filled(rig)
    before = rig.look()
    with rig.database.writing() as connection, Feed(connection) as feed:
        erase_person(connection, feed, START_MS, badge=BADGE)
    after = {one.visit: one for one in rig.look().visits if one.gate == "gate-1"}
    assert {one.visit: one.badge for one in before.visits if one.gate == "gate-1"}["v2"] == BADGE
    assert after["v2"].badge is None


def test_the_commands_say_what_is_found_and_erase_a_person(rig: Rig, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    third = filled(rig)
    settings = write_settings(tmp_path, 1)

    def said(*words: str) -> str:
        cloud([words[0], str(settings), *words[1:]], standalone_mode=False)
        return capsys.readouterr().out

    assert "11 rows are as they were written." in said("verify", "--head", third.text)
    assert said("erase", "--badge", BADGE).startswith("1 visits say no more who it was")
    with rig.database.reading() as connection:
        newest = head_of(connection)
    assert f"2 of them without their content, which was erased.\nThe chain ends at {newest.text}" in said("verify")
    assert [BADGE in str(row) for row in rig.rows(audit)] == [False]
    with pytest.raises(SettingsError, match="no head of a chain"):
        said("verify", "--head", "3:abc")
    with rig.database.writing() as connection:
        one_gone(connection)
    assert cloud(["verify", str(settings)], standalone_mode=False) == REFUSED
    assert "rows were written" in capsys.readouterr().err

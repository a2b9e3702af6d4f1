"""Events of sensors and equipment go when their time is over, and the chain still proves what went and what did not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from cloud.ledger.evidence import Evidence
from cloud.ledger.removals import joined, within
from cloud.periods import RetentionSettings
from cloud.retention.worker import Retention
from cloud.store.backup import back_up, restore
from cloud.store.evidence import evidence
from cloud.store.migrate import open_database
from cloud.store.removed import removals_of
from cloud.store.tables import data_gap, event, removal, removed_link, removed_run, series_outbox
from cloud.store.verifying import Verified, verify
from tests.cloud.messages import START_MS, alert, health, sensor, visit
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.server import Served

DAY_MS = 86_400_000


def sweep_after(rig: Rig, days: float) -> dict[str, int]:
    rig.now_ms = START_MS + 500 + round(days * DAY_MS)
    return Retention(rig.database, RetentionSettings(visitors_days=3660), lambda: rig.now_ms).round()


def series_has_all(rig: Rig) -> None:
    with rig.database.writing() as connection:
        connection.execute(delete(series_outbox))


def looked_through(rig: Rig) -> Verified:
    with rig.database.reading() as connection:
        return verify(connection)


def kinds(rig: Rig) -> list[tuple[int, str]]:
    return sorted((row[0], row[1]) for row in rig.rows(event, "seq", "kind"))


@either_ledger
def test_what_equipment_said_goes_after_its_period_and_the_chain_holds(rig: Rig) -> None:
    rig.arrive(visit(1), sensor(2, [412.0]), alert(3), alert(4, "recheck", subject="v1"))
    rig.arrive(sensor(5, [413.0, None]), health(6))
    series_has_all(rig)
    assert sweep_after(rig, 29.9) == {}
    assert sweep_after(rig, 30.1) == {"sensor events": 2, "health events": 1}
    assert kinds(rig) == [(1, "visit"), (3, "alert"), (4, "alert")]
    found = looked_through(rig)
    assert (found.faults, found.removed) == ([], 3)
    assert [row[0] is None for row in sorted(rig.rows(removed_link, "commitments", "number"), key=lambda row: row[1])] == [
        False,
        True,
    ], "of the second link no row is left"
    assert sweep_after(rig, 365.1) == {"equipment alerts": 1}
    assert kinds(rig) == [(1, "visit"), (4, "alert")], "an alert about a person has no such period"
    found = looked_through(rig)
    assert (found.faults, found.removed) == ([], 4)
    with rig.database.reading() as connection:
        told = [(one.kind, one.days, one.rows) for one in removals_of(connection)]
        lines = list(evidence(connection, rig.now_ms, contents=True))
    assert told == [("alert", 365, 1), ("health", 30, 1), ("sensor", 30, 2)]
    shown = Evidence().look(lines)
    assert (shown.faults, shown.removed, shown.recorded) == ([], 4, 4)


@either_ledger
def test_what_went_and_comes_again_is_answered_and_not_stored(rig: Rig) -> None:
    rig.arrive(sensor(1, [400.0]), sensor(2, [401.0]), visit(3), sensor(4, [402.0]))
    series_has_all(rig)
    sweep_after(rig, 31)
    assert sorted(rig.rows(removed_run, "first", "last")) == [(1, 2), (4, 4)]
    rig.bus.told.clear()
    rig.arrive(sensor(2, [401.0]), sensor(4, [402.0]), sensor(5, [403.0]), visit(3))
    assert kinds(rig) == [(3, "visit"), (5, "sensor")]
    assert sorted(seq for _, _, seq in rig.bus.told) == [2, 3, 4, 5], "or the gate would send them for ever"
    assert looked_through(rig).faults == []


@pytest.mark.parametrize(("sent", "gaps"), [((1, 2, 3), []), ((1, 3), [(2, 2)])])
@either_ledger
def test_what_went_is_no_gap_and_what_never_came_is_one(rig: Rig, sent: tuple[int, ...], gaps: list[tuple[int, int]]) -> None:
    rig.arrive(*(sensor(seq, [400.0]) for seq in sent))
    series_has_all(rig)
    assert sweep_after(rig, 31) == {"sensor events": len(sent)}
    rig.arrive(health(4, oldest_unacked=None, last_seq=4))
    rig.arrive(health(5, oldest_unacked=None, last_seq=5))
    assert rig.rows(data_gap, "first", "last") == gaps


def test_what_the_series_still_wait_for_stays(rig: Rig) -> None:
    rig.arrive(sensor(1, [400.0]))
    assert sweep_after(rig, 31) == {}
    series_has_all(rig)
    assert sweep_after(rig, 31) == {"sensor events": 1}


def test_more_than_one_turn_goes_in_one_sweep_and_is_one_run(rig: Rig) -> None:
    for begin in range(1, 1300, 100):
        rig.arrive(*(sensor(seq, [400.0]) for seq in range(begin, begin + 100)))
    series_has_all(rig)
    assert sweep_after(rig, 31) == {"sensor events": 1300}
    assert rig.rows(removed_run, "first", "last") == [(1, 1300)]
    assert {row[0] for row in rig.rows(removed_link, "commitments")} == {None}
    assert looked_through(rig).faults == []


@either_ledger
def test_a_row_that_goes_by_another_way_is_still_missed(rig: Rig) -> None:
    rig.arrive(sensor(1, [400.0]), visit(2))
    series_has_all(rig)
    sweep_after(rig, 31)
    with rig.database.writing() as connection:
        connection.execute(delete(event).where(event.c.kind == "visit"))
    assert len(looked_through(rig).faults) == 1
    with rig.database.writing() as connection:
        connection.execute(update(removed_link).values(rows=2, commitments=None))
    assert ["removals tell of 1" in fault for fault in looked_through(rig).faults] == [True]


def test_a_removal_that_is_changed_or_taken_away_breaks_the_chain(rig: Rig) -> None:
    rig.arrive(sensor(1, [400.0]))
    series_has_all(rig)
    sweep_after(rig, 31)
    with rig.database.writing() as connection:
        connection.execute(update(removal).values(rows=2))
    assert len(looked_through(rig).faults) == 2
    with rig.database.writing() as connection:
        connection.execute(delete(removal))
    assert len(looked_through(rig).faults) == 2


def test_a_backup_from_before_is_put_back_and_swept_again(rig: Rig, tmp_path: Path) -> None:
    rig.arrive(sensor(1, [400.0]), visit(2))
    series_has_all(rig)
    before, after, ledger = tmp_path / "before.backup", tmp_path / "after.backup", f"sqlite:///{tmp_path / 'ledger.db'}"
    back_up(ledger, before)
    sweep_after(rig, 31)
    back_up(ledger, after)
    for file, there, swept in ((after, 1, {}), (before, 2, {"sensor events": 1})):
        other = f"sqlite:///{tmp_path / file.stem}.db"
        restore(other, file, tmp_path / "aside", replace=False)
        again = Rig(open_database(other))
        assert len(kinds(again)) == there
        assert sweep_after(again, 31) == swept
        assert (kinds(again), looked_through(again).faults) == ([(2, "visit")], [])
        again.database.close()


def test_runs_that_touch_are_one() -> None:
    runs = joined([(7, 9), (1, 2), (3, 3), (8, 12)])
    assert runs == [(1, 3), (7, 12)]
    assert [seq for seq in range(15) if within(seq, runs)] == [1, 2, 3, 7, 8, 9, 10, 11, 12]


def test_the_look_at_the_newest_links_says_how_many_rows_went(served: Served) -> None:
    served.rig.arrive(visit(1), sensor(2, [412.0]))
    served.rig.arrive(sensor(3, [413.0]))
    series_has_all(served.rig)
    sweep_after(served.rig, 31)
    with served.client() as client:
        found = client.get("/api/chain/check").json()
    assert (found["removed"], found["faults"]) == (2, [])

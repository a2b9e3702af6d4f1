"""Bins and dispensers through the ingest and the API, on a real ledger, with a clock that the tests set."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlalchemy import event as sqlalchemy_event

from cloud.escalation.words import letter, subject_line
from cloud.ledger.contacts import Channel
from cloud.ledger.facility.levels import LevelRules
from cloud.ledger.reporting.schedule import Schedule
from cloud.ledger.retention import Horizons
from cloud.periods import RetentionSettings
from cloud.reports.levels import LevelsOf
from cloud.reports.worker import Reporter
from cloud.store.facility.level_book import forget_levels
from cloud.store.facility.levels_due import DueLevels
from cloud.store.feed import Feed
from cloud.store.notices import ToSend
from cloud.store.sites import place_gate
from cloud.store.tables import audit, level_entry
from cloud.store.verifying import verify
from contract.messages.sensor import SensorData, SensorReading
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.postgres import either_ledger
from tests.cloud.server import Served

SEQS = count(1_000)
FULL, GOOD = 92.0, 4.0


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "supervisor", user="zhao") as client:
        yield client


@pytest.fixture
def worker(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "facilities", user="li") as client:
        yield client


def adds(boss: httpx.Client, kind: str = "mask_bin", name: str = "北门回收桶", **more: Any) -> str:
    wish = {"kind": kind, "name": name, "sensor": "gate-1/bin-1/level_pct", **more}
    return str(ok(boss.post("/api/facilities/levels", json=wish))["level"]["id"])


def says(served: Served, value: float | None, minute: float, *, sensor: str = "bin-1", **more: Any) -> None:
    """The gate's message arrives when it was taken, `minute` after the beginning; `heard`: so much later."""
    taken_ms = messages.START_MS + round(minute * 60_000)
    served.rig.now_ms = taken_ms + round(more.pop("heard", 0) * 60_000) + 500
    at = datetime.fromtimestamp(taken_ms / 1000, UTC)
    reading = SensorReading.model_validate(
        {"sensor": sensor, "quantity": "level_pct", "value": value, "unit": "%", "taken": at, **more}
    )
    served.rig.arrive(messages.event(Kind.SENSOR, SensorData(readings=(reading,)), next(SEQS), at=at))


def does(client: httpx.Client, level: str, **more: Any) -> dict[str, Any]:
    wish = {"key": secrets.token_hex(12), **more}
    told: dict[str, Any] = ok(client.post(f"/api/facilities/levels/{level}/done", json=wish))
    return told


def one(client: httpx.Client, level: str) -> dict[str, Any]:
    told: dict[str, Any] = ok(client.get(f"/api/facilities/levels/{level}"))
    return told


def steps(client: httpx.Client, level: str) -> list[str]:
    """In the order in which they were written down."""
    return [entry["step"] for entry in reversed(one(client, level)["entries"])]


@either_ledger
def test_a_full_bin_is_one_task_and_a_pickup_closes_it(served: Served, boss: httpx.Client, worker: httpx.Client) -> None:
    """F5: full bin -> task; pickup closes it. The sensor shows that it was made, and the chain is whole."""
    bin_ = adds(boss, site="hall")
    assert one(worker, bin_)["level"]["light"] == "unknown", "never heard is not fine"
    for minute, value in enumerate((60.0, FULL, 78.0, 95.0)):
        says(served, value, minute)
    shown = one(worker, bin_)["level"]
    assert (shown["light"], shown["value"], shown["due_since"]) == ("due", 95.0, "2026-11-21T08:01:00Z")
    tag = ok(boss.post(f"/api/facilities/levels/{bin_}/tag", json={"address": "https://menshen.site.example"}))
    told = does(worker, bin_, tag=tag["code"])
    assert (told["level"]["light"], told["level"]["due_since"], told["level"]["last"]["trust"]) == ("told", None, "scanned")
    says(served, GOOD, 5)
    shown = one(worker, bin_)["level"]
    assert (shown["light"], shown["last"]["by"], shown["last"]["trust"]) == ("fine", "li", "measured")
    assert steps(worker, bin_) == ["became_due", "picked_up", "seen"]
    with served.rig.database.reading() as connection:
        assert verify(connection).faults == []


@either_ledger
def test_a_dispenser_below_its_threshold_is_to_be_refilled(served: Served, boss: httpx.Client, worker: httpx.Client) -> None:
    """F6: below threshold -> refill task."""
    soap = adds(boss, "hand_wash", "二楼洗手间", sensor="gate-1/soap-2/level_pct", limit_pct=25)
    says(served, 60.0, 0, sensor="soap-2")
    assert one(worker, soap)["level"]["light"] == "fine"
    says(served, 24.0, 1, sensor="soap-2")
    (first,) = ok(worker.get("/api/facilities/levels"))["levels"]
    assert (first["id"], first["light"], first["fills"], first["limit_pct"], first["good_pct"]) == (soap, "due", False, 25, 35)
    says(served, 97.0, 3, sensor="soap-2")
    assert does(worker, soap)["level"]["last"]["trust"] == "measured", "its sensor rose a moment before"
    assert steps(worker, soap) == ["became_due", "returned", "refilled"]


def test_a_pickup_that_the_sensor_denies_is_shown_so_and_the_task_is_open_again(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_ = adds(boss)
    says(served, FULL, 0)
    does(worker, bin_)
    says(served, FULL, 10)
    assert one(worker, bin_)["level"]["light"] == "told", "it still has time"
    says(served, FULL, 16)
    shown = one(worker, bin_)["level"]
    assert (shown["light"], shown["due_since"], shown["last"]["doubt"]) == (
        "contradicted",
        "2026-11-21T08:00:00Z",
        "contradicted",
    )
    assert steps(worker, bin_) == ["became_due", "picked_up", "contradicted"]


def test_what_a_gate_that_was_offline_sends_late_does_not_reopen_what_is_settled(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_ = adds(boss)
    says(served, FULL, 0)
    says(served, GOOD, 30)
    says(served, FULL, 10, heard=25)
    assert (one(worker, bin_)["level"]["light"], steps(worker, bin_)) == ("fine", ["became_due", "returned"])
    does(worker, bin_, done_at="2026-11-21T08:35:00Z")
    says(served, FULL, 34, heard=3)
    assert one(worker, bin_)["level"]["due_since"] is None, "full before somebody emptied it"


def test_an_event_that_comes_twice_is_one_entry_and_so_is_a_pickup_sent_twice(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_ = adds(boss)
    taken = messages.START
    reading = SensorReading(sensor="bin-1", quantity="level_pct", value=FULL, unit="%", taken=taken)
    body = messages.event(Kind.SENSOR, SensorData(readings=(reading,)), 7)
    served.rig.arrive(body, body)
    served.rig.arrive(body)
    does(worker, bin_, key="0123456789abcdef")
    does(worker, bin_, key="0123456789abcdef")
    assert steps(worker, bin_) == ["became_due", "picked_up"]
    other = {"key": "0123456789abcdef"}
    assert boss.post(f"/api/facilities/levels/{bin_}/done", json=other).json()["code"] == "name_taken"


def test_a_sensor_that_fails_or_falls_silent_or_speaks_in_another_unit_is_unknown(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_ = adds(boss)
    says(served, GOOD, 0)
    assert one(worker, bin_)["level"]["light"] == "fine"
    says(served, None, 1, trouble="offline")
    shown = one(worker, bin_)["level"]
    assert (shown["light"], shown["known"], shown["value"], shown["trouble"]) == ("unknown", False, GOOD, "offline")
    says(served, GOOD, 2, fresh_s=60.0)
    served.rig.now_ms += 130_000
    assert one(worker, bin_)["level"]["light"] == "unknown", "too long ago"
    says(served, GOOD, 6, unit="mm")
    assert one(worker, bin_)["level"]["trouble"] == "wrong_unit"


def test_what_no_sensor_said_costs_no_look_up_and_what_sensors_said_one_a_batch(served: Served, boss: httpx.Client) -> None:
    adds(boss)
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.extend([statement] if "level_point" in statement else [])

    sqlalchemy_event.listen(Engine, "before_cursor_execute", note)
    try:
        served.rig.arrive(messages.visit(next(SEQS)), messages.alert(next(SEQS)), messages.health(next(SEQS)))
        assert asked == []
        served.rig.arrive(messages.sensor(next(SEQS), [640.0]), messages.sensor(next(SEQS), [650.0], gate="gate-2"))
        assert len(asked) == 1
    finally:
        sqlalchemy_event.remove(Engine, "before_cursor_execute", note)


def test_another_sensor_begins_with_nothing_known_and_another_gate_changes_nothing(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_ = adds(boss)
    says(served, GOOD, 0)
    says(served, FULL, 1, sensor="bin-2")
    assert one(worker, bin_)["level"]["light"] == "fine"
    told = ok(boss.patch(f"/api/facilities/levels/{bin_}", json={"sensor": "gate-1/bin-2/level_pct", "limit_pct": 50}))["level"]
    assert (told["light"], told["value"], told["limit_pct"], told["own_limit"]) == ("unknown", None, 50, True)
    assert ok(boss.patch(f"/api/facilities/levels/{bin_}", json={"limit_pct": 0}))["level"]["limit_pct"] == 80
    ok(boss.patch(f"/api/facilities/levels/{bin_}", json={"ended": True}))
    assert worker.get(f"/api/facilities/levels/{bin_}").status_code == 404
    says(served, FULL, 2, sensor="bin-2")
    with served.rig.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM level_entry")).scalar_one() == 0


def test_who_is_told_when_nobody_comes_and_that_it_ends_with_the_pickup(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    due, rig = DueLevels(LevelRules()), served.rig
    bin_ = adds(boss, site="hall")
    says(served, FULL, 0)
    with rig.database.reading() as connection:
        assert due(connection, messages.START_MS + 29 * 60_000) == []
        (told,) = due(connection, messages.START_MS + 30 * 60_000)
    assert (told.subject, told.site, told.kind, told.priority) == ("level-1-due", "hall", "level_due", 2)
    assert told.detail == "mask bin: 北门回收桶, 92 %, limit 80 %"
    one_letter = ToSend(1, "li", Channel.MAIL, 1, 1, told)
    assert "bin full or dispenser low" in subject_line(one_letter)
    assert "北门回收桶" in letter(one_letter, "2026-11-21T08:30:00")
    does(worker, bin_)
    with rig.database.reading() as connection:
        assert due(connection, messages.START_MS + 31 * 60_000) == []


def test_nobody_binds_the_gate_of_another_site_or_adds_beyond_their_reach(served: Served) -> None:
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-9", "city/other")
    with somebody(served, "supervisor", "city/hall") as hall:
        wish = {"kind": "mask_bin", "name": "x", "sensor": "gate-9/bin-1/level_pct", "site": "city/hall"}
        assert hall.post("/api/facilities/levels", json=wish).json()["code"] == "no_gate"
        assert hall.post("/api/facilities/levels", json={**wish, "site": "city/other"}).json()["code"] == "beyond_reach"


def test_every_act_is_in_the_audit_and_a_changed_row_breaks_the_chain(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_ = adds(boss)
    does(worker, bin_)
    ok(boss.patch(f"/api/facilities/levels/{bin_}", json={"name": "南门"}))
    done = {(action, user) for action, user, subject in served.rig.rows(audit, "action", "user", "subject") if subject == bin_}
    assert done == {("level added", "zhao"), ("level picked_up", "li"), ("level changed", "zhao")}
    with served.rig.database.writing() as connection:
        connection.execute(text("UPDATE level_entry SET user = 'wang'"))
    with served.rig.database.reading() as connection:
        assert verify(connection).faults


def test_what_was_shown_goes_when_its_time_is_over_and_the_chain_stays_whole(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    bin_, rig = adds(boss), served.rig
    says(served, FULL, 0)
    says(served, GOOD, 1)
    does(worker, bin_)
    rig.now_ms += 366 * 86_400_000
    with rig.database.writing() as connection, Feed(connection) as feed:
        assert forget_levels(connection, feed, Horizons.at(rig.now_ms, RetentionSettings())) == 3
    assert {body for (body,) in rig.rows(level_entry, "body")} == {"{}"}
    with rig.database.reading() as connection:
        assert verify(connection).faults == []
    with somebody(served, "supervisor", user="later") as later:
        assert one(later, bin_)["entries"] == []


def of_levels(client: httpx.Client) -> list[list[Any]]:
    tables = ok(client.get("/api/reports/1"))["tables"]
    (rows,) = [one["rows"] for one in tables if one["title"] == "回收桶和洗手、消毒用品：待处理、未知或未核实"]
    return list(rows)


def test_the_daily_report_lists_what_is_open_unknown_and_unverified_as_it_was_when_it_was_due(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    rig = served.rig
    full = adds(boss, site="hall")
    adds(boss, name="地下室", sensor="gate-1/bin-7/level_pct")
    said = adds(boss, name="大厅", site="hall", sensor="gate-1/bin-3/level_pct")
    reports = Reporter(rig.database, Schedule(9 * 60, ZoneInfo("UTC")), 60_000, lambda: rig.now_ms, levels=LevelsOf(LevelRules()))
    reports.round()
    says(served, FULL, 40)
    says(served, 50.0, 50, sensor="bin-3")
    does(worker, said)
    says(served, FULL, 59)
    rig.now_ms = messages.START_MS + 61 * 60_000
    with somebody(served, "facilities", user="li") as fresh:
        does(fresh, full)
    reports.round()
    with somebody(served, "supervisor", user="zhao") as reader:
        rows = [[row[2], row[3], row[6], row[7]] for row in of_levels(reader)]
    assert rows == [["北门回收桶", "待清空或补充", 0, 0], ["地下室", "未知", 0, 0], ["大厅", "正常", 1, 1]]

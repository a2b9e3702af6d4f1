"""Supplies through the API, on a real ledger, with a clock that the tests set."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import select, text

from cloud.access.roles import Role
from cloud.ledger.facility.supplies import SupplyRules
from cloud.ledger.reporting.schedule import Schedule
from cloud.ledger.retention import Horizons
from cloud.periods import RetentionSettings
from cloud.reports.stocks import SuppliesOf
from cloud.reports.worker import Reporter
from cloud.store.facility.books import forget_reasons
from cloud.store.facility.short import ShortStocks
from cloud.store.feed import Feed
from cloud.store.tables import audit, supply_entry
from cloud.store.verifying import verify
from tests.cloud.server import Served
from tests.cloud.test_staff_api import go_to, ok, somebody


@pytest.fixture
def boss(served: Served) -> Any:
    go_to(served.rig, "07:00")
    with somebody(served, "supervisor", user="zhao") as client:
        yield client


def keeps(boss: httpx.Client, minimum: int = 100, **more: Any) -> str:
    wish = {"kind": "mask_disposable", "name": "一次性口罩", "unit": "piece", "minimum": minimum, **more}
    return str(ok(boss.post("/api/supplies", json=wish))["stock"]["id"])


def enters(client: httpx.Client, supply: str, kind: str, amount: int, **more: Any) -> httpx.Response:
    return client.post(f"/api/supplies/{supply}/lines", json={"line": {"kind": kind, "amount": amount, **more}})


def stock_of(client: httpx.Client, supply: str) -> dict[str, Any]:
    found: dict[str, Any] = ok(client.get(f"/api/supplies/{supply}"))["stock"]
    return found


@pytest.mark.parametrize("ledger", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
def test_a_stock_below_its_minimum_is_a_task_with_the_days_left_and_ends_by_itself(served: Served, boss: httpx.Client) -> None:
    """F7: below min, a task with days left."""
    rig, short = served.rig, ShortStocks(SupplyRules())
    masks = keeps(boss, site="hall")
    ok(enters(boss, masks, "counted", 320))
    for day in range(1, 9):
        go_to(rig, "10:00", day)
        with somebody(served, Role.FACILITIES) as cleaner:
            ok(enters(cleaner, masks, "used", 20))
    go_to(rig, "10:00", 9)
    boss.headers["Cookie"] = somebody(served, Role.SUPERVISOR, user="qian").headers["Cookie"]
    with rig.database.reading() as connection:
        assert short(connection, rig.now_ms) == []
    ok(enters(boss, masks, "used", 75))
    go_to(rig, "10:02", 9)
    with rig.database.reading() as connection:
        (told,) = short(connection, rig.now_ms)
    assert (told.subject, told.site, told.kind) == (masks, "hall", "supply_short")
    assert told.detail == "一次性口罩: 85 piece, minimum 100, about 4 days left"
    assert ok(boss.get("/api/supplies"))["stocks"][0]["light"] == "short"
    go_to(rig, "11:00", 9)
    ok(enters(boss, masks, "received", 500))
    go_to(rig, "11:02", 9)
    with rig.database.reading() as connection:
        assert short(connection, rig.now_ms) == []
    assert stock_of(boss, masks)["light"] == "fine"


def test_what_cannot_be_true_is_refused_and_leaves_the_book_as_it_was(served: Served, boss: httpx.Client) -> None:
    masks = keeps(boss)
    assert stock_of(boss, masks)["light"] == "unknown"
    assert (enters(boss, masks, "received", 50).json()["code"], stock_of(boss, masks)["book"]) == ("not_counted", None)
    ok(enters(boss, masks, "counted", 200))
    assert enters(boss, masks, "used", 201).json()["code"] == "book_has_less"
    assert enters(boss, masks, "counted", 180).json()["code"] == "count_needs_why"
    gloves = keeps(boss, kind="gloves", unit="pair")
    assert enters(boss, masks, "moved", 5, to=gloves).json()["code"] == "not_same_supply"
    assert enters(boss, masks, "moved", 5, to=masks).json()["code"] == "not_same_supply"
    assert enters(boss, masks, "used", 0).status_code == 422
    assert stock_of(boss, masks)["book"] == 200
    with served.rig.database.reading() as connection:
        assert len(connection.execute(select(supply_entry)).all()) == 1


def test_a_count_that_contradicts_the_book_is_shown_with_its_reason(boss: httpx.Client) -> None:
    masks = keeps(boss)
    ok(enters(boss, masks, "counted", 200))
    said = ok(enters(boss, masks, "counted", 188, why="a torn box"))
    assert (said["stock"]["light"], said["stock"]["difference"], said["stock"]["book"]) == ("contradicted", -12, 188)
    newest = said["lines"][0]
    assert (newest["before"], newest["book"], newest["difference"], newest["why"]) == (200, 188, -12, "a torn box")


def test_what_is_moved_between_two_sites_stands_in_both_books(boss: httpx.Client) -> None:
    """F7: allocated sensibly: what one site has too much of goes to another."""
    hall, annex = keeps(boss, site="hall"), keeps(boss, site="annex")
    ok(enters(boss, hall, "counted", 500))
    assert enters(boss, hall, "moved", 80, to=annex).json()["code"] == "not_counted"
    assert stock_of(boss, hall)["book"] == 500, "neither book has half of it"
    ok(enters(boss, annex, "counted", 0))
    ok(enters(boss, hall, "moved", 80, to=annex))
    assert (stock_of(boss, hall)["book"], stock_of(boss, annex)["book"]) == (420, 80)


def test_facilities_enter_and_do_not_set_minimums_and_nobody_reaches_another_site(served: Served, boss: httpx.Client) -> None:
    masks = keeps(boss, site="hall")
    with somebody(served, Role.FACILITIES, "hall") as cleaner, somebody(served, Role.SUPERVISOR, "annex") as stranger:
        ok(enters(cleaner, masks, "counted", 200))
        assert cleaner.patch(f"/api/supplies/{masks}", json={"minimum": 1}).status_code == 403
        assert ok(stranger.get("/api/supplies"))["stocks"] == []
        assert enters(stranger, masks, "used", 1).status_code == 404
        assert stranger.patch(f"/api/supplies/{masks}", json={"ended": True}).status_code == 404
    ok(boss.patch(f"/api/supplies/{masks}", json={"minimum": 300}))
    assert stock_of(boss, masks)["light"] == "short"
    ok(boss.patch(f"/api/supplies/{masks}", json={"ended": True}))
    assert enters(boss, masks, "used", 1).status_code == 404, "it is kept no more"
    with served.rig.database.reading() as connection:
        done = connection.execute(
            select(audit.c.action, audit.c.user).where(audit.c.subject == masks).order_by(audit.c.at_ms)
        ).all()
    assert {("supply added", "zhao"), ("supply counted", "facilities"), ("supply changed", "zhao")} <= {
        tuple(one) for one in done
    }


def test_a_line_that_was_changed_by_hand_breaks_the_chain(served: Served, boss: httpx.Client) -> None:
    masks = keeps(boss)
    ok(enters(boss, masks, "counted", 200))
    with served.rig.database.reading() as connection:
        assert verify(connection).faults == []
    with served.rig.database.writing() as connection:
        connection.execute(text("UPDATE supply_entry SET book = 900"))
    with served.rig.database.reading() as connection:
        assert verify(connection).faults


def test_reasons_go_when_their_time_is_over_and_the_book_stays(served: Served, boss: httpx.Client) -> None:
    masks = keeps(boss)
    ok(enters(boss, masks, "counted", 200))
    ok(enters(boss, masks, "counted", 190, why="Mei dropped a box"))
    rig = served.rig
    go_to(rig, "09:00", 366)
    with rig.database.writing() as connection, Feed(connection) as feed:
        assert forget_reasons(connection, feed, Horizons.at(rig.now_ms, RetentionSettings())) == 2
    with rig.database.reading() as connection:
        assert [json.loads(body) for body in connection.execute(select(supply_entry.c.body)).scalars()] == [{}, {}]
        assert verify(connection).faults == []
    with somebody(served, "supervisor", user="later") as later:
        said = ok(later.get(f"/api/supplies/{masks}"))
    assert (said["stock"]["book"], said["stock"]["light"], said["lines"][0]["why"]) == (190, "uncounted", "")


def of_supplies(client: httpx.Client) -> list[list[Any]]:
    """The rows that the first report has of supplies."""
    tables = ok(client.get("/api/reports/1"))["tables"]
    (rows,) = [one["rows"] for one in tables if one["title"] == "不足或存疑的物资"]
    return list(rows)


def test_the_daily_report_names_what_is_short_or_in_doubt_and_only_of_sites_in_reach(served: Served, boss: httpx.Client) -> None:
    """F7: the leader reads it without asking; what was entered after the report was due is not in it."""
    rig = served.rig
    masks, gloves = keeps(boss, site="hall"), keeps(boss, site="hall", kind="gloves", name="手套", unit="pair")
    keeps(boss, site="annex", kind="suit", name="防护服")
    ok(enters(boss, masks, "counted", 40))
    ok(enters(boss, gloves, "counted", 500))
    reports = Reporter(
        rig.database, Schedule(18 * 60, ZoneInfo("UTC")), 60_000, lambda: rig.now_ms, supplies=SuppliesOf(SupplyRules())
    )
    reports.round()
    go_to(rig, "18:05")
    ok(enters(boss, masks, "counted", 900, why="a box behind the door"))
    reports.round()
    assert of_supplies(boss) == [
        ["hall", "一次性口罩", "不足", 40, 100, "piece", "未知", ""],
        ["annex", "防护服", "未盘点", "未知", 100, "piece", "未知", ""],
    ]
    with somebody(served, Role.SUPERVISOR, "annex", user="li") as annex:
        assert [row[1] for row in of_supplies(annex)] == ["防护服"]


def test_a_stock_that_is_just_above_its_limit_for_months_is_still_the_same_shortage(served: Served, boss: httpx.Client) -> None:
    masks = keeps(boss)
    ok(enters(boss, masks, "counted", 50))
    began = stock_of(boss, masks)["short_since"]
    go_to(served.rig, "08:00")
    ok(enters(boss, masks, "received", 55))
    go_to(served.rig, "09:00", 200)
    with somebody(served, Role.SUPERVISOR, user="later") as later:
        said = stock_of(later, masks)
        assert (said["short"], said["short_since"], said["book"]) == ("recovering", began, 105)
        ok(enters(later, masks, "received", 5))
        assert stock_of(later, masks)["short"] is None

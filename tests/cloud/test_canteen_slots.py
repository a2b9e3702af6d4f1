"""The canteen's slots: planned by team, counted at the gate, a warning before it happens and while it does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from cloud.ledger.reporting.schedule import Schedule
from cloud.reports.canteen import CanteenOf
from cloud.reports.narrowed import narrowed
from cloud.reports.worker import Reporter
from cloud.store.feed import Feed
from cloud.store.reporting.book import report_of
from cloud.store.sites import place_gate
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import sign_in, somebody
from tests.cloud.server import Served
from tests.cloud.test_crowd import told

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LUNCH = {
    "name": "First",
    "site": "city/canteen",
    "gate": "canteen",
    "days": DAYS,
    "begins": "17:00",
    "ends": "17:30",
    "places": 3,
}
"""On the first day, an hour after the rig's clock begins (Saturday, 16:00 in Shanghai)."""
LATER = {**LUNCH, "name": "Second", "begins": "17:30", "ends": "18:00", "places": 10}


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    """Who plans; a hall with two teams, and a canteen with its gate."""
    hears(served)
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "canteen", "city/canteen")
    with somebody(served, "supervisor") as client:
        for number in range(6):
            team = "windows" if number < 4 else "reception"
            done(client.post("/api/staff", json={"name": f"n{number}", "number": str(number), "team": team, "site": "city/hall"}))
        yield client


def done(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return answer.json()


def clock(served: Served, client: httpx.Client, hour: int, minute: int = 0, day: int = 21) -> None:
    """It is that time in Shanghai; a session is too old by then, and another is opened."""
    served.rig.now_ms = round(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).timestamp() * 1000)
    client.headers.update(sign_in(served, "supervisor"))


def hears(served: Served, inside: int | None = None) -> None:
    """The canteen's gate is heard now; it counts who is inside, or does not."""
    at = START + timedelta(milliseconds=served.rig.now_ms - START_MS)
    body = json.loads(messages.health(served.rig.now_ms // 1000 % 1_000_000, gate="canteen", at=at))
    body["data"]["occupancy"] = None if inside is None else told(inside, None).model_dump(mode="json")
    served.rig.arrive_state(messages.state(online=True), "canteen")
    served.rig.arrive(json.dumps(body).encode())


def eat(served: Served, *names: str, **more: Any) -> None:
    at = datetime.fromtimestamp(served.rig.now_ms / 1000, UTC)
    for name in names:
        served.rig.arrive(messages.visit(sum(map(ord, name)) * 1000 + len(name), name, gate="canteen", at=at, **more))


def read(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = done(client.get("/api/facilities/canteen/slots"))
    return found


def test_a_slot_planned_above_its_places_is_a_warning_before_it_happens_and_names_where_there_is_room(
    served: Served, boss: httpx.Client
) -> None:
    """Q2, Q3: who eats when is planned by team; a slot above capacity is a warning, with a slot that has room."""
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["windows"]}))
    now = done(boss.post("/api/facilities/canteen/slots", json={**LATER, "teams": ["reception"]}))
    first, second = now["today"]
    assert (first["phase"], first["light"], first["planned"], first["places"]) == ("ahead", "planned_over", 4, 3)
    assert first["room_in"] == "Second"
    assert (second["light"], second["planned"], second["room_in"]) == ("fine", 2, None)
    assert now["unassigned"] == []
    assert len(now["ahead"]) == 14
    assert {one["light"] for one in now["ahead"] if one["name"] == "First"} == {"planned_over"}


def test_who_is_away_then_is_not_planned(served: Served, boss: httpx.Client) -> None:
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["windows"]}))
    begins, ends = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI), datetime(2026, 11, 21, 17, 30, tzinfo=SHANGHAI)
    away = {"begins": begins.isoformat(), "ends": ends.isoformat()}
    done(boss.post("/api/staff/staff-1/absences", json=away))
    now = read(boss)
    assert (now["today"][0]["planned"], now["today"][0]["light"]) == (3, "fine")
    assert {one["planned"] for one in now["ahead"]} == {4}


@pytest.mark.parametrize("teams", [[], ["windows", "cooks"]])
def test_a_slot_of_nobody_s_team_is_unknown_and_never_fine(served: Served, boss: httpx.Client, teams: list[str]) -> None:
    cook = done(boss.post("/api/staff", json={"name": "c", "number": "9", "team": "cooks", "site": "city/hall"}))["id"]
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": teams}))
    done(boss.patch(f"/api/staff/{cook}", json={"team": "kitchen"}))
    now = read(boss)
    assert (now["today"][0]["planned"], now["today"][0]["light"]) == (None, "unknown")
    assert "kitchen" in now["unassigned"]


def test_more_than_there_are_places_let_in_is_a_warning_now_and_stands_in_the_past(served: Served, boss: httpx.Client) -> None:
    """Q2: the slot above capacity, by the gate's own decisions; recorded pictures and refusals are nobody who eats."""
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["reception"]}))
    clock(served, boss, 16, 59)
    eat(served, "early")
    clock(served, boss, 17, 5)
    hears(served)
    eat(served, "a", "b", "c")
    eat(served, "replayed", seen={"replay": True})
    eat(served, "refused", verdict=Verdict.NOT_ADMITTED)
    (slot,) = read(boss)["today"]
    assert (slot["phase"], slot["light"], slot["let_in"], slot["inside"]) == ("now", "fine", 3, None)
    eat(served, "d")
    assert (read(boss)["today"][0]["light"], read(boss)["today"][0]["let_in"]) == ("over", 4)
    clock(served, boss, 9, day=22)
    (past,) = read(boss)["past"]
    assert (past["day"], past["phase"], past["light"], past["let_in"], past["planned"]) == ("2026-11-21", "past", "over", 4, None)


def test_a_full_canteen_is_a_warning_and_a_gate_that_is_not_heard_makes_the_slot_unknown(
    served: Served, boss: httpx.Client
) -> None:
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["reception"]}))
    clock(served, boss, 17, 5)
    hears(served, inside=4)
    (slot,) = read(boss)["today"]
    assert (slot["light"], slot["let_in"], slot["inside"]) == ("over", 0, 4)
    clock(served, boss, 17, 20)
    (slot,) = read(boss)["today"]
    assert (slot["light"], slot["let_in"], slot["inside"]) == ("unknown", None, None)


def test_a_changed_slot_leaves_what_was_counted_as_it_was(served: Served, boss: httpx.Client) -> None:
    made = done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["reception"]}))["slots"][0]["id"]
    clock(served, boss, 17, 5)
    hears(served)
    eat(served, "a", "b", "c", "d")
    clock(served, boss, 9, day=22)
    now = done(boss.put(f"/api/facilities/canteen/slots/{made}", json={**LUNCH, "places": 9, "teams": ["reception"]}))
    assert [(one["places"], one["light"]) for one in now["past"]] == [(3, "over")]
    assert [(one["places"], one["light"]) for one in now["today"]] == [(9, "fine")]
    (kept,) = now["slots"]
    assert kept["id"] != made
    assert done(boss.delete(f"/api/facilities/canteen/slots/{kept['id']}"))["slots"] == []
    assert read(boss)["today"] == []
    assert len(read(boss)["past"]) == 1
    assert boss.delete(f"/api/facilities/canteen/slots/{made}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"begins": "17:30", "ends": "17:30"}, "slot_span"),
        ({"gate": "nowhere"}, "no_gate"),
        ({"teams": ["strangers"]}, "no_team"),
        ({"begins": "17:15", "ends": "17:45", "days": ["sat"]}, "slot_overlap"),
    ],
)
def test_a_slot_that_cannot_be_is_refused_and_leaves_everything_as_it_was(
    served: Served, boss: httpx.Client, wrong: dict[str, Any], code: str
) -> None:
    before = done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["windows"]}))
    answer = boss.post("/api/facilities/canteen/slots", json={**LATER, "teams": ["windows"], **wrong})
    assert answer.json()["code"] == code
    assert read(boss)["slots"] == before["slots"]
    with somebody(served, "supervisor", "city/hall") as elsewhere:
        assert elsewhere.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": []}).json()["code"] == "beyond_reach"
        assert elsewhere.get("/api/facilities/canteen/slots").json()["slots"] == []


def test_two_slots_at_one_gate_may_follow_each_other_and_lie_on_different_days(served: Served, boss: httpx.Client) -> None:
    for wish in ({**LUNCH, "days": ["sat"]}, {**LATER, "days": ["sat"]}, {**LUNCH, "days": ["sun"]}, {**LUNCH, "gate": ""}):
        done(boss.post("/api/facilities/canteen/slots", json={**wish, "teams": ["windows"]}))


def of_slots(client: httpx.Client, number: int) -> list[list[Any]]:
    tables = done(client.get(f"/api/reports/{number}"))["tables"]
    (rows,) = [one["rows"] for one in tables if one["title"] == "食堂用餐时段"]
    return [[row[1], row[4], row[5], row[6]] for row in rows]


def test_the_daily_report_says_once_what_became_of_each_slot_and_what_nobody_knows(served: Served, boss: httpx.Client) -> None:
    for wish in (LUNCH, {**LATER, "places": 1}, {**LATER, "name": "Elsewhere", "gate": ""}):
        done(boss.post("/api/facilities/canteen/slots", json=wish | {"teams": ["windows"]}))
    rig = served.rig
    reports = Reporter(rig.database, Schedule(17 * 60 + 45, SHANGHAI), 60_000, lambda: rig.now_ms, canteen=CanteenOf())
    reports.round()
    clock(served, boss, 17, 10)
    eat(served, "a", "b")
    clock(served, boss, 17, 40)
    hears(served)
    eat(served, "c", "d")
    clock(served, boss, 17, 46)
    reports.round()
    assert of_slots(boss, 1) == [["First", 3, 2, "正常"]]
    clock(served, boss, 17, 46, day=22)
    reports.round()
    silent = ["First", 3, "未知", "状态未知"]
    assert of_slots(boss, 2) == [["Second", 1, 2, "超员"], ["Elsewhere", 10, "未知", "状态未知"], silent]
    with rig.database.reading() as connection:
        second = report_of(connection, 2)
    assert second is not None
    assert "用餐时段超员：Second。" in second.body.told


def test_a_reader_of_another_house_sees_no_slot_of_this_one_in_the_report(served: Served, boss: httpx.Client) -> None:
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["windows"]}))
    rig = served.rig
    reports = Reporter(rig.database, Schedule(17 * 60 + 45, SHANGHAI), 60_000, lambda: rig.now_ms, canteen=CanteenOf())
    reports.round()
    clock(served, boss, 17, 46)
    reports.round()
    with rig.database.reading() as connection:
        first = report_of(connection, 1)
    assert first is not None
    assert [len(narrowed(first.body, site, ()).canteen or ()) for site in ("city/canteen", "city", "town")] == [1, 1, 0]


def test_a_slot_that_is_changed_while_it_lasts_is_one_and_an_ended_one_is_none(served: Served, boss: httpx.Client) -> None:
    wish = {**LUNCH, "teams": ["windows"], "places": 1}
    first = done(boss.post("/api/facilities/canteen/slots", json=wish))["slots"][0]["id"]
    clock(served, boss, 17, 5)
    hears(served)
    eat(served, "a", "b")
    assert [one["light"] for one in read(boss)["today"]] == ["over"]
    second = done(boss.put(f"/api/facilities/canteen/slots/{first}", json={**wish, "places": 9}))["slots"][0]["id"]
    assert [(one["slot"], one["let_in"], one["light"]) for one in read(boss)["today"]] == [(second, 2, "fine")]
    assert boss.put(f"/api/facilities/canteen/slots/{first}", json=wish).status_code == 404
    done(boss.delete(f"/api/facilities/canteen/slots/{second}"))
    assert read(boss)["today"] == []
    assert boss.delete(f"/api/facilities/canteen/slots/{second}").status_code == 404


def test_a_gate_that_died_and_was_closed_leaves_its_slots_unknown(served: Served, boss: httpx.Client) -> None:
    done(boss.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["windows"]}))
    clock(served, boss, 18)
    assert read(boss)["today"][0]["light"] == "unknown"
    with somebody(served, "administrator", user="root") as root:
        assert root.put("/api/gates/canteen/closed", json={"closed": True, "why": "broken"}).status_code == 204
    assert [(one["let_in"], one["light"]) for one in read(boss)["today"]] == [(None, "unknown")]


def test_who_looks_after_the_canteen_alone_plans_with_the_teams_of_the_house(served: Served, boss: httpx.Client) -> None:
    with somebody(served, "supervisor", "city/canteen", user="cook") as cook:
        made = done(cook.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["windows"], "places": 4}))
        assert made["teams"] == ["reception", "windows"]
        assert (made["today"][0]["planned"], made["today"][0]["light"], made["unassigned"]) == (4, "fine", ["reception"])
        today = done(cook.get("/api/facilities/canteen/today"))["today"]
        assert today == made["today"]
    with somebody(served, "supervisor", "town", user="other") as other:
        assert read(other)["teams"] == []
        strange = other.post("/api/facilities/canteen/slots", json={**LUNCH, "site": "town", "gate": "", "teams": ["windows"]})
        assert strange.status_code == 404


def test_who_belongs_to_every_house_eats_in_any_of_them(served: Served, boss: httpx.Client) -> None:
    done(boss.post("/api/staff", json={"name": "n9", "number": "9", "team": "leaders", "site": ""}))
    with somebody(served, "supervisor", "city/canteen", user="cook") as cook:
        made = done(cook.post("/api/facilities/canteen/slots", json={**LUNCH, "teams": ["reception"]}))
        assert (made["teams"], made["unassigned"]) == (["leaders", "reception", "windows"], ["leaders", "windows"])
        made = done(cook.post("/api/facilities/canteen/slots", json={**LATER, "teams": ["leaders"]}))
        assert (made["today"][1]["planned"], made["unassigned"]) == (1, ["windows"])
    with somebody(served, "supervisor", user="all") as everywhere:
        done(everywhere.post("/api/facilities/canteen/slots", json={**LUNCH, "site": "town", "gate": "", "teams": []}))
        assert read(everywhere)["unassigned"] == ["windows"]


def test_a_team_is_told_of_only_where_no_slot_that_would_feed_it_names_it(served: Served, boss: httpx.Client) -> None:
    """Slots of every house feed all; a team of every house is fed by the slot of any."""
    done(boss.post("/api/staff", json={"name": "n8", "number": "8", "team": "clerks", "site": "town/hall"}))
    done(boss.post("/api/staff", json={"name": "n9", "number": "9", "team": "leaders", "site": ""}))
    plan = {**LUNCH, "gate": ""}
    with somebody(served, "supervisor", user="all") as everywhere, somebody(served, "supervisor", "town", user="t") as town:
        done(everywhere.post("/api/facilities/canteen/slots", json={**plan, "teams": ["windows", "leaders"]}))
        assert (read(everywhere)["unassigned"], read(town)["unassigned"]) == (["reception"], [])
        done(everywhere.post("/api/facilities/canteen/slots", json={**plan, "name": "T", "site": "town", "teams": []}))
        assert (read(everywhere)["unassigned"], read(town)["unassigned"]) == (["clerks", "reception"], ["clerks"])
        done(everywhere.post("/api/facilities/canteen/slots", json={**plan, "name": "All", "site": "", "teams": ["reception"]}))
        assert (read(everywhere)["unassigned"], read(town)["unassigned"]) == (["clerks"], ["clerks"])

"""The staff's day through the API, on a real ledger, with gates that report and a clock that the tests set."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from cloud.ledger.staff.rules import Rules
from cloud.store.accounts import Account, save_account
from cloud.store.feed import Feed
from cloud.store.sessions import open_session
from cloud.store.staff.erasing import erase_badge
from cloud.store.tables import audit, staff_entry, visit
from cloud.store.verifying import verify
from contract.messages.visit import ReadingData
from contract.verdicts import Duty, Region, Verdict
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.server import Served

MONDAY = date(2026, 11, 23)
SEQS = count(1)
READ = ReadingData(
    raw_c=34.0, corrected_c=34.6, core_c=36.4, uncertainty_c=0.2, region=Region.FOREHEAD, samples=9, reference_seen=True
)


def moment(clock: str, days: int = 0) -> datetime:
    """Of the Monday; the cloud of these tests counts in UTC."""
    return datetime.combine(MONDAY + timedelta(days=days), time.fromisoformat(clock), UTC)


def go_to(rig: Rig, clock: str, days: int = 0) -> None:
    rig.now_ms = round(moment(clock, days).timestamp() * 1000)


def shows(rig: Rig, badge: str, clock: str, duty: Duty = Duty.DURING, verdict: Verdict = Verdict.PASS) -> None:
    """A badge at a gate, measured unless the gate could not."""
    seq = next(SEQS)
    reading = None if verdict is Verdict.CANNOT_MEASURE else READ
    go_to(rig, clock)
    seen = {"badge": badge, "duty": duty, "reading": reading}
    rig.arrive(messages.visit(seq, f"staff-visit-{seq}", verdict=verdict, at=moment(clock), seen=seen))


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return None if answer.status_code == 204 else answer.json()


def joins(boss: httpx.Client, name: str, **more: Any) -> str:
    return str(ok(boss.post("/api/staff", json={"name": name, "number": "0217", "team": "hall", **more}))["id"])


def trains(boss: httpx.Client, person: str) -> None:
    ok(boss.post(f"/api/staff/{person}/training", json={"day": "2026-11-20", "by": "district health centre"}))


def stands(boss: httpx.Client, *persons: str, shift: str = "morning", post: str = "screening", days: int = 0) -> httpx.Response:
    day = MONDAY + timedelta(days=days)
    return boss.put(f"/api/staff/roster/{day}/{shift}/{post}", json={"persons": list(persons)})


def today(client: httpx.Client, kind: str = "") -> list[tuple[str, str, str]]:
    """What is to be done: kind, person, state; of one kind where it is named."""
    tasks = ok(client.get("/api/staff/today"))["tasks"]
    return [(one["kind"], one["person"], one["state"]) for one in tasks if kind in ("", one["kind"])]


def somebody(served: Served, role: str, site: str = "", user: str = "") -> httpx.Client:
    """Signed in for a week."""
    rig, name, token = served.rig, user or role, secrets.token_urlsafe()
    with rig.database.writing() as connection:
        save_account(connection, Account(name, role, site, "", rig.now_ms))
        open_session(connection, name, token, rig.now_ms + 7 * 86_400_000, rig.now_ms)
    return httpx.Client(base_url=served.url, headers={"Cookie": f"menshen={token}"}, timeout=10)


@pytest.fixture
def boss(served: Served) -> Any:
    go_to(served.rig, "07:00")
    with somebody(served, "supervisor", user="zhao") as client:
        yield client


def by_hand(client: httpx.Client, person: str, **entry: Any) -> Any:
    return ok(client.post(f"/api/staff/{person}/entries", json={"entry": entry}))


@pytest.mark.parametrize("ledger", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
def test_readings_at_a_gate_close_the_tasks_of_a_shift_by_themselves(served: Served, boss: httpx.Client) -> None:
    """S1, S3: before and after work and two hours after the last reading; nothing is typed."""
    rig = served.rig
    mei, lin = joins(boss, "Mei", badge="s-17"), joins(boss, "Lin", badge="s-18")
    ok(stands(boss, mei, lin))
    shows(rig, "s-17", "08:20", Duty.ON)
    go_to(rig, "08:31")
    assert {person: state for _, person, state in today(boss, "temperature_before")} == {mei: "done", lin: "overdue"}
    tasks = ok(boss.get("/api/staff/today"))["tasks"]
    assert (tasks[0]["person"], tasks[0]["state"], tasks[0]["owner"]) == (lin, "overdue", "Lin"), "what is overdue comes first"
    assert [one["due_at"] for one in tasks if one["kind"] == "temperature_periodic"] == ["2026-11-23T10:20:00Z"]
    go_to(rig, "10:21")
    assert today(boss, "temperature_periodic") == [("temperature_periodic", mei, "overdue")]
    shows(rig, "s-17", "10:25")
    assert today(boss, "temperature_periodic") == [("temperature_periodic", mei, "done_late")]
    go_to(rig, "12:31")
    assert {state for _, _, state in today(boss, "temperature_after")} == {"overdue"}
    shows(rig, "s-17", "12:40", Duty.OFF)
    assert ("temperature_after", mei, "done_late") in today(boss)
    assert ("temperature_after", lin, "overdue") in today(boss)


def test_who_comes_back_without_a_reading_is_flagged_until_measured(served: Served, boss: httpx.Client) -> None:
    """S2: exit and return in the shift without a reading."""
    rig, mei = served.rig, joins(boss, "Mei", badge="s-17")
    ok(stands(boss, mei))
    shows(rig, "s-17", "08:20", Duty.ON)
    go_to(rig, "09:00")
    by_hand(boss, mei, kind="out")
    shows(rig, "s-17", "09:40", verdict=Verdict.CANNOT_MEASURE)
    assert today(boss, "temperature_return") == [("temperature_return", mei, "open")]
    go_to(rig, "09:46")
    assert today(boss, "temperature_return") == [("temperature_return", mei, "overdue")]
    by_hand(boss, mei, kind="temperature", temperature_c=36.5, device="contact 3")
    task = next(one for one in ok(boss.get("/api/staff/today"))["tasks"] if one["kind"] == "temperature_return")
    assert (task["state"], task["manual"], task["done_at"]) == ("done_late", True, "2026-11-23T09:46:00Z")


def test_mask_and_gloves_are_confirmed_by_a_person_and_a_disposable_mask_is_changed(served: Served, boss: httpx.Client) -> None:
    """S0, S4: open and marked manual until the gloves are confirmed; three hours for a disposable mask, none for an N95."""
    rig, mei, lin = served.rig, joins(boss, "Mei", badge="s-17"), joins(boss, "Lin")
    ok(stands(boss, mei, lin))
    shows(rig, "s-17", "08:20", Duty.ON)
    seen = ok(boss.get("/api/staff/today"))
    assert next(one for one in seen["on_duty"] if one["person"] == mei)["seen_mask"] == "worn", "the camera judges the mask"
    checks = [one for one in seen["tasks"] if one["kind"] == "mask_and_gloves"]
    assert {(one["person"], one["state"], one["manual"]) for one in checks} == {(mei, "open", True), (lin, "open", True)}
    go_to(rig, "08:25")
    by_hand(boss, mei, kind="wears", mask="disposable", gloves=False)
    by_hand(boss, lin, kind="wears", mask="n95", gloves=True)
    assert set(today(boss, "mask_and_gloves")) == {("mask_and_gloves", mei, "open"), ("mask_and_gloves", lin, "done")}
    changes = [one for one in ok(boss.get("/api/staff/today"))["tasks"] if one["kind"] == "mask_change"]
    assert [(one["person"], one["due_at"]) for one in changes] == [(mei, "2026-11-23T11:25:00Z")]
    by_hand(boss, mei, kind="wears", gloves=True)
    assert today(boss, "mask_and_gloves") == [("mask_and_gloves", mei, "done"), ("mask_and_gloves", lin, "done")]
    assert boss.post(f"/api/staff/{mei}/entries", json={"entry": {"kind": "wears"}}).status_code == 422


def test_a_roster_is_warned_of_before_the_day_comes(served: Served, boss: httpx.Client) -> None:
    """S5, O4: two trained people on each shift of a working day."""
    mei, lin = joins(boss, "Mei"), joins(boss, "Lin")
    trains(boss, mei)
    week = ok(stands(boss, mei, days=1))
    tuesday = [one for one in week["findings"] if one["day"] == "2026-11-24" and one["shift"] == "morning"]
    assert [(one["what"], one["have"], one["need"]) for one in tuesday] == [("too_few", 1, 2)]
    week = ok(stands(boss, mei, lin, days=1))
    tuesday = [one for one in week["findings"] if one["day"] == "2026-11-24" and one["shift"] == "morning"]
    assert [(one["what"], one["name"]) for one in tuesday] == [("untrained", "Lin")]
    trains(boss, lin)
    found = ok(boss.get("/api/staff/roster", params={"day": "2026-11-25"}))["findings"]
    assert not [one for one in found if one["day"] == "2026-11-24" and one["shift"] == "morning"]
    assert {one["what"] for one in found} == {"too_few"}, "the other shifts stand empty"
    assert [one["persons"] for one in ok(stands(boss, days=2))["places"]] == [[mei, lin]], "nobody is no place"
    assert ok(boss.get("/api/staff/today"))["roster"] == [one for one in found if one["day"] >= "2026-11-23"] + [
        one for one in ok(boss.get("/api/staff/roster", params={"day": "2026-11-30"}))["findings"] if one["day"] == "2026-11-30"
    ]


def test_a_gap_of_the_rota_is_shown_before_it_comes_and_a_leader_away_without_a_report(
    served: Served, boss: httpx.Client
) -> None:
    """S6: 24 hours' duty, a leader on duty, absences reported before they begin."""
    rig = served.rig
    mei, wang = joins(boss, "Mei", badge="s-17"), joins(boss, "Wang", badge="s-1")
    span = {"begins": "2026-11-23T08:00:00Z", "ends": "2026-11-24T08:00:00Z"}
    ok(boss.post("/api/staff/rota", json={"person": mei, **span}))
    rota = ok(boss.post("/api/staff/rota", json={"person": wang, **span, "leads": True}))
    first = {one["post"]: (one["begins"], one["ends"]) for one in reversed(rota["gaps"])}
    assert first["watch"] == ("2026-11-23T07:00:00Z", "2026-11-23T08:00:00Z")
    assert [one["begins"] for one in rota["gaps"] if one["post"] == "watch"][1] == "2026-11-24T08:00:00Z", "a day before"
    absence = {"begins": "2026-11-23T10:00:00Z", "ends": "2026-11-23T11:00:00Z", "why": "district meeting"}
    rota = ok(boss.post(f"/api/staff/{wang}/absences", json=absence))
    assert ("leader", "2026-11-23T10:00:00Z") in {(one["post"], one["begins"]) for one in rota["gaps"]}
    assert [(one["name"], one["in_advance"]) for one in rota["absences"]] == [("Wang", True)]
    shows(rig, "s-1", "07:50", Duty.ON)
    shows(rig, "s-1", "10:10", Duty.OFF)
    assert ok(boss.get("/api/staff/today"))["leaders_away"] == [], "reported in advance"
    go_to(rig, "11:05")
    away = ok(boss.get("/api/staff/today"))["leaders_away"]
    assert [(one["name"], one["why"]) for one in away] == [("Wang", "went_out")]
    late = ok(
        boss.post(
            f"/api/staff/{wang}/absences", json={**absence, "begins": "2026-11-23T11:01:00Z", "ends": "2026-11-23T12:00:00Z"}
        )
    )
    assert ok(boss.get("/api/staff/today"))["leaders_away"][0]["why"] == "reported_late"
    rota = ok(boss.delete(f"/api/staff/absences/{late['absences'][-1]['id']}"))
    assert len(rota["absences"]) == 0
    gone = ok(boss.delete(f"/api/staff/rota/{rota['turns'][0]['id']}"))
    assert len(gone["turns"]) == 1
    assert boss.delete(f"/api/staff/rota/{rota['turns'][0]['id']}").status_code == 404


def test_the_reception_group_is_measured_and_tested_every_morning(served: Served, boss: httpx.Client) -> None:
    """S7: not done by the set hour is overdue, on every day."""
    rig, mei = served.rig, joins(boss, "Mei", team="reception", badge="s-17")
    joins(boss, "Lin")
    assert {(kind, person) for kind, person, _ in today(boss)} == {("morning_temperature", mei), ("morning_test", mei)}
    shows(rig, "s-17", "07:10")
    go_to(rig, "08:01")
    assert today(boss) == [("morning_test", mei, "overdue"), ("morning_temperature", mei, "done")]
    by_hand(boss, mei, kind="test", result="negative")
    assert today(boss, "morning_test") == [("morning_test", mei, "done_late")]
    go_to(rig, "08:01", days=1)
    assert {state for _, _, state in today(boss)} == {"overdue"}


def test_a_declaration_is_followed_up_daily_until_it_ends_and_seen_by_few(served: Served, boss: httpx.Client) -> None:
    """S8: an open declaration is a task of every day until its end date."""
    rig, mei = served.rig, joins(boss, "Mei")
    said = {"what": "area_person", "until": "2026-11-26", "detail": "met a visitor from there"}
    one = ok(boss.post(f"/api/staff/{mei}/declarations", json=said))[0]["id"]
    states = []
    for day in range(5):
        go_to(rig, "18:01", days=day)
        if day == 2:
            ok(boss.post(f"/api/staff/declarations/{one}/follow-up", json={"text": "well"}))
        states.append([state for _, _, state in today(boss)])
    assert states == [[], ["overdue"], ["done_late"], ["overdue"], []]
    task_owner = ok(boss.post(f"/api/staff/{mei}/declarations", json={**said, "until": "2026-12-01"}))
    go_to(rig, "09:00", days=5)
    assert [(task["owner"], task["manual"]) for task in ok(boss.get("/api/staff/today"))["tasks"]] == [("zhao", True)]
    with somebody(served, "guard") as guard, somebody(served, "inspector") as inspector:
        assert (today(guard), today(inspector)) == ([], [])
        assert {each.get("/api/staff/declarations").status_code for each in (guard, inspector)} == {403}
    newest = task_owner[0]["id"]
    closed = ok(boss.post(f"/api/staff/declarations/{newest}/close", json={"why": "entered for the wrong person"}))
    assert (closed[0]["id"], closed[0]["open"], today(boss)) == (newest, False, [])
    assert boss.post(f"/api/staff/declarations/{newest}/follow-up", json={}).status_code == 409


def test_who_is_barred_is_refused_on_the_reception_roster_with_the_reason(served: Served, boss: httpx.Client) -> None:
    """S9: somebody who has, or whose close contacts have, been in an epidemic area takes no part in reception."""
    mei, lin = joins(boss, "Mei", team="reception"), joins(boss, "Lin")
    ok(stands(boss, lin, post="reception", days=1))
    for person, what in ((mei, "area_travel"), (lin, "area_contact")):
        ok(boss.post(f"/api/staff/{person}/declarations", json={"what": what, "until": "2026-12-06"}))
    refused = stands(boss, mei, post="reception", days=1)
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        f"{mei} takes no part in reception until 2026-12-06: declared area travel.",
    )
    ok(stands(boss, mei, days=1))
    ok(stands(boss, mei, post="reception", days=14))
    warned = ok(boss.get("/api/staff/today"))["roster"]
    assert [(one["name"], one["until"]) for one in warned if one["what"] == "barred"] == [("Lin", "2026-12-06")]
    assert today(boss, "morning_test") == [], "who is barred takes no part"
    with somebody(served, "guard") as guard:
        assert "barred" not in guard.get("/api/staff/today").text


def test_an_entry_by_hand_says_who_and_when_by_the_server_and_with_what(served: Served, boss: httpx.Client) -> None:
    mei = joins(boss, "Mei")
    with somebody(served, "guard", user="wei") as guard:
        by_hand(guard, mei, kind="temperature", temperature_c=36.4, device="contact 3")
    row = served.rig.rows(staff_entry, "user", "at_ms", "kind", "body")[-1]
    assert row == ("wei", served.rig.now_ms, "temperature", '{"device": "contact 3", "temperature_c": 36.4}')
    assert served.rig.rows(audit, "action", "subject", "detail")[-1] == ("staff: temperature", mei, "")


def test_one_sees_one_s_own_tasks_and_a_supervisor_those_of_the_own_site(served: Served, boss: httpx.Client) -> None:
    mei = joins(boss, "Mei", site="city/east", account="mei", team="reception")
    joins(boss, "Lin", site="city/west", team="reception")
    with (
        somebody(served, "facilities", user="mei") as own,
        somebody(served, "facilities", user="else") as other,
        somebody(served, "supervisor", "city/west", user="west") as west,
    ):
        assert {one["person"] for one in ok(own.get("/api/staff/mine"))["tasks"]} == {mei}
        assert ok(other.get("/api/staff/mine"))["name"] is None
        assert own.get("/api/staff/today").status_code == 403
        assert [one["name"] for one in ok(west.get("/api/staff"))] == ["Lin"]
        assert mei not in west.get("/api/staff/today").text
        assert west.post(f"/api/staff/{mei}/training", json={"day": "2026-11-20", "by": "us"}).status_code == 404
        assert stands(west, mei).status_code == 404
        assert west.get("/api/staff/roster", params={"site": "city/east"}).status_code == 404
        assert west.post("/api/staff", json={"name": "x", "number": "1", "team": "hall", "site": "city/east"}).status_code == 409


def test_nobody_has_another_s_badge_and_who_has_left_is_on_no_roster(served: Served, boss: httpx.Client) -> None:
    mei, lin = joins(boss, "Mei", badge="s-17"), joins(boss, "Lin")
    assert boss.patch(f"/api/staff/{lin}", json={"badge": "s-17"}).status_code == 409
    assert ok(boss.patch(f"/api/staff/{mei}", json={"badge": "", "number": "9"}))["badge"] is None
    assert ok(boss.patch(f"/api/staff/{lin}", json={"badge": "s-17"}))["badge"] == "s-17"
    assert ok(boss.patch(f"/api/staff/{mei}", json={"left": True}))["left_at"] is not None
    assert stands(boss, mei).status_code == 404
    assert [one["name"] for one in ok(boss.get("/api/staff"))] == ["Lin"]
    assert len(ok(boss.get("/api/staff", params={"left": True}))) == 2
    assert ok(boss.patch(f"/api/staff/{mei}", json={"left": False}))["left_at"] is None


def test_somebody_of_the_staff_is_erased_everywhere_and_the_chain_is_whole(served: Served, boss: httpx.Client) -> None:
    rig, mei = served.rig, joins(boss, "Mei Secret", badge="s-17", number="N-4711")
    trains(boss, mei)
    ok(stands(boss, mei, days=1))
    shows(rig, "s-17", "08:20", Duty.ON)
    ok(boss.post(f"/api/staff/{mei}/declarations", json={"what": "travel", "until": "2026-11-26", "detail": "Wuhan"}))
    assert boss.delete(f"/api/staff/{mei}").status_code == 204
    with rig.database.reading() as connection:
        whole = verify(connection)
        tables = ("staff", "staff_entry", "audit", "roster", "event")
        everything = str([connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables])
    assert whole.faults == []
    for personal in ("Mei Secret", "N-4711", "s-17", "Wuhan", "district"):
        assert personal not in everything
    assert rig.rows(visit, "badge", "duty", "reading") == [(None, None, None)]
    assert (ok(boss.get("/api/staff")), today(boss)) == ([], [])
    assert boss.delete(f"/api/staff/{mei}").status_code == 404


def test_who_is_erased_by_badge_at_the_machine_is_gone_from_the_register_too(served: Served, boss: httpx.Client) -> None:
    rig = served.rig
    joins(boss, "Mei", badge="s-17")
    for badge in ("s-17", "s-99"):
        shows(rig, badge, "08:20")
        with rig.database.writing() as connection, Feed(connection) as feed:
            assert erase_badge(connection, feed, badge, rig.now_ms, Rules()) == 1
    assert ok(boss.get("/api/staff")) == []

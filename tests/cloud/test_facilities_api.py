"""Disinfection through the API, on a real ledger, with a clock that the tests set."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
import pytest

from cloud.escalation.words import letter, subject_line
from cloud.ledger.contacts import Channel
from cloud.ledger.facility.rules import RoundRules
from cloud.ledger.reporting.schedule import Schedule
from cloud.periods import RetentionSettings
from cloud.reports.disinfection import DisinfectionOf
from cloud.retention.worker import Retention
from cloud.store.facility.overdue import OverdueRounds
from cloud.store.feed import Feed
from cloud.store.notices import ToSend
from cloud.store.reporting.period import Period
from cloud.store.sites import place_gate
from cloud.store.tables import audit, facility_entry
from cloud.store.verifying import verify
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.server import Served

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
BLEACH = {"agent": "bleach_84", "parts": 100, "contact_min": 30}
SEQS = count(500)


def ok(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, answer.text
    return None if answer.status_code == 204 else answer.json()


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "supervisor", user="zhao") as client:
        yield client


@pytest.fixture
def worker(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "facilities", user="li") as client:
        yield client


def adds(boss: httpx.Client, kind: str = "door_handle", name: str = "南门", **more: Any) -> str:
    return str(ok(boss.post("/api/facilities/assets", json={"kind": kind, "name": name, **more}))["id"])


def makes(worker: httpx.Client, asset: str, **more: Any) -> dict[str, Any]:
    body = {"key": secrets.token_hex(12), "asset": asset, **BLEACH, **more}
    made: dict[str, Any] = ok(worker.post("/api/facilities/rounds", json=body))
    return made


def tag_of(boss: httpx.Client, asset: str) -> str:
    made = ok(boss.post(f"/api/facilities/assets/{asset}/tag", json={"address": "https://menshen.site.example"}))
    assert made["page"] == f"/#facilities?tag={made['code']}"
    assert {len(row) for row in made["rows"]} == {len(made["rows"])}
    return str(made["code"])


def stands(client: httpx.Client, asset: str) -> dict[str, Any]:
    return next(one for one in ok(client.get("/api/facilities"))["assets"] if one["id"] == asset)


def light(client: httpx.Client, asset: str) -> str:
    return str(stands(client, asset)["light"])


def later(served: Served, minutes: float) -> None:
    served.rig.now_ms += round(minutes * MINUTE_MS)


def refresh(served: Served, *clients: httpx.Client) -> None:
    """Sessions of these tests last an hour; their clock goes further."""
    for client in clients:
        name = {"supervisor": "zhao", "facilities": "li"}
        role = "supervisor" if client.headers["x-is"] == "boss" else "facilities"
        with somebody(served, role, user=name[role]) as fresh:
            client.headers["Cookie"] = fresh.headers["Cookie"]


def test_an_asset_turns_overdue_at_interval_and_grace_and_a_scan_makes_it_fine(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    """F1: overdue at interval + grace; a round with evidence ends it."""
    handle = adds(boss, interval_min=30, grace_min=10)
    code = tag_of(boss, handle)
    assert light(worker, handle) == "unknown"
    assert makes(worker, handle, tag=code)["trust"] == "scanned"
    assert light(worker, handle) == "fine"
    later(served, 30)
    assert light(worker, handle) == "due"
    later(served, 9.99)
    assert light(worker, handle) == "due"
    later(served, 0.01)
    assert light(worker, handle) == "overdue"
    makes(worker, handle, tag=code)
    assert light(worker, handle) == "fine"


def test_tableware_that_nobody_washed_is_overdue(served: Served, boss: httpx.Client) -> None:
    """Q5: tableware and kitchenware are assets; a missed round is overdue."""
    plates = adds(boss, "tableware", "碗筷", interval_min=15)
    later(served, 31)
    assert light(boss, plates) == "overdue"


def test_a_round_that_nothing_shows_is_unverified_and_one_too_weak_is_invalid(boss: httpx.Client, worker: httpx.Client) -> None:
    """F3, R7: the strength is reckoned and checked; without evidence a round is unverified, and never green."""
    handle = adds(boss)
    weak = makes(worker, handle, parts=400)
    assert (weak["ppm"], weak["dilution"], weak["faults"]) == (125.0, "5 % 1:400", ["too_weak"])
    assert light(worker, handle) == "unknown", "a round that does not count is as if it were not there"
    said = makes(worker, handle)
    assert (said["ppm"], said["trust"], said["doubt"]) == (500.0, "unverified", "no_evidence")
    assert light(worker, handle) == "unverified"
    shown = ok(boss.get(f"/api/facilities/assets/{handle}"))["rounds"]
    assert [one["faults"] for one in shown] == [[], ["too_weak"]]
    assert {one["by"] for one in shown} == {"li"}


def test_the_picture_of_a_tag_counts_once_and_one_of_a_tag_replaced_not_at_all(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    handle, other = adds(boss), adds(boss, name="东门")
    code = tag_of(boss, handle)
    assert makes(worker, handle, tag=code)["trust"] == "scanned"
    again = makes(worker, handle, tag=code)
    assert (again["trust"], again["doubt"]) == ("unverified", "scanned_again")
    assert makes(worker, other, tag=code)["doubt"] == "tag_unknown"
    later(served, 11)
    tag_of(boss, handle)
    assert makes(worker, handle, tag=code)["doubt"] == "tag_unknown"


def test_a_round_kept_on_a_telephone_is_marked_late_and_counts_once_however_often_it_is_sent(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    handle = adds(boss)
    done = served.rig.now_ms
    later(served, 25)
    stamp = f"2026-11-21T06:00:{(done // 1000) % 60:02d}Z"
    body = {"key": "0123456789abcdef01", "asset": handle, "done_at": stamp, **BLEACH}
    first = ok(worker.post("/api/facilities/rounds", json=body))
    assert first["late"]
    assert ok(worker.post("/api/facilities/rounds", json=body)) == first
    assert len(ok(boss.get(f"/api/facilities/assets/{handle}"))["rounds"]) == 1
    ahead = makes(worker, handle, done_at="2031-01-01T00:00:00Z")
    assert ahead["done_at"] == ahead["entered_at"], "a clock that goes ahead moves nothing"
    with somebody(served, "facilities", user="wu") as other:
        assert other.post("/api/facilities/rounds", json=body).status_code == 409


def test_a_sensor_measures_what_a_person_only_says(served: Served, boss: httpx.Client, worker: httpx.Client) -> None:
    """R7: measured and manual are told apart."""
    silent, near = adds(boss, sensor="gate-1/air-9/co2"), adds(boss, sensor="gate-1/air-1/co2")
    served.rig.arrive(messages.health(next(SEQS)), messages.sensor(next(SEQS), [None, 420.0]))
    made = makes(worker, near, sensor=True, parts=400)
    assert (made["trust"], made["ppm"], made["ppm_measured"], made["faults"]) == ("measured", 420.0, True, [])
    assert makes(worker, silent, sensor=True)["doubt"] == "sensor_silent"


def test_only_a_run_of_uv_c_that_gave_enough_is_evidence(served: Served, boss: httpx.Client, worker: httpx.Client) -> None:
    """R7: what was measured counts by what it says."""
    bed, dose = adds(boss, sensor="gate-1/bed/uvc_reached"), adds(boss, sensor="gate-1/bed/uvc_dose_mj_cm2")
    assert makes(worker, bed, sensor=True)["doubt"] == "sensor_silent"
    for reached, found in ((0.0, ("unverified", "dose_not_reached")), (1.0, ("measured", None))):
        run = json.loads(messages.sensor(next(SEQS), [reached, 6.2]))
        taken = datetime.fromtimestamp(served.rig.now_ms / 1000, UTC)
        for reading, quantity in zip(run["data"]["readings"], ("uvc_reached", "uvc_dose_mj_cm2"), strict=True):
            reading |= {"sensor": "bed", "quantity": quantity, "unit": "", "taken": taken.isoformat()}
        served.rig.arrive(messages.health(next(SEQS)), json.dumps(run).encode())
        made = makes(worker, bed, sensor=True)
        assert (made["trust"], made["doubt"]) == found
        assert makes(worker, dose, sensor=True)["doubt"] == "dose_not_reached", "a number proves nothing"
        later(served, 20)


def test_people_who_come_in_make_it_due_earlier(served: Served, boss: httpx.Client, worker: httpx.Client) -> None:
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/east")
        place_gate(connection, feed, "gate-2", "city/west")
    handle = adds(boss, site="city/east", flow_limit=3, interval_min=6000)
    makes(worker, handle, done_at="2026-11-21T00:00:00Z", parts=100)
    before = stands(worker, handle)
    for _ in range(2):
        seq = next(SEQS)
        served.rig.arrive(messages.visit(seq, f"f-{seq}"), messages.visit(next(SEQS), f"f-{seq}", gate="gate-2"))
    two = stands(worker, handle)
    assert (two["entered"], two["by_flow"]) == (before["entered"] + 2, False)
    seq = next(SEQS)
    served.rig.arrive(messages.visit(seq, f"f-{seq}"))
    three = stands(worker, handle)
    assert (three["entered"], three["by_flow"]) == (3, True)
    assert three["due_at"] < before["due_at"]


def test_a_vehicle_without_a_named_person_is_a_warning(boss: httpx.Client) -> None:
    """F8: an unassigned vehicle is warned of, also when its person has left."""
    car = adds(boss, "vehicle", "粤V·12345")
    assert stands(boss, car)["lacks_person"]
    mei = ok(boss.post("/api/staff", json={"name": "梅", "number": "7", "team": "drivers"}))["id"]
    ok(boss.patch(f"/api/facilities/assets/{car}", json={"person": mei}))
    shown = stands(boss, car)
    assert (shown["lacks_person"], shown["person"], shown["person_name"]) == (False, mei, "梅")
    ok(boss.patch(f"/api/staff/{mei}", json={"left": True}))
    assert stands(boss, car)["lacks_person"]
    assert boss.patch(f"/api/facilities/assets/{car}", json={"person": "staff-999"}).status_code == 404


def test_a_meeting_warns_of_too_many_and_its_room_is_overdue_without_a_round_after_it(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    """F0: head count above the limit is a warning; no round after the meeting is overdue."""
    room = adds(boss, "meeting_room", "201", head_limit=10)
    makes(worker, room)
    times = {"begins": "2026-11-21T08:00:00Z", "ends": "2026-11-21T08:20:00Z"}
    planned = ok(worker.post("/api/facilities/meetings", json={"room": room, "heads": 12, **times}))["meetings"]
    assert planned[0]["concerns"][0] == "too_many"
    name = planned[0]["id"]
    told = ok(worker.post(f"/api/facilities/meetings/{name}/screened", json={"screened": 12}))["meetings"]
    assert told[0]["screened"] == 12
    served.rig.now_ms = _at("2026-11-21T08:21:00")
    with somebody(served, "facilities", user="li") as fresh:
        assert (light(fresh, room), stands(fresh, room)["wants"]) == ("due", "after_meeting")
        served.rig.now_ms = _at("2026-11-21T08:50:00")
        assert light(fresh, room) == "overdue"
        makes(fresh, room)
        assert light(fresh, room) == "unverified"
        assert ok(fresh.delete(f"/api/facilities/meetings/{name}"))["meetings"] == []
        assert fresh.delete(f"/api/facilities/meetings/{name}").status_code == 404
        back = {"room": room, "heads": 2, "begins": times["ends"], "ends": times["begins"]}
        assert fresh.post("/api/facilities/meetings", json=back).json()["code"] == "meeting_span"


def _at(clock: str) -> int:
    return round(datetime.fromisoformat(clock).replace(tzinfo=UTC).timestamp() * 1000)


def test_a_confirmed_case_locks_its_area_until_the_evidence_is_attached(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    """F9: the notice is on the board; the area is locked until the evidence of a disinfection from outside is there."""
    inside, outside = adds(boss, site="city/hall/east"), adds(boss, site="city/hall-2")
    for one in (inside, outside):
        makes(worker, one, tag=tag_of(boss, one))
    said = {"day": "2026-11-20", "source": "区疾控中心", "area": "第三办公楼", "site": "city/hall"}
    assert worker.post("/api/facilities/notices", json=said).status_code == 403
    notice = ok(boss.post("/api/facilities/notices", json=said))["notices"][0]
    assert (notice["area"], notice["source"], notice["day"], notice["locks"]) == (said["area"], said["source"], said["day"], True)
    assert (light(worker, inside), light(worker, outside)) == ("locked", "fine")
    later(served, 11)
    makes(worker, inside, tag=tag_of(boss, inside))
    assert light(worker, inside) == "locked", "one's own round unlocks nothing"
    ending = {"how": "disinfected", "by": "区疾控中心", "day": "2026-11-21", "document": "消字 2026-17"}
    ended = ok(boss.post(f"/api/facilities/notices/{notice['id']}/end", json={"ending": ending}))
    shown = next(one for one in ended["notices"] if one["id"] == notice["id"])["ending"]
    assert shown == {"sha256": "", "why": "", "entered_by": "zhao", **ending}
    assert not ended["notices"][0]["locks"]
    assert light(worker, inside) == "fine"
    assert boss.post(f"/api/facilities/notices/{notice['id']}/end", json={"ending": ending}).json()["code"] == "entry_closed"


def test_what_is_overdue_or_locked_waits_for_somebody_and_stops_when_it_is_done(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    rig = served.rig
    handle = adds(boss, site="city/hall", interval_min=15, grace_min=0)
    ok(boss.post("/api/facilities/notices", json={"day": "2026-11-20", "source": "x", "area": "A 楼", "site": "city/other"}))
    overdue = OverdueRounds(RoundRules())

    def waits() -> list[tuple[str, str, str, int]]:
        with rig.database.reading() as connection:
            return [(one.kind, one.site, one.detail, one.priority) for one in overdue(connection, rig.now_ms)]

    assert waits() == [("area_locked", "city/other", "A 楼", 1)]
    later(served, 15)
    assert waits() == [("round_overdue", "city/hall", "door handle: 南门", 2), ("area_locked", "city/other", "A 楼", 1)]
    makes(worker, handle)
    later(served, 1)
    assert waits() == [("area_locked", "city/other", "A 楼", 1)]
    with rig.database.reading() as connection:
        about = overdue(connection, rig.now_ms)[0]
    one = ToSend(1, "li", Channel.MAIL, 1, 1, about)
    assert "区域已封闭" in subject_line(one)
    assert "A 楼 (city/other)" in letter(one, "2026-11-21T08:00:00")


def test_the_report_lists_what_is_unverified_invalid_late_and_missed(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    """R7: listed, not hidden."""
    rig = served.rig
    handle, fine = adds(boss, interval_min=15, grace_min=0), adds(boss, name="东门", interval_min=600)
    makes(worker, fine, tag=tag_of(boss, fine))
    later(served, 20)
    makes(worker, handle)
    makes(worker, handle, parts=1000)
    later(served, 5)

    period = Period(0, 0, rig.now_ms - HOUR_MS, rig.now_ms, rig.now_ms, MINUTE_MS, Schedule(0, UTC))
    with rig.database.reading() as connection:
        [line] = DisinfectionOf(RoundRules())(connection, period)
    assert (line.name, line.made, line.unverified, line.invalid) == ("南门", 1, 1, 1)
    assert (line.overdue_times, line.overdue_s) == (1, 300.0)


def test_what_was_entered_is_under_the_chain_and_goes_after_a_year_but_for_a_lock_that_stands(
    served: Served, boss: httpx.Client, worker: httpx.Client
) -> None:
    rig = served.rig
    makes(worker, adds(boss))
    said = {"day": "2026-11-20", "source": "x", "area": "y", "site": "city"}
    ok(boss.post("/api/facilities/notices", json=said))
    gone = ok(boss.post("/api/facilities/notices", json={**said, "area": "z"}))["notices"][0]["id"]
    ok(boss.post(f"/api/facilities/notices/{gone}/end", json={"ending": {"how": "withdrawn", "why": "typed twice"}}))
    rig.now_ms += 366 * 24 * HOUR_MS
    swept = Retention(rig.database, RetentionSettings(), lambda: rig.now_ms).round()
    assert swept["disinfection"] == 3
    assert [kind for kind, body in rig.rows(facility_entry, "kind", "body") if body != "{}"] == ["notice"]
    with rig.database.reading() as connection:
        assert verify(connection).faults == []


def test_a_guard_and_an_inspector_read_and_change_nothing_and_another_site_is_out_of_reach(
    served: Served, boss: httpx.Client
) -> None:
    handle = adds(boss, site="city/hall/east")
    for role in ("guard", "inspector"):
        with somebody(served, role) as client:
            assert light(client, handle) == "unknown"
            body = {"key": secrets.token_hex(12), "asset": handle, **BLEACH}
            assert client.post("/api/facilities/rounds", json=body).status_code == 403
    with somebody(served, "facilities", "city/hall/west") as west:
        assert ok(west.get("/api/facilities"))["assets"] == []
        assert west.get(f"/api/facilities/assets/{handle}").status_code == 404
    before = len(served.rig.rows(audit, "user"))
    ok(boss.patch(f"/api/facilities/assets/{handle}", json={"ended": True}))
    assert len(served.rig.rows(audit, "user")) == before + 1
    assert ok(boss.get("/api/facilities"))["assets"] == []


@pytest.mark.parametrize("ledger", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
def test_an_asset_and_its_history_are_read_in_both_ledgers(boss: httpx.Client) -> None:
    asset = adds(boss)
    said = ok(boss.get(f"/api/facilities/assets/{asset}"))
    assert (said["asset"]["id"], said["rounds"]) == (asset, [])

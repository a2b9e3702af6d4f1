"""What was entered about staff has its time too."""

from __future__ import annotations

import json
from typing import Any

import httpx

from cloud.periods import RetentionSettings
from cloud.retention.worker import Retention
from cloud.store.tables import staff, staff_entry
from cloud.store.verifying import verify
from tests.cloud.server import Served
from tests.cloud.test_staff_api import boss, by_hand, go_to, joins, ok, trains

__all__ = ["boss"]


def sweep(served: Served) -> dict[str, int]:
    rig = served.rig
    gone = Retention(rig.database, RetentionSettings(), lambda: rig.now_ms).round()
    return {kind: count for kind, count in gone.items() if kind != "sessions"}


def kept(served: Served) -> list[str]:
    return [kind for kind, body in served.rig.rows(staff_entry, "kind", "body") if body != "{}"]


def test_readings_go_after_thirty_days_and_a_training_stays_while_somebody_is_there(served: Served, boss: httpx.Client) -> None:
    mei = joins(boss, "Mei", badge="s-17")
    trains(boss, mei)
    by_hand(boss, mei, kind="temperature", temperature_c=36.4, device="thermometer 2")
    go_to(served.rig, "06:00", days=30)
    assert sweep(served) == {}
    go_to(served.rig, "08:00", days=30)
    assert sweep(served) == {"staff readings": 1}
    assert kept(served) == ["training"]
    with served.rig.database.reading() as connection:
        assert verify(connection).faults == []


def test_a_declaration_goes_with_all_that_followed_thirty_days_after_it_ended(served: Served, boss: httpx.Client) -> None:
    mei = joins(boss, "Mei")
    said: dict[str, Any] = {"what": "area_person", "until": "2026-11-26", "detail": "met a visitor from there"}
    one = ok(boss.post(f"/api/staff/{mei}/declarations", json=said))[0]["id"]
    ok(boss.post(f"/api/staff/declarations/{one}/follow-up", json={"text": "well"}))
    shut = ok(boss.post(f"/api/staff/{mei}/declarations", json={**said, "until": "2027-02-01"}))[0]["id"]
    ok(boss.post(f"/api/staff/declarations/{shut}/close", json={"why": "entered for the wrong person"}))
    ok(boss.post(f"/api/staff/{mei}/declarations", json={**said, "until": "2027-02-01"}))
    go_to(served.rig, "08:00", days=30)
    assert sweep(served) == {"declarations and absences": 2}, "the one that was closed, and that it was"
    go_to(served.rig, "08:00", days=35)
    assert sweep(served) == {"declarations and absences": 2}
    assert kept(served) == ["declaration"]
    assert [json.loads(body)["until"] for (body,) in served.rig.rows(staff_entry, "body") if body != "{}"] == ["2027-02-01"]
    assert sweep(served) == {}


def test_who_has_left_is_named_no_more_after_thirty_days(served: Served, boss: httpx.Client) -> None:
    mei, _ = joins(boss, "Mei", badge="s-17"), joins(boss, "Lin")
    trains(boss, mei)
    ok(boss.patch(f"/api/staff/{mei}", json={"left": True}))
    go_to(served.rig, "08:00", days=30)
    assert sweep(served) == {"staff who left": 1}
    assert served.rig.rows(staff, "name", "badge") == [("", None), ("Lin", None)]
    assert kept(served) == []

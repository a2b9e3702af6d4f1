"""Shelving and taking out of service, as a guard and a supervisor do it."""

from __future__ import annotations

from cloud.store.tables import audit
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.server import Served


@either_ledger
def test_a_shelved_alarm_comes_back_by_itself_and_is_new_while_the_fault_lasts(served: Served) -> None:
    rig = served.rig
    rig.arrive(messages.alert(1))
    with served.client() as client:
        name = client.get("/api/snapshot").json()["queue"][0]["id"]
        client.post(f"/api/queue/{name}/acknowledge")
        shelf = client.post(f"/api/alarms/{name}/shelve", json={"reason": "new cable on Monday", "minutes": 30}).json()
        assert (shelf["state"], shelf["withheld"]["by"], shelf["withheld"]["why"]) == ("SHLVD", "admin", "new cable on Monday")
        rig.now_ms += 30 * 60_000 - 1
        rig.ingest.round()
        (there,) = [one for one in client.get("/api/snapshot").json()["queue"] if one["id"] == name]
        assert there["state"] == "SHLVD", "it is listed while it is out of sight"
        rig.now_ms += 1_001
        rig.ingest.round()
        (there,) = [one for one in client.get("/api/snapshot").json()["queue"] if one["id"] == name]
        assert (there["state"], there["acknowledged_by"], there["withheld"]) == ("UNACK", None, None)
        moves = client.get(f"/api/alarms/{name}/moves").json()
        assert [(one["move"], one["user"], one["announced"]) for one in moves] == [
            ("unshelve", "", True),
            ("shelve", "admin", False),
            ("ack", "admin", False),
            ("raise", "", True),
        ]


def test_out_of_service_lasts_until_somebody_restores_it(served: Served) -> None:
    rig = served.rig
    rig.arrive(messages.alert(1))
    with served.client() as client:
        name = client.get("/api/snapshot").json()["queue"][0]["id"]
        gone = client.post(f"/api/alarms/{name}/out-of-service", json={"reason": "being rebuilt"}).json()
        assert (gone["state"], gone["withheld"]["until"]) == ("OOSRV", None)
        rig.now_ms += 3_500_000  # as long as this session lasts
        rig.ingest.round()
        rig.arrive(messages.alert(2, state="returned"))
        assert client.post(f"/api/alarms/{name}/unshelve").status_code == 409
        assert client.post(f"/api/alarms/{name}/restore").json()["state"] == "NORM"
    noted = [row[1:] for row in rig.rows(audit, "number", "user", "action", "detail") if "service" in row[2]]
    assert noted == [
        ("admin", "take out of service", "colour_camera at gate-1: being rebuilt"),
        ("admin", "restore to service", "colour_camera at gate-1"),
    ]


def test_nobody_shelves_without_a_reason_or_for_longer_than_allowed(served: Served) -> None:
    served.rig.arrive(messages.alert(1))
    with served.client() as client:
        name = client.get("/api/snapshot").json()["queue"][0]["id"]
        for wrong in (
            {"reason": "  x ", "minutes": 5},
            {"minutes": 5},
            {"reason": "a reason", "minutes": 121},
            {"reason": "why"},
        ):
            assert client.post(f"/api/alarms/{name}/shelve", json=wrong).status_code == 422, wrong
        assert client.post("/api/alarms/alarm-99/unshelve").status_code == 404
        assert client.get("/api/alarms/alarm-99/moves").status_code == 404

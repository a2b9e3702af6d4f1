"""The ledger is searched, a row told with its history, the chain shown and verified, lists and evidence taken away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update

from cloud.heads.signer import HeadSigner
from cloud.heads.worker import Heads
from cloud.ledger.evidence import Evidence
from cloud.store.accounts import note
from cloud.store.erasing import erase_person
from cloud.store.feed import Feed
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.sites import place_gate
from cloud.store.tables import audit, event
from contract.verdicts import Verdict
from tests.cloud.messages import alert, visit
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve

BADGE = "badge-4711"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Two gates at two sites; a visit with two revisions and a case, one of staff, an alarm that came and went."""
    rig, series = Rig.open(tmp_path / "ledger.db"), SqliteSeries(tmp_path / "series.db")
    rig.arrive(visit(1), visit(2, "v2", verdict=Verdict.RECHECK, seen={"badge": BADGE}), alert(3, "recheck", subject="v2"))
    rig.arrive(alert(4), visit(5, "v2", revision=1, verdict=Verdict.PASS, seen={"badge": BADGE}))
    rig.arrive(alert(6, state="returned"), visit(1, "v9", gate="gate-2", verdict=Verdict.PUT_ON_MASK))
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/east")
        place_gate(connection, feed, "gate-2", "city/west")
    with serve(rig, series, tmp_path) as running:
        yield running
    series.close()
    rig.database.close()


def sought(client: httpx.Client, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/ledger", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def ids(client: httpx.Client, **asked: Any) -> list[str]:
    return [row["id"] for row in sought(client, **asked)]


def test_rows_are_sought_by_what_they_are_where_they_were_and_what_their_ids_begin_with(served: Served) -> None:
    with served.client() as client:
        assert set(ids(client)) == {"gate-1/v1", "gate-1/v2", "gate-2/v9"}
        assert ids(client, who="staff") == ids(client, text=BADGE) == ids(client, text="v2") == ["gate-1/v2"]
        assert ids(client, verdict="put_on_mask") == ids(client, site="city/west") == ids(client, gate="gate-2") == ["gate-2/v9"]
        assert ids(client, since="2100-01-01T00:00:00Z") == ids(client, text="v_") == ids(client, reason="hold_still") == []
        assert ids(client, part="cases") == ids(client, part="cases", text="case-1") == ["case-1"]
        assert ids(client, part="alarms") == ids(client, part="alarms", text="alarm-1") == ["alarm-1"]
        assert ids(client, part="alarms", since="2100-01-01T00:00:00Z") == ids(client, part="alarms", text="alarm-7") == []
        assert sought(client, part="audit", text="admin")[0]["who"] == "admin"
        assert client.get("/api/ledger", params={"site": "nowhere"}).json()["rows"] == []
        assert client.get("/api/ledger", params={"before": "x"}).status_code == 400


@pytest.mark.parametrize("part", ["visits", "audit"])
def test_a_page_goes_on_where_the_one_before_ended_also_when_rows_have_arrived(served: Served, part: str) -> None:
    rig = served.rig
    with rig.database.writing() as connection:
        for number in range(5):
            note(connection, "menshen", "test", f"row {number}", rig.now_ms)
    rig.arrive(*(visit(10 + number, f"w{number}") for number in range(5)))
    with served.client() as client:
        first = client.get("/api/ledger", params={"part": part, "limit": 3}).json()
        rig.arrive(visit(20, "new"))
        with rig.database.writing() as connection:
            note(connection, "menshen", "test", "new", rig.now_ms)
        rest = client.get("/api/ledger", params={"part": part, "limit": 500, "before": first["next"]}).json()
        names = [row["id"] for row in (*first["rows"], *rest["rows"])]
        assert len(names) == len(set(names))
        new = [row["id"] for row in sought(client, part=part) if row["id"] not in names]
        assert len(new) == 1
        assert rest["next"] is None


def history(client: httpx.Client, part: str, name: str) -> dict[str, Any]:
    answer = client.get("/api/ledger/history", params={"part": part, "id": name})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_every_revision_of_a_visit_and_every_move_of_an_alarm_is_told_with_its_link(served: Served) -> None:
    """L1: an edit is a new revision row."""
    with served.client() as client:
        told = history(client, "visits", "gate-1/v2")
        assert [(one["what"], one["by"], one["place"]["number"]) for one in told["written"]] == [
            ("recheck", "gate-1", 1),
            ("pass", "gate-1", 2),
        ]
        assert all(one["place"]["intact"] and one["late_s"] == 0.5 for one in told["written"])
        assert told["linked"] == ["case-1"]
        moves = history(client, "alarms", "alarm-1")["written"]
        assert [(one["what"], one["state"]) for one in moves] == [("raise", "UNACK"), ("return_to_normal", "RTNUN")]
        assert client.post("/api/queue/case-1/acknowledge").status_code == 200
        assert client.post("/api/cases/case-1/follow-up", json={"text": "went home"}).status_code == 200
        assert [one["what"] for one in history(client, "cases", "case-1")["written"]] == ["follow_up"]
        number = sought(client, part="audit")[0]["id"]
        assert history(client, "audit", number)["written"][0]["place"]["intact"]
        for part, name in (("visits", "gate-1/none"), ("alarms", "alarm-99"), ("cases", "case-x"), ("audit", "audit-0")):
            assert client.get("/api/ledger/history", params={"part": part, "id": name}).status_code == 404


def test_what_was_tampered_with_shows_at_the_row_and_in_the_check(served: Served) -> None:
    with served.client() as client:
        assert client.get("/api/chain/check").json()["faults"] == []
        with served.rig.database.writing() as connection:
            connection.execute(update(event).where(event.c.seq == 5).values(received_ms=event.c.received_ms + 1))
        places = [one["place"] for one in history(client, "visits", "gate-1/v2")["written"]]
        assert [one["intact"] for one in places] == [True, False]
        assert "is not as it was written" in places[1]["faults"][0]
        assert client.get("/api/chain/check").json()["faults"] == places[1]["faults"]
        assert client.get("/api/chain/check", params={"last": 1}).json()["faults"] == []


def test_a_person_who_was_erased_is_told_as_erased_by_whom_and_the_chain_holds(served: Served) -> None:
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        erase_person(connection, feed, served.rig.now_ms, badge=BADGE)
        note(connection, "chen", "erase a person", "1 visits", served.rig.now_ms + 2)
    with served.client() as client:
        told = history(client, "visits", "gate-1/v2")
        assert [(one["erased"], one["place"]["intact"]) for one in told["written"]] == [(True, True)] * 2
        assert (told["erasure"]["by"], told["erasure"]["why"]) == ("chen", "erase a person")
        assert BADGE not in str(told)
        assert client.get("/api/chain/check").json()["erased"] == 3


def test_nobody_reads_beyond_their_site_and_only_who_may_reads_the_audit(served: Served) -> None:
    with somebody(served, "guard", "city/west") as guard:
        assert ids(guard) == ["gate-2/v9"]
        for asked in ({"site": "city/east"}, {"gate": "gate-1"}):
            assert guard.get("/api/ledger", params=asked).status_code == 404
        assert guard.get("/api/ledger", params={"part": "audit"}).status_code == 403
        for part, name in (("visits", "gate-1/v2"), ("cases", "case-1"), ("alarms", "alarm-1")):
            assert guard.get("/api/ledger/history", params={"part": part, "id": name}).status_code == 404
    with somebody(served, "inspector", "city/west") as inspector:
        assert inspector.get("/api/chain/evidence").status_code == 403
        assert "gate-1" not in inspector.get("/api/ledger/export").text


def test_what_was_found_is_taken_away_as_a_file_and_the_audit_says_by_whom(served: Served) -> None:
    with somebody(served, "inspector", user="inspector") as client:
        asked = {"form": "csv", "language": "en", "who": "staff", "text": BADGE}
        answer = client.get("/api/ledger/export", params=asked)
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row[0] for row in rows if len(row) == 14] == ["Id", "gate-1/v2"]
        [there] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        assert (there["What"], there["What code"], there["State code"]) == ("pass", "pass", "worn")
        assert there["State"] == "mask worn", "a word for people, the code beside it for programs"
        chinese = client.get("/api/ledger/export", params={**asked, "language": "zh"}).content.decode("utf-8-sig")
        assert "通行" in chinese
        assert "已戴口罩" in chinese
        assert client.get("/api/ledger/export", params={"form": "xlsx"}).content.startswith(b"PK")
    deeds = [row for row in served.rig.rows(audit, "user", "action", "subject", "detail") if row[1] == "exported"]
    assert deeds[0] == ("inspector", "exported", "ledger visits.csv", "who staff")


def test_the_evidence_and_the_signed_heads_are_taken_from_the_cloud(served: Served) -> None:
    with somebody(served, "inspector", user="inspector") as client:
        assert client.get("/api/chain").json()["signed"] is None
        assert client.get("/api/chain/key").status_code == 404
        signer = HeadSigner(Ed25519PrivateKey.generate())
        Heads(served.rig.database, signer, lambda: served.rig.now_ms).round()
        assert client.get("/api/chain").json()["key"] == signer.public
        assert client.get("/api/chain/key").text.startswith("-----BEGIN PUBLIC KEY-----")
        assert [one["number"] for one in client.get("/api/chain/heads").json()["heads"]] == [3]
        lines = client.get("/api/chain/evidence").content.splitlines()
    found = Evidence(frozenset({signer.public})).look(lines)
    assert (found.faults, found.proven, found.last) == ([], 3, 4), "the download itself stands in the audit"

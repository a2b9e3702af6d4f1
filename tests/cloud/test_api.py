from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from cloud.api.shield import HEADERS
from cloud.app.web import create_app
from cloud.store.tables import audit, session
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.server import PASSWORD, Served


def test_signing_in_gives_a_cookie_no_script_can_read_and_signing_out_ends_it(served: Served) -> None:
    with served.client(signed_in=False) as client:
        answer = client.post("/api/session", json={"user": "admin", "password": PASSWORD})
        assert (answer.json()["user"], answer.json()["role"], answer.json()["site"]) == ("admin", "administrator", "")
        cookie = answer.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        token = client.cookies["menshen"]
        assert token not in str(served.rig.rows(session))
        assert client.get("/api/session").json()["user"] == "admin"
        assert client.delete("/api/session").status_code == 204
        client.cookies.set("menshen", token)
        assert client.get("/api/session").status_code == 401


def test_a_ledger_that_is_away_is_a_state_and_not_a_fault_of_the_question(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, OSError("the server is gone"))

    with served.client() as client:
        monkeypatch.setattr(served.rig.database, "reading", away)
        answer = client.get("/api/visits")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert "Try again" in answer.json()["detail"]
        assert client.get("/api/health").status_code == 200


def test_a_session_runs_out(served: Served) -> None:
    with served.client() as client:
        served.rig.now_ms += 3_600_001
        assert client.get("/api/session").status_code == 401


def test_a_wrong_password_and_an_unknown_user_are_refused_alike(served: Served) -> None:
    with served.client(signed_in=False) as client:
        wrong = client.post("/api/session", json={"user": "admin", "password": "wrong"})
        unknown = client.post("/api/session", json={"user": "nobody", "password": PASSWORD})
        assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json()) == (401, wrong.json())


def test_guessing_locks_out_for_a_quarter_of_an_hour(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloud.access.sessions.is_right", lambda given, _hash: given == PASSWORD)
    right = {"user": "admin", "password": PASSWORD}
    with served.client(signed_in=False) as client:
        for _ in range(10):
            assert client.post("/api/session", json={"user": "admin", "password": "guess"}).status_code == 401
        locked = client.post("/api/session", json=right)
        assert locked.status_code == 429
        assert 0 < int(locked.headers["retry-after"]) <= 900
        served.rig.now_ms += 15 * 60_000
        assert client.post("/api/session", json=right).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({}, 204),
    ],
)
def test_another_site_cannot_act_for_a_guard(served: Served, headers: dict[str, str], status: int) -> None:
    with served.client() as client:
        assert client.delete("/api/session", headers=headers).status_code == status


def test_our_own_page_may_act(served: Served) -> None:
    with served.client() as client:
        assert client.delete("/api/session", headers={"Origin": served.url}).status_code == 204


def test_a_request_that_is_too_large_is_not_read(served: Served) -> None:
    with served.client(signed_in=False) as client:
        assert client.post("/api/session", content=b"x" * 70_000).status_code == 413


@pytest.mark.parametrize("path", ["/", "/api/health", "/api/nothing", "/assets/x.js"])
def test_every_answer_says_what_a_browser_may_do_with_it(served: Served, path: str) -> None:
    with served.client() as client:
        answer = client.get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert (answer.headers.get("cache-control") == "no-store") == path.startswith("/api")


@either_ledger
def test_a_case_is_taken_once_and_who_took_it_is_written_down(served: Served) -> None:
    served.rig.arrive(messages.alert(1, "recheck", subject="v1"), messages.alert(2))
    with served.client() as client:
        case, alarm = client.get("/api/snapshot").json()["queue"]
        taken = client.post(f"/api/queue/{case['id']}/acknowledge")
        assert (taken.json()["state"], taken.json()["acknowledged_by"]) == ("taken", "admin")
        again = client.post(f"/api/queue/{case['id']}/acknowledge")
        assert again.status_code == 409
        assert "taken by admin" in again.json()["detail"]
        assert client.post(f"/api/queue/{alarm['id']}/acknowledge").json()["state"] == "ACKED"
        assert client.post(f"/api/queue/{alarm['id']}/acknowledge").status_code == 409
        assert client.post("/api/queue/case-99/acknowledge").status_code == 404
        assert client.post("/api/queue/gate-1/acknowledge").status_code == 422
    noted = [row for row in served.rig.rows(audit, "user", "action", "subject") if row[1] == "acknowledge"]
    assert noted == [("admin", "acknowledge", case["id"]), ("admin", "acknowledge", alarm["id"])]


@either_ledger
def test_pages_of_visits_hold_each_visit_once(served: Served) -> None:
    served.rig.arrive(*(messages.visit(seq, f"v{seq}", gate=f"gate-{seq % 2}") for seq in range(25)))
    with served.client() as client:
        names: list[str] = []
        before = None
        while True:
            page = client.get("/api/visits", params={"limit": 10, **({"before": before} if before else {})}).json()
            names += [visit["visit"] for visit in page["visits"]]
            before = page["next"]
            if before is None:
                break
        assert names == [f"v{seq}" for seq in reversed(range(25))]
        of_gate = client.get("/api/visits", params={"gate": "gate-1"}).json()["visits"]
        assert {visit["gate"] for visit in of_gate} == {"gate-1"}
        assert client.get("/api/visits", params={"before": "x"}).status_code == 400


def test_a_gate_tells_what_its_health_message_said(served: Served) -> None:
    served.rig.arrive(messages.health(7), messages.visit(8, verdict=Verdict.WAIT))
    with served.client() as client:
        gate = client.get("/api/gates").json()[0]
    assert (gate["gate"], gate["state"], gate["colour_fps"], gate["outbox_rows"]) == ("gate-1", "live", 25.0, 2)
    assert (gate["last_verdict"], gate["parts"], gate["restarts"]) == ("wait", {"colour": "live"}, {"colour": 1})


def test_health_tells_strangers_no_reasons(served: Served) -> None:
    with served.client(signed_in=False) as stranger, served.client() as user:
        assert stranger.get("/api/health").json()["why"] == {}
        assert stranger.get("/api/health").json()["status"] == "degraded"
        assert user.get("/api/health").json()["why"] == {"broker": "refused by 10.0.0.1"}


def test_without_built_screens_the_page_says_how_to_build_them(served: Served) -> None:
    with served.client(signed_in=False) as client:
        assert "npm ci" in client.get("/").text


def test_built_screens_are_served_and_nothing_beside_them(served: Served, tmp_path: Path) -> None:
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("<title>guard</title>")
    (assets / "app-1a2b.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    with served.client(signed_in=False) as client:
        assert "guard" in client.get("/gates/gate-1").text
        assert client.get("/").headers["cache-control"] == "no-cache"
        assert "immutable" in client.get("/assets/app-1a2b.js").headers["cache-control"]
        for path in ("/..%2fsecret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/x%00.txt"):
            assert "secret" not in client.get(path).text
        assert client.get("/assets/gone.js").status_code == 404


def test_the_committed_description_is_the_one_the_service_gives() -> None:
    from cloud.commands.openapi import description

    committed = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
    assert committed.read_text(encoding="utf-8") == description(), "run `menshen-cloud openapi > docs/reference/openapi.json`"


def test_no_schema_is_named_by_the_module_it_comes_from() -> None:
    """FastAPI does so where two models share a name; the types of clients made from it would then carry our folders."""
    named = create_app().openapi()["components"]["schemas"]
    assert [name for name in named if "__" in name] == []


def test_every_route_is_described_with_its_answer() -> None:
    for path, methods in create_app().openapi()["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], (method, path)
            good = next(answer for status, answer in operation["responses"].items() if re.match("[23]", status))
            assert "content" in good or {"204", "303"} & set(operation["responses"]), (method, path)


def test_staff_and_visitors_are_two_populations_and_nobody_is_in_both(served: Served) -> None:
    """L2: the filters staff and visitor give disjoint rows, and all of them together."""
    badge = {"badge": "B-7", "duty": "on"}
    served.rig.arrive(*(messages.visit(seq, f"v{seq}", seen=badge if seq % 3 == 0 else {}) for seq in range(1, 10)))
    with served.client() as client:
        found = {who: names(client, who=who) for who in ("staff", "visitor")}
        assert found["staff"] == {"v3", "v6", "v9"}
        assert found["staff"].isdisjoint(found["visitor"])
        assert found["staff"] | found["visitor"] == names(client)
        assert client.get("/api/visits", params={"who": "everybody"}).status_code == 422


def test_visits_are_sought_by_verdict_and_by_when_they_happened(served: Served) -> None:
    at = [messages.START - timedelta(minutes=4 - minute) for minute in range(4)]
    verdicts = [Verdict.PASS, Verdict.FIX_MASK, Verdict.PASS, Verdict.RECHECK]
    served.rig.arrive(*(messages.visit(seq, f"v{seq}", verdict=verdicts[seq], at=at[seq]) for seq in range(4)))
    with served.client() as client:
        assert names(client, verdict="pass") == {"v0", "v2"}
        assert names(client, since=at[1].isoformat(), until=at[3].isoformat()) == {"v1", "v2"}
        assert names(client, since=at[1].isoformat(), verdict="pass") == {"v2"}
        assert client.get("/api/visits", params={"since": "2026-11-21T08:00:00"}).status_code == 422, "of which zone?"


def names(client: httpx.Client, **sought: str) -> set[str]:
    return {one["visit"] for one in client.get("/api/visits", params=sought).json()["visits"]}

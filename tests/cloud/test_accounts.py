"""Accounts: who gets in with what, for how long, and what ends it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cloud.access.accounts import AccountRefusedError
from cloud.access.common import COMMON
from cloud.access.passwords import SHORTEST, hash_password, one_time_password
from cloud.commands import app
from cloud.escalation.post import Poster
from cloud.escalation.push import PushRoad
from cloud.ledger.contacts import Channel
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import account, api_token, audit, session
from contract.errors import SettingsError
from tests.cloud import messages
from tests.cloud.people import sign_in, somebody
from tests.cloud.rig import Rig
from tests.cloud.routes import BODIES, OPEN, Route, routes
from tests.cloud.running import write_settings
from tests.cloud.server import PASSWORD, Served, events, serve

GOOD = "four words without sense"
CHANGING = [route for route in routes() if route.changes and (route.name not in OPEN or route.name == "POST /api/session")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of this file; a test uses names of its own."""
    folder = tmp_path_factory.mktemp("accounts")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    push = PushRoad(rig.database, Poster([]), lambda: rig.now_ms)
    with serve(rig, series, folder / "dist", idle_ms=15 * 60_000, roads={Channel.PUSH: push}) as running:
        yield running
    series.close()
    rig.database.close()


@pytest.fixture
def admin(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "administrator", user="root") as client:
        yield client


def add(admin: httpx.Client, user: str, role: str = "guard", site: str = "") -> str:
    """Its first password."""
    answer = admin.post("/api/accounts", json={"user": user, "role": role, "site": site})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["password"])


def enters(served: Served, user: str, password: str) -> int:
    with served.client(signed_in=False) as client:
        return client.post("/api/session", json={"user": user, "password": password}).status_code


def test_the_first_password_is_good_once_and_for_nothing_but_choosing_another(served: Served, admin: httpx.Client) -> None:
    first = add(admin, "mei", site="city")
    with served.client(signed_in=False) as client:
        who = client.post("/api/session", json={"user": "mei", "password": first}).json()
        assert (who["role"], who["site"], who["must_change"]) == ("guard", "city", True)
        assert client.get("/api/snapshot").status_code == 403
        assert client.put("/api/session/password", json={"old": "guess", "new": GOOD}).status_code == 409
        for weak in ("password1", "mei is at the gate", "short", first):
            assert client.put("/api/session/password", json={"old": first, "new": weak}).status_code == 422, weak
        assert client.put("/api/session/password", json={"old": first, "new": GOOD}).status_code == 204
        assert client.get("/api/session").status_code == 401, "every session ends"
        who = client.post("/api/session", json={"user": "mei", "password": GOOD}).json()
        assert (who["must_change"], client.get("/api/snapshot").status_code) == (False, 200)
    assert (first in str(served.rig.rows(account)), first in str(served.rig.rows(audit))) == (False, False)


def test_a_first_password_nobody_used_is_void_after_a_week(served: Served, admin: httpx.Client) -> None:
    first = add(admin, "late")
    served.rig.now_ms += 7 * 24 * 3_600_000
    assert enters(served, "late", first) == 401


def test_what_everybody_tries_first_is_no_password() -> None:
    for weak in ("Password", "password123", "1q2w3e4r", "aaaaaaaa", "Menshen123", "supervisor mei!", "IEM-rosivrepus"):
        with pytest.raises(SettingsError):
            hash_password(weak, "supervisor")
    assert all(len(one) >= SHORTEST for one in COMMON)
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", one_time_password())


def test_a_forgotten_password_is_replaced_and_a_disabled_account_does_not_enter(served: Served, admin: httpx.Client) -> None:
    first = add(admin, "bo")
    second = admin.post("/api/accounts/bo/password").json()["password"]
    assert (enters(served, "bo", first), enters(served, "bo", second)) == (401, 200)
    assert admin.patch("/api/accounts/bo", json={"disabled": True}).json()["disabled_since"] is not None
    assert enters(served, "bo", second) == 401
    assert admin.patch("/api/accounts/bo", json={"disabled": False}).json()["disabled_since"] is None
    assert enters(served, "bo", second) == 200
    assert admin.post("/api/accounts", json={"user": "bo", "role": "guard"}).status_code == 409
    assert admin.patch("/api/accounts/nobody", json={"role": "guard"}).status_code == 404


@pytest.mark.parametrize("change", [{"role": "inspector"}, {"site": "city"}, {"disabled": True}])
def test_a_changed_account_is_signed_out_everywhere_at_once(
    served: Served, admin: httpx.Client, change: dict[str, str | bool]
) -> None:
    with somebody(served, "guard", user="jin") as one, somebody(served, "guard", user="jin") as other:
        stream = events(one, 0)
        assert "beat" in [event.name for event in islice(stream, 1)]
        assert admin.patch("/api/accounts/jin", json=change).status_code == 200
        assert [event.name for event in stream if event.name != "beat"] == []
        assert (one.get("/api/session").status_code, other.get("/api/session").status_code) == (401, 401)


def test_the_last_administrator_of_everything_stays_one(tmp_path: Path) -> None:
    rig, series = Rig.open(tmp_path / "ledger.db"), SqliteSeries(tmp_path / "series.db")
    with serve(rig, series, tmp_path / "dist") as served, somebody(served, "administrator", user="admin") as last:
        for change in ({"role": "guard"}, {"site": "city"}, {"disabled": True}):
            assert last.patch("/api/accounts/admin", json=change).status_code == 409
        add(last, "second", "administrator")
        assert last.patch("/api/accounts/admin", json={"role": "guard"}).status_code == 200
    series.close()
    rig.database.close()


def test_an_administrator_of_one_site_knows_no_account_beside_it(served: Served, admin: httpx.Client) -> None:
    add(admin, "north", site="north")
    add(admin, "south", site="south/hall")
    with somebody(served, "administrator", "south", user="south-admin") as client:
        assert {"south", "south-admin"} == {one["user"] for one in client.get("/api/accounts").json()}
        assert client.patch("/api/accounts/north", json={"site": "south"}).status_code == 404
        assert client.post("/api/accounts/north/password").status_code == 404
        assert client.get("/api/accounts/north/sessions").status_code == 404
        assert client.patch("/api/accounts/south", json={"site": "north"}).status_code == 409
        assert client.post("/api/accounts", json={"user": "x", "role": "administrator"}).status_code == 409
        assert client.post("/api/tokens", json={"name": "x", "role": "guard"}).status_code == 409
        done = client.get("/api/audit").json()["deeds"]
        assert {one["user"] for one in done} <= {"south", "south-admin"}


def test_an_administrator_who_does_nothing_is_signed_out_and_a_guard_is_not(served: Served) -> None:
    with somebody(served, "administrator", user="idle") as boss, somebody(served, "guard", user="watching") as guard:
        for _ in range(3):
            served.rig.now_ms += 10 * 60_000
            assert boss.get("/api/session").status_code == 200
        served.rig.now_ms += 15 * 60_000 + 1
        assert (boss.get("/api/session").status_code, guard.get("/api/session").status_code) == (401, 200)


def test_a_stream_keeps_no_administrator_signed_in(served: Served) -> None:
    with somebody(served, "administrator", user="looking") as boss:
        stream = events(boss, 0)
        next(stream)
        served.rig.now_ms += 15 * 60_000 + 1
        assert {event.name for event in stream} <= {"beat"}


def test_one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(served: Served, admin: httpx.Client) -> None:
    with somebody(served, "guard", user="hua") as here, somebody(served, "guard", user="hua") as there:
        listed = here.get("/api/session/all").json()
        assert (len(listed), listed[0]["address"]) == (2, "")
        assert not {one["id"] for one in listed} & {row[0] for row in served.rig.rows(session)}, "its name opens nothing"
        with somebody(served, "guard", user="other") as other:
            assert other.delete(f"/api/session/all/{listed[0]['id']}").status_code == 404
        for one in listed:
            assert here.get("/api/session").status_code == 200 or there.get("/api/session").status_code == 200
            assert admin.delete(f"/api/session/all/{one['id']}").status_code == 204
        assert (here.get("/api/session").status_code, there.get("/api/session").status_code) == (401, 401)
        assert admin.get("/api/accounts/hua/sessions").json() == []


def test_guessing_many_names_from_one_address_locks_the_address(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloud.access.sessions.is_right", lambda given, _hash: given == PASSWORD)
    with served.client(signed_in=False) as client:
        tries = [{"user": f"user{number}", "password": "guess"} for number in range(51)]
        statuses = [client.post("/api/session", json=one).status_code for one in tries]
    assert (statuses[:50], statuses[50]) == ([401] * 50, 429)
    assert enters(served, "admin", PASSWORD) == 429
    served.rig.now_ms += 15 * 60_000
    assert enters(served, "admin", PASSWORD) == 200
    failed = [row for row in served.rig.rows(audit, "action", "user", "address") if row[0] == "sign-in failed"]
    assert failed.count(("sign-in failed", "", "127.0.0.1")) >= 50, "what was typed as a name may be a password"


def test_a_loop_that_changes_things_is_slowed_down(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with somebody(served, "guard", user="loop") as client:
        monkeypatch.setattr("cloud.access.attempts.Attempts.wait_ms", lambda _self, key, _now: 1500 if key[0] == "loop" else 0)
        answer = client.post("/api/queue/case-1/acknowledge")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")
        assert client.get("/api/gates").status_code == 200


def test_a_token_is_shown_once_speaks_for_its_role_and_site_and_is_revoked(served: Served, admin: httpx.Client) -> None:
    made = admin.post("/api/tokens", json={"name": "daily-report", "role": "inspector", "days": 1}).json()
    assert made["token"].startswith("menshen_")
    assert made["token"] not in json.dumps(admin.get("/api/tokens").json()) + str(served.rig.rows(api_token))
    headers = {"Authorization": f"Bearer {made['token']}"}
    with httpx.Client(base_url=served.url, headers=headers, timeout=10) as client:
        assert client.get("/api/visits").status_code == 200
        assert client.post("/api/queue/case-1/acknowledge").status_code == 403
        assert admin.get("/api/tokens").json()[0]["used"] is not None
        stream = events(client, 0)
        next(stream)
        assert admin.delete(f"/api/tokens/{made['number']}").status_code == 204
        assert {event.name for event in stream} <= {"beat"}
        assert client.get("/api/visits").status_code == 401
    assert admin.post("/api/tokens", json={"name": "daily-report", "role": "guard"}).status_code == 409
    short = admin.post("/api/tokens", json={"name": "short", "role": "guard", "days": 1}).json()["token"]
    served.rig.now_ms += 86_400_000
    with served.client(signed_in=False) as client:
        assert client.get("/api/gates", headers={"Authorization": f"Bearer {short}"}).status_code == 401


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: route.name)
def test_what_is_changed_leaves_one_row_in_the_audit(served: Served, route: Route) -> None:
    """Who, when, what, from where. What a gate answered to a command is a row of its own."""
    served.rig.now_ms = messages.START_MS + 1000  # the bodies name days from then on
    rig, boss = served.rig, sign_in(served, "administrator", user="boss")
    rig.arrive(messages.visit(1), messages.alert(2, subject="v1"))
    rig.bus.away = True
    with served.client(signed_in=False) as client:
        client.headers.update(boss)
        names = prepared(served, client, route)
        before = len(rig.rows(audit))
        answer = route.call(client, body=BODIES.get(route.name), names=names)
        assert answer.status_code < 300 or answer.status_code == 503, answer.text
    rows = rig.rows(audit, "user", "at_ms", "action", "subject", "address")[before:]
    done = [row for row in rows if not row[2].endswith("answered")]
    assert [(row[0], row[1], row[4]) for row in done] == [(names.get("by", "boss"), rig.now_ms, "127.0.0.1")], rows
    assert "refused" not in done[0][2]


SEQS = count(30)


def taken_case(served: Served, client: httpx.Client, route: Route) -> str:
    """A case that this client has taken, or somebody else where it is to be taken over; asked where it is to be reported."""
    served.rig.arrive(messages.alert(next(SEQS), "recheck", subject="v30"))
    name = client.get("/api/cases", params={"state": "open"}).json()[0]["id"]
    takes = sign_in(served, "guard", user="mallory") if route.name.endswith("take-over") else None
    assert client.post(f"/api/queue/{name}/acknowledge", headers=takes).status_code == 200
    if route.name.endswith("report"):
        asked = client.get(f"/api/cases/{name}").json()["questionnaire"]
        answers = {one["key"]: {"answer": "no"} for one in asked["questions"]}
        said = client.post(f"/api/cases/{name}/answers", json={"version": asked["version"], "answers": answers})
        assert said.status_code == 200
    return str(name)


def staffed(client: httpx.Client, route: Route) -> dict[str, str]:
    """Somebody of the staff, and what the route goes on with."""
    person = client.post("/api/staff", json={"name": "Lin", "number": "1", "team": "hall"}).json()["id"]
    if "/rota/" in route.name:
        made = client.post("/api/staff/rota", json={**BODIES["POST /api/staff/rota"], "person": person})
        return {"turn": made.json()["turns"][-1]["id"]}
    if "{entry_id}" in route.name:
        kind = "absences" if "absences" in route.name else "declarations"
        made = client.post(f"/api/staff/{person}/{kind}", json=BODIES[f"POST /api/staff/{{person}}/{kind}"])
        rows = made.json()["absences"] if kind == "absences" else made.json()
        return {"entry_id": next(one["id"] for one in rows if one["person"] == person)}
    return {"person": person}


def received(client: httpx.Client, route: Route) -> dict[str, str]:
    """A reception, and the appointment or badge the route is about."""
    hall = "/api/receptions/south-hall"
    assert client.put(hall, json=BODIES["PUT /api/receptions/{reception}"]).status_code == 200
    if "{number}" in route.name:
        made = client.post(f"{hall}/appointments", json=BODIES["POST /api/receptions/{reception}/appointments"])
        return {"number": str(made.json()["number"])}
    if "{holder}" in route.name:
        holder = f"s-{next(SEQS)}"
        assert client.post("/api/badges", json={"holder": holder, "reception": "south-hall"}).status_code == 201
        return {"holder": holder}
    return {}


def to_be_told(client: httpx.Client, route: Route) -> dict[str, str]:
    """A webhook or a contact, under a name of its own."""
    name = f"told-{next(SEQS)}"
    if "webhooks" in route.name:
        client.post("/api/webhooks", json={**BODIES["POST /api/webhooks"], "name": name})
    else:
        client.put(f"/api/contacts/{name}", json=BODIES["PUT /api/contacts/{name}"])
    return {"name": name}


def disinfected(client: httpx.Client, route: Route) -> dict[str, str]:
    """An asset, a bin, and the meeting or notice the route is about; of the first one, whose name stands in the bodies."""
    if "{level}" in route.name:
        return {"level": client.post("/api/facilities/levels", json=BODIES["POST /api/facilities/levels"]).json()["level"]["id"]}
    if "{slot}" in route.name:
        return {
            "slot": client.post("/api/facilities/canteen/slots", json=BODIES["POST /api/facilities/canteen/slots"]).json()[
                "slots"
            ][-1]["id"]
        }
    asset = client.post("/api/facilities/assets", json=BODIES["POST /api/facilities/assets"]).json()["id"]
    if "{meeting}" in route.name:
        planned = client.post("/api/facilities/meetings", json={**BODIES["POST /api/facilities/meetings"], "room": asset})
        return {"meeting": planned.json()["meetings"][-1]["id"]}
    if "{notice}" in route.name:
        told = client.post("/api/facilities/notices", json=BODIES["POST /api/facilities/notices"])
        return {"notice": told.json()["notices"][0]["id"]}
    return {"asset": asset}


def kept(client: httpx.Client, _route: Route) -> dict[str, str]:
    """A stock."""
    return {"supply": client.post("/api/supplies", json=BODIES["POST /api/supplies"]).json()["stock"]["id"]}


def numbered(client: httpx.Client, route: Route) -> int:
    """A device that gets pushes, or a token."""
    if "/push/" in route.name:
        return int(client.post("/api/push", json=BODIES["POST /api/push"]).json()["devices"][0]["number"])
    return int(client.post("/api/tokens", json={"name": "to-go", "role": "guard"}).json()["number"])


MADE: dict[str, Callable[[httpx.Client, Route], dict[str, str]]] = {
    "receptions": received,
    "appointments": received,
    "badges": received,
    "staff": staffed,
    "facilities": disinfected,
    "supplies": kept,
    "webhooks/": to_be_told,
    "contacts/": to_be_told,
}
"""What makes what a route of these rooms is about."""


def prepared(served: Served, client: httpx.Client, route: Route) -> dict[str, str]:
    """What has to be there, so that the request does something; the names for its address."""
    if (made := next((make for room, make in MADE.items() if f" /api/{room}" in route.name), None)) is not None:
        return made(client, route)
    if route.name == "POST /api/gates/{gate}/register":
        served.rig.arrive(messages.visit(next(SEQS), "v9", seen={"badge": "s-9"}))
        return {"gate": "gate-1"}
    if "{user}" in route.name:
        sign_in(served, "guard", user="mallory")
        return {"user": "mallory"}
    if "/api/cases/{id}" in route.name:
        return {"id": taken_case(served, client, route)}
    if "{session}" in route.name:
        return {"session": client.get("/api/session/all").json()[0]["id"]}
    if "{number}" in route.name:
        return {"number": str(numbered(client, route))}
    if "{id}" in route.name:
        alarm = next(item["id"] for item in client.get("/api/snapshot").json()["queue"] if item["type"] == "alarm")
        before = {"unshelve": "shelve", "restore": "out-of-service"}.get(route.name.rpartition("/")[2])
        if before is not None:
            client.post(f"/api/alarms/{alarm}/{before}", json=BODIES[f"POST /api/alarms/{{id}}/{before}"])
        return {"id": alarm}
    if route.name == "PUT /api/session/password":
        client.headers.pop("Cookie")
        client.post("/api/session", json={"user": "admin", "password": PASSWORD})
        return {"by": "admin"}
    return {"by": "admin"} if route.name == "POST /api/session" else {}


def test_the_audit_is_read_in_pages_and_by_what_it_is_about(served: Served, admin: httpx.Client) -> None:
    add(admin, "paged-1")
    add(admin, "paged-2")
    first = admin.get("/api/audit", params={"limit": 1, "subject": "paged-"}).json()
    assert (first["deeds"][0]["subject"], first["deeds"][0]["user"]) == ("paged-2", "root")
    second = admin.get("/api/audit", params={"limit": 1, "subject": "paged-", "before": first["next"]}).json()
    assert (second["deeds"][0]["subject"], second["next"]) == ("paged-1", None)
    assert admin.get("/api/audit", params={"user": "root", "action": "account added"}).json()["deeds"][0]["subject"] == "paged-2"
    assert admin.get("/api/audit", params={"action": "%"}).json()["deeds"] == []


def test_accounts_are_kept_from_the_machine_itself(tmp_path: Path) -> None:
    settings = str(write_settings(tmp_path / "cloud", 1))

    def said(*words: str) -> str:
        return CliRunner().invoke(app, ["account", words[0], settings, *words[1:]], catch_exceptions=False).output

    assert re.search(
        r"mei signs in with ([a-z2-9]{4}-){3}[a-z2-9]{4} once", said("add", "mei", "--role", "guard", "--site", "city")
    )
    with pytest.raises(AccountRefusedError, match="taken"):
        said("add", "mei", "--role", "guard")
    assert said("disable", "mei") == "mei: guard of city, disabled.\n"
    assert re.search(r"mei +guard +city +disabled", said("list"))
    assert said("change", "mei", "--role", "supervisor", "--site", "") == "mei: supervisor of every site, disabled.\n"
    assert "once" in said("reset", "mei")

"""Every route by every role, against the real application: nothing is open that the table does not say is open."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi import APIRouter

import cloud.app.web
from cloud.access.roles import GRANTS, Permission, Role
from cloud.app.web import create_app
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import audit
from contract.commands import RULES
from tests.cloud.people import program, sign_in
from tests.cloud.rig import Rig
from tests.cloud.routes import NOT_FOR_PROGRAMS, OPEN, ROLES, Route, routes
from tests.cloud.server import Served, serve


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of this file."""
    folder = tmp_path_factory.mktemp("matrix")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with serve(rig, series, folder / "dist") as running:
        yield running
    series.close()
    rig.database.close()


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client(signed_in=False) as client:
        yield client


def test_the_table_names_every_route_and_no_other() -> None:
    assert sorted([*OPEN, *ROLES]) == sorted(route.name for route in routes())
    assert set(NOT_FOR_PROGRAMS) <= set(ROLES)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_route_answers_whom_the_table_says(served: Served, client: httpx.Client, route: Route) -> None:
    assert route.call(client).status_code == OPEN.get(route.name, 401)
    for role in [] if route.name in OPEN else [*Role, "somebody"]:
        answer = route.call(client, sign_in(served, role))
        if role in ROLES[route.name]:
            assert answer.status_code not in (401, 403, 500), (role, answer.text)
        else:
            assert (answer.status_code, f"role {role} has no permission" in answer.text) == (403, True), (role, answer.text)


@pytest.mark.parametrize("role", ["administrator", "inspector"])
def test_a_program_never_manages_whatever_its_role(served: Served, client: httpx.Client, role: str) -> None:
    token = program(served, role)
    for route in (route for route in routes() if route.name in ROLES):
        answer = route.call(client, token)
        allowed = role in ROLES[route.name] and route.name not in NOT_FOR_PROGRAMS
        assert (answer.status_code not in (401, 403, 500)) == allowed, (route.name, answer.text)


def test_a_refused_change_is_written_down_and_a_refused_look_is_not(served: Served, client: httpx.Client) -> None:
    guard = sign_in(served, "guard", user="wei")
    client.post("/api/accounts", json={}, headers=guard)
    client.get("/api/accounts", headers=guard)
    noted = [row for row in served.rig.rows(audit, "user", "action", "subject", "detail", "address") if row[0] == "wei"]
    why = "The role guard has no permission accounts.manage."
    assert noted == [("wei", "refused", "POST /api/accounts", why, "127.0.0.1")]


def test_a_route_that_names_no_permission_is_not_served(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten = APIRouter()
    forgotten.add_api_route("/api/forgotten", lambda: None, methods=["PUT"])
    monkeypatch.setattr(cloud.app.web, "ROUTERS", (*cloud.app.web.ROUTERS, forgotten))
    with pytest.raises(RuntimeError, match="PUT /api/forgotten"):
        create_app()


def test_a_gate_obeys_the_roles_that_may_command_it() -> None:
    """The gate asks its own table again."""
    commanding = {role for role, granted in GRANTS.items() if Permission.GATES_COMMAND in granted}
    assert commanding == {role for rule in RULES.values() for role in rule.roles}


def test_an_inspector_reads_live_and_ledger_and_changes_nothing(served: Served, client: httpx.Client) -> None:
    """R8: read-only, live beside the ledger; only the own session, password and devices are the inspector's to change."""
    may = {name for name, roles in ROLES.items() if Role.INSPECTOR in roles}
    own = {name for name in may if name.partition(" ")[2].startswith(("/api/session", "/api/push"))}
    assert {name.partition(" ")[0] for name in may - own} == {"GET"}
    wanted = {"/api/live", "/api/snapshot", "/api/visits", "/api/cases", "/api/cases/{id}", "/api/audit", "/api/alarm-figures"}
    assert {f"GET {path}" for path in wanted} <= may
    cookie = sign_in(served, "inspector")
    assert client.get("/api/visits", headers=cookie).status_code == 200
    assert client.post("/api/queue/alarm-1/acknowledge", headers=cookie).status_code == 403

"""Requests nobody thought of, made from the API's own description: none breaks the service, none is let in by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.result import Ok

from cloud.app.web import create_app
from cloud.store.series_sqlite import SqliteSeries
from tests.cloud import messages
from tests.cloud.people import sign_in
from tests.cloud.rig import Rig
from tests.cloud.routes import OPEN, ROLES
from tests.cloud.server import Served, serve

pytestmark = pytest.mark.slow
EXAMPLES = 8
"""Of each operation; signed in and not."""
STREAM = "GET /api/live"
ENDS_THE_SESSION = {"DELETE /api/session", "PUT /api/session/password"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("any")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive(messages.visit(1), messages.alert(2, "recheck", subject="v1"), messages.alert(3))
    rig.bus.away = True
    with pytest.MonkeyPatch.context() as quick, serve(rig, series, folder / "dist") as running:
        quick.setattr("cloud.access.sessions.is_right", lambda _given, _hash: False)  # argon2id takes a tenth of a second each
        quick.setattr("cloud.access.accounts.is_right", lambda _given, _hash: False)
        quick.setattr("cloud.access.accounts.hash_password", lambda _password, _user="": "")
        yield running
    series.close()
    rig.database.close()


def operations() -> dict[str, st.SearchStrategy[Case[Any]]]:
    """For every operation but the endless one what a request may look like."""
    schema = schemathesis.openapi.from_dict(create_app().openapi())
    found = {}
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        found[f"{operation.method.upper()} {operation.path}"] = operation.as_strategy()
    return {name: strategy for name, strategy in found.items() if name != STREAM}


OPERATIONS = operations()


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_breaks_the_service_or_opens_what_is_closed(served: Served, client: httpx.Client, name: str) -> None:
    headers = sign_in(served, "administrator", user="fuzz")

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[name])
    def asked(case: Case[Any]) -> None:
        served.rig.now_ms += 1_000  # as fast as a hand, not as a loop
        for who in ({}, headers):
            status, said = ask(client, case, who)
            assert status < 500 or status == 503, (name, case.as_curl_command(), said)
            if not who and name in ROLES:
                assert status == 401, (name, said)
            if who and name not in ENDS_THE_SESSION and name not in OPEN:
                assert status != 401, (name, said)

    asked()


def ask(client: httpx.Client, case: Case[Any], headers: dict[str, str]) -> tuple[int, str]:
    sent = case.as_transport_kwargs(base_url=str(client.base_url))
    sent["headers"] = {name: value for name, value in (sent.get("headers") or {}).items() if name.lower() != "content-length"}
    answer = client.request(
        sent["method"],
        sent["url"],
        headers={**sent["headers"], **headers},
        params=sent.get("params"),
        json=sent.get("json"),
        content=sent.get("data"),
    )
    return answer.status_code, answer.text[:300]


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client(signed_in=False) as client:
        yield client

"""Signing in with a provider: a real one over HTTP, and everything that may be wrong on the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from cloud.access.oidc import Provider as Relying
from cloud.settings import OidcRole, OidcSettings
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import account, audit
from contract.errors import SettingsError
from tests.cloud.people import somebody
from tests.cloud.provider import CLIENT, SECRET, Provider, providing
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve

ROLES = [
    OidcRole(value="gate-leads", role="supervisor"),
    OidcRole(value="gate-guards", role="guard", site="city/hall-3"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Provider]]:
    folder = tmp_path_factory.mktemp("oidc")
    (folder / "secret").write_text(SECRET)
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    with providing() as provider:
        relying = Relying(settings(provider.issuer, folder / "secret"))
        with serve(rig, series, folder / "dist", oidc=relying) as served:
            # The port is known only now; a real cloud has its address in its settings.
            provider.redirect = f"{served.url}/api/oidc/callback"
            relying._settings = settings(provider.issuer, folder / "secret", provider.redirect)
            yield served, provider
    series.close()
    rig.database.close()


def settings(issuer: str, secret: Path, redirect: str = "https://cloud.example/api/oidc/callback") -> OidcSettings:
    return OidcSettings(
        name="City login", issuer=issuer, client_id=CLIENT, client_secret_file=secret, redirect_url=redirect, roles=ROLES
    )


@pytest.fixture
def client(house: tuple[Served, Provider]) -> Iterator[httpx.Client]:
    house[1].person = {"sub": "1", "preferred_username": "mei", "groups": ["staff", "gate-guards"]}
    house[1].forge = lambda claims: claims
    house[1].signs_with = house[1].key
    with house[0].client(signed_in=False) as client:
        yield client


def back(client: httpx.Client) -> httpx.Response:
    """To the provider and back, as a browser goes."""
    there = client.get("/api/oidc/start")
    assert there.status_code == 303
    here = httpx.get(there.headers["location"])
    assert here.status_code == 302
    return client.get(here.headers["location"])


def test_whoever_the_provider_knows_enters_with_the_role_it_says(house: tuple[Served, Provider], client: httpx.Client) -> None:
    served, provider = house
    assert client.get("/api/oidc").json() == {"name": "City login"}
    answer = back(client)
    assert (answer.status_code, "url=/" in answer.text) == (200, True), answer.text
    assert any("SameSite=strict" in one and "HttpOnly" in one for one in answer.headers.get_list("set-cookie"))
    who = client.get("/api/session").json()
    assert (who["user"], who["role"], who["site"]) == ("mei", "guard", "city/hall-3")
    assert ("mei", "sign in", "127.0.0.1") in served.rig.rows(audit, "user", "action", "address")
    assert client.post("/api/session", json={"user": "mei", "password": ""}).status_code == 401, "there is no password"
    provider.person["groups"] = ["gate-leads"]
    with served.client(signed_in=False) as elsewhere:
        assert back(elsewhere).status_code == 200
        assert elsewhere.get("/api/session").json()["role"] == "supervisor"
    assert client.get("/api/session").status_code == 401, "another role ends the sessions with the old one"


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"groups": ["staff"]}, "no role here"),
        ({"groups": {"gate-guards": True}}, "no role here"),
        ({"preferred_username": "admin"}, "cloud's own"),
        ({"preferred_username": "token:report"}, "cannot be an account"),
    ],
)
def test_who_has_no_role_or_a_name_that_is_taken_does_not_enter(
    house: tuple[Served, Provider], client: httpx.Client, person: dict[str, Any], why: str
) -> None:
    house[1].person |= person
    answer = back(client)
    assert (answer.status_code, why in answer.json()["detail"]) == (403, True), answer.text
    assert client.get("/api/session").status_code == 401
    assert house[0].rig.rows(audit, "number", "action")[-1][1] == "sign-in failed"
    assert ("admin", "local") in house[0].rig.rows(account, "user", "source")


def test_a_disabled_account_does_not_enter_by_this_door_either(house: tuple[Served, Provider], client: httpx.Client) -> None:
    house[1].person["preferred_username"] = "gone"
    assert back(client).status_code == 200
    with somebody(house[0], "administrator", user="boss") as boss:
        assert boss.patch("/api/accounts/gone", json={"disabled": True}).status_code == 200
        assert boss.post("/api/accounts/gone/password").status_code == 409
    assert back(client).status_code == 403


FORGED: list[dict[str, Any]] = [
    {"iss": "https://evil.example"},
    {"aud": "somebody-else"},
    {"aud": [CLIENT, "other"], "azp": "other"},
    {"exp": 1},
    {"nonce": "of another sign-in"},
    {"nonce": None},
]


@pytest.mark.parametrize("change", FORGED, ids=str)
def test_a_token_for_another_time_place_or_person_is_not_believed(
    house: tuple[Served, Provider], client: httpx.Client, change: dict[str, Any]
) -> None:
    house[1].forge = lambda claims: {name: value for name, value in {**claims, **change}.items() if value is not None}
    assert back(client).status_code == 502
    assert client.get("/api/session").status_code == 401


def test_a_token_signed_by_somebody_else_is_not_believed(house: tuple[Served, Provider], client: httpx.Client) -> None:
    house[1].signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert back(client).status_code == 502


def test_the_way_back_belongs_to_the_browser_that_went_and_is_gone_once(
    house: tuple[Served, Provider], client: httpx.Client
) -> None:
    there = client.get("/api/oidc/start").headers["location"]
    here = httpx.get(there).headers["location"]
    with house[0].client(signed_in=False) as victim:
        assert victim.get(here).status_code == 403, "somebody else's sign-in is not slipped in"
    state = client.cookies["menshen-oidc"]
    assert client.get(here).status_code == 200
    client.cookies.set("menshen-oidc", state)
    assert client.get(here).status_code == 502
    assert client.get("/api/oidc/callback", params={"state": "", "code": "x"}).status_code == 403


def test_a_provider_that_is_away_or_is_another_is_said(house: tuple[Served, Provider], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    rig, series = Rig.open(tmp_path / "ledger.db"), SqliteSeries(tmp_path / "series.db")
    for issuer in ("http://127.0.0.1:9", house[1].issuer.replace("127.0.0.1", "localhost")):
        relying = Relying(settings(issuer, tmp_path / "secret"))
        with serve(rig, series, tmp_path / "dist", oidc=relying) as served, served.client(signed_in=False) as client:
            assert client.get("/api/oidc/start").status_code == 503
    series.close()
    rig.database.close()
    with pytest.raises(SettingsError, match="secret cannot be read"):
        Relying(settings(house[1].issuer, tmp_path / "nothing"))

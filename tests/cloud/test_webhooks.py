"""Webhooks: who may make one, what it is told, how it is signed, and what becomes of one that fails."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cloud.escalation.post import Poster
from cloud.escalation.road import NotDeliveredError
from cloud.escalation.webhook import WebhookRoad
from cloud.escalation.worker import Escalation
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.escalation import Steps
from cloud.store.feed import Feed
from cloud.store.gates import is_known
from cloud.store.sites import place_gate
from cloud.store.tables import audit, notice, webhook
from cloud.store.webhooks import MOST_FAILURES, Webhook, keep_webhook
from tests.cloud import messages
from tests.cloud.https_server import HERE, Elsewhere, elsewhere
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served
from tests.cloud.test_escalation import Post, at, keep, later
from tests.cloud.test_escalation_roads import ONE, SINCE


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path / "elsewhere", monkeypatch, 202) as there:
        yield there


def road(rig: Rig, *networks: str) -> WebhookRoad:
    return WebhookRoad(rig.database, Poster(networks), lambda: rig.now_ms)


def hook(rig: Rig, url: str, events: str = "", site: str = "", name: str = "bridge") -> None:
    with rig.database.writing() as connection:
        keep_webhook(connection, Webhook(name, site, url, "secret", events, "root", rig.now_ms, rig.now_ms))


def worker(rig: Rig, *networks: str, mail: Post | None = None) -> Escalation:
    roads: dict[Channel, Any] = {Channel.WEBHOOK: road(rig, *networks), Channel.MAIL: mail or Post()}
    return Escalation(rig.database, Steps({2: (60_000,), 0: (0,)}), roads, lambda: rig.now_ms)


def test_a_request_is_signed_and_names_itself_so_that_a_second_one_is_known(rig: Rig, other: Elsewhere) -> None:
    hook(rig, f"{other.url}/hook?token=1")
    assert road(rig, *HERE).deliver(ONE, "bridge", SINCE) == "HTTP 202"
    [got] = other.got
    at_s = rig.now_ms // 1000
    mac = hmac.new(b"secret", f"{at_s}.".encode() + got.body, hashlib.sha256).hexdigest()
    assert (got.path, got.headers["X-Menshen-Signature"]) == ("/hook?token=1", f"t={at_s},v1={mac}")
    assert got.headers["Idempotency-Key"] == json.loads(got.body)["id"] == "menshen-alarm-3-1000-1-mei"
    assert rig.rows(webhook, "failures", "last_ms", "last_answer") == [(0, rig.now_ms, "HTTP 202")]


def test_a_name_that_leads_into_our_own_network_reaches_nothing_there(rig: Rig, other: Elsewhere) -> None:
    hook(rig, other.url)
    with pytest.raises(NotDeliveredError, match="no public address") as refused:
        road(rig, "10.0.0.0/8").deliver(ONE, "bridge", SINCE)
    assert (refused.value.for_good, other.got) == (True, [])


@pytest.mark.parametrize(("status", "for_good"), [(302, True), (404, True), (429, False), (503, False)])
def test_only_what_may_pass_is_tried_again_and_no_redirection_is_followed(
    rig: Rig, other: Elsewhere, status: int, for_good: bool
) -> None:
    hook(rig, f"{other.url}/?token=1")
    other.status = status
    with pytest.raises(NotDeliveredError, match=str(status)) as refused:
        road(rig, *HERE).deliver(ONE, "bridge", SINCE)
    assert (refused.value.for_good, len(other.got), "token" in str(refused.value)) == (for_good, 1, False)


def test_each_is_told_of_its_events_at_its_site_as_they_happen_and_once(rig: Rig, other: Elsewhere) -> None:
    rig.arrive(messages.alert(1, "fire"))
    rig.now_ms += 1_000
    for name, events, site in (("all", "alarms cases", ""), ("south", "alarms cases", "south"), ("quiet", "", "")):
        hook(rig, f"{other.url}/{name}", events, site, name)
    rig.now_ms += 1
    with rig.database.writing() as connection, Feed(connection) as feed:
        assert is_known(connection, "gate-1", "")
        place_gate(connection, feed, "gate-1", "north")
    rig.arrive(messages.alert(2, "tailgating", at=at(rig)), messages.alert(3, "recheck", subject="v1", at=at(rig)))
    escalation = worker(rig, *HERE)
    for _ in range(3):
        later(rig, 1, escalation)
    told = [(one.path, json.loads(one.body)) for one in other.got]
    assert sorted((path, said["kind"], said["step"]) for path, said in told) == [
        ("/all", "recheck", -1),
        ("/all", "tailgating", -1),
    ]
    assert "core_c" not in str(told)


def test_one_that_goes_on_failing_is_disabled_and_somebody_is_told(rig: Rig, other: Elsewhere) -> None:
    hook(rig, other.url, "alarms")
    keep(rig, Contact("mei", {Channel.MAIL: "mei@site.example"}))
    other.status, post = 503, Post()
    escalation = worker(rig, *HERE, mail=post)
    for seq in range(1, 4):
        rig.arrive(messages.alert(seq, gate=f"gate-{seq}", at=at(rig)))
        for _ in range(14):
            later(rig, 300, escalation)
    assert len(other.got) == MOST_FAILURES
    assert [row[1:] for row in rig.rows(audit, "number", "user", "action", "subject")][-1] == (
        "escalation",
        "webhook disabled",
        "bridge",
    )
    assert ("webhook-bridge", "mei", "sent") in rig.rows(notice, "subject", "contact", "state")
    assert "webhook-bridge" in str(post.told)


def test_an_administrator_makes_tests_disables_and_removes_one_and_sees_the_secret_once(served: Served) -> None:
    with somebody(served, "administrator", user="root") as client:
        wish = {"name": "bridge", "url": "https://bridge.site.example/hook?token=1", "events": ["alarms"]}
        made = client.post("/api/webhooks", json=wish).json()
        assert len(made["secret"]) > 40
        listed = client.get("/api/webhooks").json()
        assert made["secret"] not in json.dumps(listed)
        assert (listed[0]["url"], listed[0]["events"]) == ("https://bridge.site.example/hook", ["alarms"])
        assert client.post("/api/webhooks", json=wish).status_code == 409
        tried = client.post("/api/webhooks/bridge/test").json()
        assert (tried["taken"], tried["answer"]) == (False, "webhook is not set up")
        assert client.patch("/api/webhooks/bridge", json={"disabled": True}).json()["disabled"] is not None
        assert client.patch("/api/webhooks/bridge", json={"disabled": False}).json()["disabled"] is None
        assert client.delete("/api/webhooks/bridge").status_code == 204
        assert client.get("/api/webhooks").json() == []
        assert made["secret"] not in str(served.rig.rows(audit))
        for url in ("http://bridge.site.example/", "https://user@bridge.site.example/", "ftp://x", "https://"):
            assert client.post("/api/webhooks", json={**wish, "url": url}).status_code == 422, url


def test_an_administrator_of_one_site_knows_no_webhook_beside_it(served: Served) -> None:
    hook(served.rig, "https://north.example/", site="north", name="north")
    with somebody(served, "administrator", "south", user="south-admin") as client:
        assert client.get("/api/webhooks").json() == []
        assert client.delete("/api/webhooks/north").status_code == 404
        assert client.post("/api/webhooks/north/test").status_code == 404
        assert _add(client, "all").status_code == 409
        assert _add(client, "mine", site="south/hall").status_code == 201


def _add(client: httpx.Client, name: str, **more: str) -> httpx.Response:
    return client.post("/api/webhooks", json={"name": name, "url": "https://x.example/", **more})

"""Web pushes: sealed so that only the browser reads them, taken by a real push service, and receipted by what shows them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cloud.escalation.post import Poster
from cloud.escalation.push import PushRoad
from cloud.escalation.sealed_push import decoded, encoded, point_of, sealed
from cloud.escalation.worker import Escalation
from cloud.ledger.contacts import Channel, Contact
from cloud.ledger.escalation import Steps
from cloud.store.accounts import Account, save_account
from cloud.store.push import MOST_DEVICES
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import audit, kept_key, notice, push_device
from tests.cloud import messages
from tests.cloud.https_server import HERE, Elsewhere, elsewhere
from tests.cloud.people import somebody
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.cloud.test_escalation import keep, later


class Browser:
    """The other half: a key of its own, and the reading of what was sealed for it."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint, self.auth = endpoint, b"sixteen bytes 16"
        self._key = ec.generate_private_key(ec.SECP256R1())

    def subscription(self) -> dict[str, Any]:
        keys = {"p256dh": encoded(point_of(self._key)), "auth": encoded(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def reads(self, body: bytes) -> dict[str, Any]:
        return dict(json.loads(opened(body, self._key, self.auth)))


def opened(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """RFC 8291 from the browser's side."""
    salt, length = body[:16], body[20]
    theirs, text = body[21 : 21 + length], body[21 + length :]
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    secret = HKDF(hashes.SHA256(), 32, auth, b"WebPush: info\0" + point_of(key) + theirs).derive(shared)
    made = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
    padded = AESGCM(made).decrypt(nonce, text, None)
    return padded.rstrip(b"\0").removesuffix(b"\x02")


def test_sealing_gives_the_bytes_of_the_standards_own_example() -> None:
    """RFC 8291 section 5."""
    private = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    made = sealed(
        b"When I grow up, I want to be a watermelon",
        decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        ec.derive_private_key(private, ec.SECP256R1()),
        decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encoded(made) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    with elsewhere(tmp_path / "service", monkeypatch) as there:
        yield there


@pytest.fixture
def pushed(rig: Rig, tmp_path: Path) -> Iterator[Served]:
    """The API of a cloud that sends web pushes."""
    series = SqliteSeries(tmp_path / "series.db")
    with serve(rig, series, tmp_path / "dist", roads={Channel.PUSH: road(rig)}) as running:
        yield running
    series.close()


def road(rig: Rig) -> PushRoad:
    return PushRoad(rig.database, Poster(HERE), lambda: rig.now_ms, "mailto:menshen@site.example")


def escalation(rig: Rig) -> Escalation:
    keep(rig, Contact("desk", {Channel.PUSH: "mei"}))
    return Escalation(rig.database, Steps({1: (30_000,)}), {Channel.PUSH: road(rig)}, lambda: rig.now_ms)


def told(rig: Rig) -> list[tuple[Any, ...]]:
    return rig.rows(notice, "state", "answer")


@either_ledger
def test_an_alarm_reaches_a_phone_encrypted_and_what_it_shows_is_the_receipt(pushed: Served, service: Elsewhere) -> None:
    rig, phone = pushed.rig, Browser(f"{service.url}/send/abc")
    with somebody(pushed, "guard", user="mei") as client:
        view = client.post("/api/push", json=phone.subscription()).json()
        assert [one["service"] for one in view["devices"]] == ["localhost"]
    rig.arrive(messages.alert(1, "fire"))
    later(rig, 30, escalation(rig))
    [got] = service.got
    assert signed_by(got.headers["Authorization"], view["key"])["aud"] == service.url
    assert (got.headers["TTL"], got.headers["Urgency"], got.headers["Content-Encoding"]) == ("3600", "high", "aes128gcm")
    said = phone.reads(got.body)
    token = said.pop("receipt")
    assert said == {"tag": "alarm-1", "kind": "fire", "site": "", "gate": "gate-1", "priority": 1, "age_s": 30, "more": 0}
    assert told(rig) == [("sent", "HTTP 201, 1 of 1 devices")]
    with pushed.client(signed_in=False) as stranger:
        for given in ("guess", token, token):
            assert stranger.post("/api/push/receipt", json={"receipt": given}).status_code == 204
            assert (told(rig)[0][0] == "shown") == (given == token)
    assert rig.rows(notice, "shown_ms", "receipt_sha256") == [(rig.now_ms, None)]


def signed_by(header: str, key: str) -> dict[str, Any]:
    """The claims of a VAPID header, where this key has signed them (RFC 8292)."""
    fields = dict(part.split("=", 1) for part in header.removeprefix("vapid ").split(", "))
    head, claims, signature = fields["t"].split(".")
    assert fields["k"] == key
    raw = decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return dict(json.loads(decoded(claims)))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_removed_and_that_is_said(pushed: Served, service: Elsewhere, status: int) -> None:
    rig = pushed.rig
    with somebody(pushed, "guard", user="mei") as client:
        client.post("/api/push", json=Browser(f"{service.url}/send/abc").subscription())
        service.status = status
        rig.arrive(messages.alert(1, "fire"))
        later(rig, 30, escalation(rig))
        assert client.get("/api/push").json()["devices"] == []
    assert told(rig) == [("failed", f"the device takes no pushes any more ({status}), and was removed")]
    assert ("escalation", "push device gone", "mei") in rig.rows(audit, "user", "action", "subject")


def test_a_push_service_that_is_busy_is_asked_again(pushed: Served, service: Elsewhere) -> None:
    rig, phone = pushed.rig, Browser(f"{service.url}/send/abc")
    with somebody(pushed, "guard", user="mei") as client:
        client.post("/api/push", json=phone.subscription())
        service.status = 503
        rig.arrive(messages.alert(1, "fire"))
        worker = escalation(rig)
        later(rig, 30, worker)
        assert told(rig) == [("queued", "the other side answered 503")]
        service.status = 201
        later(rig, 10, worker)
    assert told(rig)[0][0] == "sent"
    assert len({phone.reads(one.body)["receipt"] for one in service.got}) == 2


def test_one_of_two_devices_is_enough_and_who_is_disabled_gets_nothing(pushed: Served, service: Elsewhere) -> None:
    rig = pushed.rig
    with somebody(pushed, "guard", user="mei") as client:
        for path in ("here", "there"):
            client.post("/api/push", json=Browser(f"{service.url}/{path}").subscription())
        assert client.post("/api/push/test").json() == {"channel": "push", "taken": True, "answer": "HTTP 201, 2 of 2 devices"}
        number = client.get("/api/push").json()["devices"][0]["number"]
        with somebody(pushed, "guard", user="li") as another:
            assert another.delete(f"/api/push/{number}").status_code == 404
        assert client.delete(f"/api/push/{number}").status_code == 204
    with rig.database.writing() as connection:
        save_account(connection, Account("mei", "guard", "", "", rig.now_ms, disabled_ms=rig.now_ms))
    rig.arrive(messages.alert(1, "fire"))
    later(rig, 30, escalation(rig))
    assert (told(rig), len(service.got)) == ([("failed", "no device of mei takes web pushes")], 2)


def test_an_endpoint_in_our_own_network_reaches_nothing_there(rig: Rig, service: Elsewhere, tmp_path: Path) -> None:
    series = SqliteSeries(tmp_path / "series.db")
    guarded = PushRoad(rig.database, Poster([]), lambda: rig.now_ms)
    with serve(rig, series, tmp_path / "dist", roads={Channel.PUSH: guarded}) as served, somebody(served) as client:
        client.post("/api/push", json=Browser(f"{service.url}/send").subscription())
        answer = client.post("/api/push/test").json()
    series.close()
    assert (answer["taken"], "no public address" in answer["answer"], service.got) == (False, True, [])


def test_what_is_no_browsers_key_is_refused(pushed: Served) -> None:
    good = Browser("https://push.example/abc").subscription()
    nowhere = encoded(b"\x04" + bytes(64))
    bad = [
        {**good, "endpoint": "http://push.example/abc"},
        {**good, "endpoint": "https://user@push.example/"},
        {**good, "keys": {**good["keys"], "p256dh": nowhere}},
        {**good, "keys": {**good["keys"], "auth": "short"}},
    ]
    with somebody(pushed) as client:
        for wish in bad:
            assert client.post("/api/push", json=wish).status_code == 422, wish
        for number in range(MOST_DEVICES + 1):
            assert subscribed(client, {**good, "endpoint": f"https://push.example/{number}"}) <= MOST_DEVICES
    assert len(pushed.rig.rows(push_device)) == MOST_DEVICES


def subscribed(client: httpx.Client, wish: dict[str, Any]) -> int:
    return len(client.post("/api/push", json=wish).json()["devices"])


def test_the_key_is_made_once_and_stays(rig: Rig) -> None:
    assert road(rig).public_key == road(rig).public_key
    [(_, pem)] = rig.rows(kept_key)
    key = serialization.load_pem_private_key(pem.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert base64.urlsafe_b64decode(road(rig).public_key + "=") == point_of(key)

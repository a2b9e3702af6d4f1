"""The web application on a real uvicorn, on the ledger of a rig; commits of the rig reach its screens."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from cloud.access.attempts import Attempts
from cloud.access.oidc import Provider
from cloud.access.passwords import hash_password
from cloud.access.sessions import Sessions
from cloud.api.parts import Parts, PartState
from cloud.app.web import create_app
from cloud.commands.preflight import listen
from cloud.enrolment.enrolment import Enrolment
from cloud.escalation.road import Road
from cloud.hub import Hub
from cloud.ledger.contacts import Channel
from cloud.settings import WebSettings
from cloud.store.accounts import Account, save_account
from cloud.store.series import SeriesStore
from tests.cloud.rig import Rig
from tests.fixtures_broker import wait_for

PASSWORD = "correct horse"
SESSION_MS = 3_600_000
NO_ROADS: Mapping[Channel, Road] = {}


@cache
def password_hash() -> str:
    """Made once: it takes a tenth of a second."""
    return hash_password(PASSWORD)


@dataclass
class Served:
    """A server and a way in."""

    rig: Rig
    url: str
    hub: Hub

    @contextmanager
    def client(self, *, signed_in: bool = True) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.url, timeout=10) as client:
            if signed_in:
                answer = client.post("/api/session", json={"user": "admin", "password": PASSWORD})
                assert answer.status_code == 200, answer.text
            yield client


@contextmanager
def serve(
    rig: Rig,
    series: SeriesStore,
    static: Path,
    *,
    enrolment: Enrolment | None = None,
    tls: tuple[Path, Path] | None = None,
    idle_ms: int = SESSION_MS,
    oidc: Provider | None = None,
    roads: Mapping[Channel, Road] = NO_ROADS,
) -> Iterator[Served]:
    """`tls`: certificate and key of a proxy before it; `idle_ms`: an administrator's. Nobody signs in where gates are paired."""
    if enrolment is None:
        with rig.database.writing() as connection:
            save_account(connection, Account("admin", "administrator", "", password_hash(), rig.now_ms))
    hub = Hub(rig.database, lambda: rig.now_ms)
    rig.on_commit = hub.poke
    sessions = Sessions(rig.database, Attempts(), SESSION_MS, idle_ms)
    states = {"broker": PartState("away", "refused by 10.0.0.1")}
    parts = Parts(
        rig.database,
        series,
        hub,
        sessions,
        lambda: rig.now_ms,
        lambda: states,
        lambda: {"events_stored": 1},
        hub.poke,
        secure=False,
        dispatch=rig.dispatch,
        enrolment=enrolment,
        oidc=oidc,
        badge_signer=rig.badge_signer,
        roads=roads,
    )
    listener = listen(WebSettings(port=0))
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(parts, static),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
            ssl_certfile=tls[0] if tls else None,
            ssl_keyfile=tls[1] if tls else None,
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_for(lambda: server.started, "the server has started")
    try:
        yield Served(rig, f"http{'s' if tls else ''}://127.0.0.1:{listener.getsockname()[1]}", hub)
    finally:
        hub.close()
        server.should_exit = True
        thread.join(10)
        listener.close()


@dataclass(frozen=True)
class Event:
    """One event of a stream; `id` is None for a beat."""

    name: str
    id: int | None
    data: dict[str, Any]


def events(client: httpx.Client, after: int, *, last_event_id: int | None = None) -> Generator[Event, None, None]:
    """The live stream; ends with the connection."""
    headers = {} if last_event_id is None else {"Last-Event-ID": str(last_event_id)}
    with client.stream("GET", "/api/live", params={"after": after}, headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        for line in answer.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                yield Event(fields["event"], int(fields["id"]) if "id" in fields else None, json.loads(fields["data"]))
                fields = {}

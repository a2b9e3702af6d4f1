"""Who may ask the set-up for anything, and in what form. The acts themselves are played."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from contract.errors import MenshenError
from edge.kiosk.technician.access import Access
from edge.kiosk.technician.guarded import COOKIE
from edge.kiosk.technician.opening import Opening
from edge.kiosk.technician.set_up_room import set_up_routes
from tests.clocks import FakeClock

HOST = "https://gate"
OWN = {"origin": HOST}


class Acts:
    """Notes what it is asked for."""

    acts = frozenset({"zone", "open"})

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def state(self) -> dict[str, Any]:
        return {"gate": "south-1"}

    def act(self, name: str, asked: dict[str, Any]) -> dict[str, Any]:
        self.asked.append((name, asked))
        if name == "open":
            raise MenshenError("nobody is seen", where="barrier", remedy="Stand in the zone.")
        return {"corners": len(asked["polygon"])}


@pytest.fixture
def acts() -> Acts:
    return Acts()


class Phone:
    """Asks the routes themselves, in a thread: the browser's loop lives in this one."""

    def __init__(self, acts: Acts) -> None:
        clock = FakeClock()
        access = Access(Opening.make("20261122", clock.monotonic_s(), "unused.pem", "a test"), clock)
        self.app = Starlette(routes=set_up_routes(access, acts))
        self.cookies = {COOKIE: access.enter("20261122")[1]}

    def get(self, path: str) -> httpx.Response:
        return self._ask("GET", path)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self._ask("POST", path, **more)

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=HOST, cookies=self.cookies) as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(asked())).result()


@pytest.fixture
def phone(acts: Acts) -> Phone:
    return Phone(acts)


def test_who_has_entered_sees_how_it_stands_and_asks_for_an_act(phone: Phone, acts: Acts) -> None:
    assert phone.get("/set-up/state").json() == {"gate": "south-1"}
    assert phone.get("/set-up").status_code == 200
    assert phone.post("/set-up/zone", headers=OWN, json={"polygon": [1, 2, 3]}).json() == {"corners": 3}
    assert acts.asked == [("zone", {"polygon": [1, 2, 3]})]


def test_without_the_session_or_from_another_page_nothing_is_done(phone: Phone, acts: Acts) -> None:
    assert phone.post("/set-up/zone", headers={"origin": "https://elsewhere"}, json={"polygon": []}).status_code == 403
    assert phone.post("/set-up/zone", json={"polygon": []}).status_code == 403
    phone.cookies.clear()
    assert phone.get("/set-up/state").status_code == 401
    assert phone.post("/set-up/zone", headers=OWN, json={"polygon": []}).status_code == 401
    assert acts.asked == []


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("zone", b"[1, 2]", 404),
        ("zone", b"{}", 422),
        ("reboot", b"{}", 404),
        ("zone", b'{"polygon": "' + b"x" * 5000 + b'"}', 404),
    ],
)
def test_what_no_page_sends_is_refused(phone: Phone, act: str, body: bytes, status: int) -> None:
    assert phone.post(f"/set-up/{act}", headers=OWN, content=body).status_code == status


def test_what_cannot_be_done_is_said_with_what_to_do(phone: Phone) -> None:
    answer = phone.post("/set-up/open", headers=OWN, json={})
    assert answer.status_code == 409
    assert answer.json() == {"what": "nobody is seen", "where": "barrier", "remedy": "Stand in the zone."}

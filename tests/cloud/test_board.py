"""The public board of a hall (K2): what it says, and that it can say nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from contract.messages.health import OccupancyData
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served
from tests.cloud.test_appointments import HALL, PLAN

ALLOWED = {
    "title_zh", "title_en", "timezone", "now", "open", "hours_today", "opens", "people_inside", "people_limit", "full",
}  # fmt: skip
"""Whatever is added to the ledger: nothing but these reaches the hall."""


@pytest.fixture
def stranger(served: Served) -> Iterator[httpx.Client]:
    """Somebody without an account, before a board that is public. Gate, staff, visitors and a case are in the ledger."""
    rig = served.rig
    rig.arrive(
        messages.visit(1, "v1", seen={"badge": "s-17"}),
        messages.visit(2, "v2", seen={"visitor_pass": "p-secret-1"}),
        messages.alert(3, "recheck", subject="v2"),
    )
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "gate-1", "city/south")
    plan(served, board=True)
    with httpx.Client(base_url=served.url, timeout=10) as client:
        yield client


def plan(served: Served, **changes: object) -> None:
    with somebody(served, "administrator", user="root") as admin:
        assert admin.put(HALL, json={**PLAN, **changes}).status_code == 200


def counts(rig: Rig, seq: int, people: int | None, limit: int | None = 40) -> None:
    health = messages.health(seq)
    body = json.loads(health)
    body["data"]["occupancy"] = OccupancyData(people=people, limit=limit).model_dump(mode="json")
    rig.arrive_state(messages.state(online=True))
    rig.arrive(json.dumps(body).encode())


def test_the_board_loads_with_no_login_and_no_personal_data(stranger: httpx.Client, served: Served) -> None:
    """K2: the public signage view loads without an account, and says nothing about any person."""
    page, now = stranger.get("/board/south-hall"), stranger.get("/board/south-hall/now")
    assert (page.status_code, now.status_code) == (200, 200)
    assert set(now.json()) == ALLOWED
    for answer in (page, now):
        assert answer.headers.get("set-cookie") is None
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        for personal in ("s-17", "p-secret", "v1", "v2", "36.", "gate-1", "admin"):
            assert personal not in answer.text, personal


def test_a_board_that_nobody_switched_on_is_not_there(stranger: httpx.Client, served: Served) -> None:
    plan(served)
    assert PLAN.get("board", False) is False
    assert [stranger.get(f"/board/south-hall{rest}").status_code for rest in ("", "/now")] == [404, 404]


def test_it_says_when_it_is_open_and_when_it_opens_next(stranger: httpx.Client, served: Served) -> None:
    def now() -> tuple[bool, str, str | None]:
        said = stranger.get("/board/south-hall/now").json()
        return said["open"], said["hours_today"], said["opens"]

    assert now() == (False, "09:00-12:00 13:30-17:00", "2026-11-21T09:00:00Z")
    served.rig.now_ms = START_MS + 3_600_000
    assert now() == (True, "09:00-12:00 13:30-17:00", "2026-11-21T13:30:00Z")
    plan(served, board=True, closed=[START.date().isoformat()])
    assert now() == (False, "", "2026-11-22T09:00:00Z")
    plan(served, board=True, hours=[""] * 7)
    assert now() == (False, "", None)


def test_it_says_how_full_it_is_as_long_as_the_gate_knows(stranger: httpx.Client, served: Served) -> None:
    def inside() -> tuple[int | None, int | None, bool]:
        said = stranger.get("/board/south-hall/now").json()
        return said["people_inside"], said["people_limit"], said["full"]

    assert inside() == (None, None, False)
    for seq, people, expected in ((10, 12, (12, 40, False)), (11, 40, (40, 40, True)), (12, None, (None, 40, False))):
        counts(served.rig, seq, people)
        assert inside() == expected
    counts(served.rig, 13, 5)
    served.rig.now_ms += 121_000
    assert inside() == (None, 40, False), "what a gate said two minutes ago is not how it is now"

"""People, receptions and contacts of another site: nobody from here finds or changes them, whatever the route."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from tests.cloud.people import somebody
from tests.cloud.routes import BODIES, Route, routes
from tests.cloud.server import Served
from tests.cloud.test_round_photos import photograph, text

EAST, WEST = "city/hall-3/east", "city/hall-3/west"
NAMING = {
    "person",
    "entry_id",
    "turn",
    "reception",
    "holder",
    "name",
    "number",
    "asset",
    "round_id",
    "meeting",
    "notice",
    "supply",
    "level",
    "slot",
}
OWN_NUMBERS = ("/api/tokens/", "/api/push/", "/api/reports/")
"""Numbers of others: one's own tokens and devices; a report is everybody's, narrowed to what lies below."""
LISTS = (
    "/api/staff",
    "/api/staff/declarations",
    "/api/staff/rota",
    "/api/facilities",
    "/api/facilities/levels",
    "/api/facilities/canteen/slots",
    "/api/supplies",
    "/api/receptions",
    "/api/badges",
    "/api/contacts",
    "/api/webhooks",
)


def done(answer: httpx.Response) -> Any:
    assert answer.status_code < 300, (answer.request.url, answer.text)
    return answer.json()


@pytest.fixture
def west(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "administrator", WEST, user="west") as client:
        yield client


@pytest.fixture
def theirs(served: Served, west: httpx.Client) -> dict[str, list[str]]:
    """What stands there, by the names that paths give it."""
    person = done(west.post("/api/staff", json={"name": "Lin", "number": "1", "team": "hall", "site": WEST}))["id"]
    absence = done(west.post(f"/api/staff/{person}/absences", json=BODIES["POST /api/staff/{person}/absences"]))["absences"][0]
    said = done(west.post(f"/api/staff/{person}/declarations", json=BODIES["POST /api/staff/{person}/declarations"]))[0]
    turn = done(west.post("/api/staff/rota", json={**BODIES["POST /api/staff/rota"], "person": person, "site": WEST}))["turns"][0]
    done(west.put("/api/receptions/west-hall", json={**BODIES["PUT /api/receptions/{reception}"], "site": WEST}))
    booked = BODIES["POST /api/receptions/{reception}/appointments"]
    appointment = done(west.post("/api/receptions/west-hall/appointments", json=booked))
    done(west.post("/api/badges", json={"holder": "w-1", "reception": "west-hall"}))
    done(west.put("/api/contacts/west-contact", json={**BODIES["PUT /api/contacts/{name}"], "site": WEST}))
    hook = done(west.post("/api/webhooks", json={**BODIES["POST /api/webhooks"], "name": "west-hook", "site": WEST}))
    assert hook
    asset = done(west.post("/api/facilities/assets", json={**BODIES["POST /api/facilities/assets"], "site": WEST}))["id"]
    picture = {"photo": text(photograph()), "asset": asset}
    made = done(west.post("/api/facilities/rounds", json={**BODIES["POST /api/facilities/rounds"], **picture}))
    planned = done(west.post("/api/facilities/meetings", json={**BODIES["POST /api/facilities/meetings"], "room": asset}))
    told = done(west.post("/api/facilities/notices", json={**BODIES["POST /api/facilities/notices"], "site": WEST}))
    supply = done(west.post("/api/supplies", json={**BODIES["POST /api/supplies"], "site": WEST}))["stock"]["id"]
    bin_at = {**BODIES["POST /api/facilities/levels"], "site": WEST, "sensor": "west-gate/bin-1/level_pct"}
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, "west-gate", WEST)
    level = done(west.post("/api/facilities/levels", json=bin_at))["level"]["id"]
    slot_at = {**BODIES["POST /api/facilities/canteen/slots"], "site": WEST}
    slot = done(west.post("/api/facilities/canteen/slots", json=slot_at))["slots"][0]["id"]
    return {
        "person": [person],
        "entry_id": [absence["id"], said["id"]],
        "turn": [turn["id"]],
        "reception": ["west-hall"],
        "holder": ["w-1"],
        "name": ["west-contact", "west-hook"],
        "number": [str(appointment["number"])],
        "asset": [asset],
        "round_id": [made["id"]],
        "meeting": [planned["meetings"][0]["id"]],
        "notice": [told["notices"][0]["id"]],
        "supply": [supply],
        "level": [level],
        "slot": [slot],
    }


def test_nobody_finds_or_changes_what_stands_at_another_site(
    served: Served, west: httpx.Client, theirs: dict[str, list[str]]
) -> None:
    before = [done(west.get(path)) for path in LISTS]
    tried = []
    with somebody(served, "administrator", EAST, user="east") as east:
        for route in routes():
            for names in naming(route, theirs):
                answer = route.call(east, body=BODIES.get(route.name), names=names)
                assert answer.status_code in {403, 404, 409}, (route.name, names, answer.text)
                tried.append(route.name)
        assert "w-1" not in str([done(east.get(path)) for path in LISTS])
        assert "west-" not in str([done(east.get(path)) for path in LISTS])
        assert "Lin" not in str([done(east.get(path)) for path in LISTS])
    assert len(tried) > 20
    assert [done(west.get(path)) for path in LISTS] == before


def naming(route: Route, theirs: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    if not any(own in route.name for own in OWN_NUMBERS):
        for name in NAMING & set(route.takes("path")):
            yield from ({name: value} for value in theirs[name])

"""Entries with and without clean hands, counted by gate and day from the visits in the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from contract.verdicts import Hands, Verdict
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import somebody
from tests.cloud.server import Served

DAY = "2026-11-21"


def enters(served: Served, seq: int, hands: Hands | None, gate: str = "canteen", **more: Any) -> None:
    seen = {"hands": hands, **more.pop("seen", {})}
    served.rig.arrive(messages.visit(seq, more.pop("name", f"v{seq}"), gate=gate, seen=seen, **more))


def read(served: Served, site: str = "") -> list[dict[str, Any]]:
    with somebody(served, "facilities", site, user=f"f-{site.replace('/', '-')}") as client:
        answer: httpx.Response = client.get("/api/facilities/canteen/hands")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["days"]
    return found


def test_entries_are_counted_by_how_hands_were_cleaned_and_only_where_somebody_asks(served: Served) -> None:
    for seq, hands in enumerate([Hands.DISPENSER, Hands.DISPENSER, Hands.CONFIRMED, Hands.NONE, None]):
        enters(served, seq + 1, hands)
    enters(served, 9, Hands.NONE, verdict=Verdict.PUT_ON_MASK)
    enters(served, 10, Hands.NONE, seen={"replay": True})
    (day,) = read(served)
    assert day == {"day": DAY, "gate": "canteen", "site": "", "let_in": 4, "dispenser": 2, "confirmed": 1, "without": 1}


def test_the_word_after_the_verdict_is_what_counts(served: Served) -> None:
    enters(served, 1, Hands.NONE, name="v")
    assert read(served)[0]["without"] == 1
    enters(served, 2, Hands.CONFIRMED, name="v", revision=1)
    (day,) = read(served)
    assert (day["let_in"], day["without"], day["confirmed"]) == (1, 0, 1)


def test_a_day_is_the_site_s_own_and_the_newest_comes_first(served: Served) -> None:
    for seq, (hours, hands) in enumerate([(7.99, Hands.NONE), (8.01, Hands.DISPENSER)]):  # midnight in Shanghai lies between
        served.rig.now_ms = START_MS + round(hours * 3_600_000)
        enters(served, seq + 1, hands, at=START + timedelta(hours=hours))
    assert [(one["day"], one["without"]) for one in read(served)] == [("2026-11-22", 0), (DAY, 1)]


@pytest.mark.parametrize(("site", "gates"), [("city/hall", ["hall"]), ("city", ["canteen", "hall"])])
def test_who_looks_after_one_place_sees_that_place(served: Served, site: str, gates: list[str]) -> None:
    for seq, (gate, place) in enumerate((("hall", "city/hall"), ("canteen", "city/canteen"), ("far", "town"))):
        enters(served, seq + 1, Hands.NONE, gate=gate)
        with served.rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, gate, place)
    assert [one["gate"] for one in read(served, site)] == gates

"""Who is there for one site sees and moves what stands there, and does not learn that there is more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import httpx
import pytest

from cloud.ledger.sites import is_within, upwards
from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.postgres import either_ledger
from tests.cloud.routes import BODIES, ROLES, Route, routes
from tests.cloud.server import Served, events

EAST, WEST = "city/hall-3/east", "city/hall-3/west"
NAMING = {"gate", "id"}
"""Names of parameters that say which gate, alarm or case is meant."""
OTHER = {"user", "session", "number"}
"""Names of others: accounts, sign-ins, tokens; tests/cloud/test_accounts.py tells who reaches which."""
OF_PEOPLE = {
    "person",
    "entry_id",
    "turn",
    "reception",
    "holder",
    "name",
    "asset",
    "round_id",
    "meeting",
    "notice",
    "supply",
    "level",
    "slot",
}
"""Tried from another site by tests/cloud/test_other_sites.py."""
PLACES = {"day", "shift", "post", "month"}
"""Of one's own roster or calendar: they name nothing of another site."""


def place(served: Served, **stands: str) -> None:
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        for gate, site in stands.items():
            place_gate(connection, feed, gate.replace("_", "-"), site)


@pytest.fixture
def halls(served: Served) -> Served:
    """Two gates, each in its own part of a hall, each with a visit, a case and an alarm; a third that nobody has placed."""
    rig = served.rig
    place(served, gate_1=EAST, gate_2=WEST)
    for gate in ("gate-1", "gate-2", "gate-3"):
        rig.arrive(messages.visit(1, "v1", gate=gate, verdict=Verdict.RECHECK))
        rig.arrive(messages.alert(2, "recheck", subject="v1", gate=gate), messages.alert(3, gate=gate))
    return served


@pytest.fixture
def east(halls: Served) -> Iterator[httpx.Client]:
    with somebody(halls, "supervisor", EAST) as client:
        yield client


def gates_in(said: Any) -> set[str]:
    """Every gate named anywhere in an answer."""
    if isinstance(said, dict):
        named = {said["gate"]} if isinstance(said.get("gate"), str) else set()
        return named.union(*(gates_in(one) for one in said.values()))
    return set().union(*(gates_in(one) for one in said)) if isinstance(said, list) else set()


@pytest.mark.parametrize(
    ("site", "top", "within"),
    [("a/b", "a", True), ("a", "a", True), ("ab", "a", False), ("a", "a/b", False), ("", "a", False), ("a", "", True)],
)
def test_a_site_holds_itself_and_what_lies_below(site: str, top: str, within: bool) -> None:
    assert is_within(site, top) == within
    assert within == (top in [*upwards(site), ""])


@either_ledger
def test_a_screen_of_one_site_shows_that_site(halls: Served) -> None:
    """O3: the filter by site isolates data."""
    for site, seen in ((EAST, {"gate-1"}), ("city", {"gate-1", "gate-2"}), ("", {"gate-1", "gate-2", "gate-3"}), ("cit", set())):
        with somebody(halls, "supervisor", site) as client:
            for path in ("/api/snapshot", "/api/gates", "/api/visits", "/api/series/visits"):
                found = gates_in(client.get(path).json())
                assert found == (set() if path.endswith("series/visits") else seen), (site, path)
            tree = client.get("/api/sites").json()
            assert {gate for one in tree for gate in one["gates"]} == seen
            assert all(is_within(one["site"], site) for one in tree)


@either_ledger
def test_facilities_see_gates_and_faults_and_no_persons(halls: Served) -> None:
    with somebody(halls, "facilities") as client:
        whole = client.get("/api/snapshot").json()
        assert (len(whole["gates"]), {item["type"] for item in whole["queue"]}, whole["visits"]) == (3, {"alarm"}, [])
        seen = [one.name for one in islice(events(client, 0), 7)]
        assert seen[-1] == "beat"
        assert set(seen[:-1]) == {"gate", "queue"}


def test_every_route_that_names_a_gate_or_a_case_of_another_site_finds_nothing(halls: Served, east: httpx.Client) -> None:
    with somebody(halls, "supervisor") as everywhere:
        queue = everywhere.get("/api/snapshot").json()["queue"]
    theirs = [item["id"] for item in queue if item["gate"] == "gate-2"]
    assert len(theirs) == 2
    for route in routes():
        if "supervisor" in ROLES.get(route.name, []):
            for names, query in naming(route, theirs):
                answer = route.call(east, body=BODIES.get(route.name), names=names, query=query)
                assert answer.status_code == 404, (route.name, names, query, answer.text)
                assert "gate-2" not in answer.text.replace("no gate gate-2", "").replace('{"gate":"gate-2"}', "")


def test_every_name_in_a_path_is_known_to_these_tests() -> None:
    """A new one belongs to NAMING or OF_PEOPLE, so that it is tried from another site, or to OTHER."""
    assert {name for route in routes() for name in route.takes("path")} <= NAMING | OTHER | OF_PEOPLE | PLACES


def naming(route: Route, theirs: list[str]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Every way in which this route can name something of the other site."""
    values = {"gate": ["gate-2"], "id": theirs}
    for name, schema in route.takes("path").items():
        fitting = (value for value in values.get(name, []) if re.search(schema["pattern"], value))
        yield from (({name: value}, {}) for value in fitting)
    for name in NAMING & set(route.takes("query")):
        yield from (({}, {name: value} | (parts(value) if name == "id" else {}) | asked(route)) for value in values[name])


def asked(route: Route) -> dict[str, str]:
    """What else the question needs: of a sensor its name and quantity."""
    return {name: "co2" for name in ("sensor", "quantity") if name in route.takes("query")}


def parts(value: str) -> dict[str, str]:
    """Of which part of the ledger this is."""
    return {"part": f"{value.partition('-')[0]}s"}


def test_an_unknown_gate_and_one_of_another_site_are_refused_alike(halls: Served, east: httpx.Client) -> None:
    for path in ("/api/visits", "/api/series/visits"):
        answers = [east.get(path, params={"gate": gate}) for gate in ("gate-2", "gate-9")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text.replace("gate-2", "gate-9") == answers[1].text
        assert east.get(path, params={"gate": "gate-1"}).status_code == 200


@either_ledger
def test_a_live_screen_hears_its_own_site_and_resumes_without_loss(halls: Served) -> None:
    rig = halls.rig
    with somebody(halls, "supervisor", EAST) as client:
        feed = client.get("/api/snapshot").json()["feed"]
        stream = events(client, feed)
        assert next(stream).name == "beat"
        rig.arrive(*(messages.visit(seq, f"w{seq}", gate="gate-2") for seq in range(10, 15)), messages.visit(10, "e1"))
        rig.arrive(messages.visit(11, "e2"))
        seen = list(islice((one for one in stream if one.name == "visit"), 2))
        assert [one.data["visit"] for one in seen] == ["e1", "e2"]
        stream.close()
        missed = [one for one in islice(events(client, feed), 6) if one.name == "visit"]
        assert [one.data["visit"] for one in missed] == ["e1", "e2"]
        rest = [one.name for one in islice(events(client, seen[0].id or 0), 3)]
        assert "visit" in rest


def test_more_of_others_than_a_screen_keeps_takes_nothing_from_it(halls: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloud.store.views.changes.MOST_VISITS", 5)
    with somebody(halls, "supervisor", EAST) as client:
        feed = client.get("/api/snapshot").json()["feed"]
        halls.rig.arrive(messages.visit(10, "e1"), *(messages.visit(seq, f"w{seq}", gate="gate-2") for seq in range(10, 20)))
        missed = [one.data["visit"] for one in islice(events(client, feed), 3) if one.name == "visit"]
        assert missed == ["e1"]


def test_a_gate_that_is_moved_leaves_the_screens_of_its_old_site_at_once(halls: Served) -> None:
    with somebody(halls, "supervisor", EAST) as east, somebody(halls, "administrator") as admin:
        with somebody(halls, "supervisor", "city") as city:
            feed = city.get("/api/snapshot").json()["feed"]
            watched, untouched = events(east, feed), events(city, feed)
            assert (next(watched).name, next(untouched).name) == ("beat", "beat")
            assert admin.put("/api/gates/gate-1/site", json={"site": WEST}).json() == {
                "site": WEST,
                "gates": ["gate-1"],
                "closed": [],
            }
            assert [one.name for one in watched][-1] == "reset"
            assert gates_in(east.get("/api/snapshot").json()) == set()
            assert next(one.data["site"] for one in untouched if one.name != "beat") == WEST
            untouched.close()
        assert admin.get("/api/gates").json()[0]["site"] == WEST
        assert admin.put("/api/gates/gate-9/site", json={"site": WEST}).status_code == 404
        assert admin.put("/api/gates/gate-1/site", json={"site": "../etc"}).status_code == 422


def test_an_administrator_of_one_site_takes_and_gives_gates_within_it(halls: Served) -> None:
    with somebody(halls, "administrator", "city") as admin:
        assert admin.put("/api/gates/gate-1/site", json={"site": "city/yard"}).status_code == 200
        assert admin.put("/api/gates/gate-1/site", json={"site": "town"}).status_code == 409
        assert admin.put("/api/gates/gate-3/site", json={"site": "city"}).status_code == 404

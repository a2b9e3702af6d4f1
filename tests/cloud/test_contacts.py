"""Contacts by the tree of sites: who is told, who owns an alarm, and where somebody is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cloud.commands import app
from cloud.commands.check_telling import NobodyToldError, somebody_is_told
from cloud.escalation.worker import Escalation
from cloud.ledger.alarms import Move, State
from cloud.ledger.contacts import Channel, Contact, lacks, owner_of
from cloud.ledger.escalation import Steps
from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from cloud.store.tables import alarm, audit, recheck_case
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig
from tests.cloud.running import write_settings
from tests.cloud.server import Served
from tests.cloud.test_escalation import Post, act, at, contact, keep, later

STEPS = Steps({1: (30_000, 120_000, 300_000)})


def place(rig: Rig, gate: str, site: str) -> None:
    with rig.database.writing() as connection, Feed(connection) as feed:
        place_gate(connection, feed, gate, site)


def worker(rig: Rig, post: Post | None = None) -> Escalation:
    return Escalation(rig.database, STEPS, {Channel.MAIL: post or Post()}, lambda: rig.now_ms, administrator="root")


def test_the_escalation_goes_up_the_tree_of_sites(rig: Rig) -> None:
    people = [
        contact("mayor"),
        contact("hall", site="city/hall"),
        contact("desk", site="city/hall"),
        contact("west", site="city/west"),
    ]
    keep(rig, *people, contact("second", 2, site="city/hall"))
    rig.arrive(messages.alert(1, "fire"))
    place(rig, "gate-1", "city/hall/east")
    post = Post()
    escalation = worker(rig, post)
    for seconds, who in ((30, {"hall", "desk"}), (90, {"hall", "desk", "second"}), (180, {"hall", "desk", "second", "mayor"})):
        later(rig, seconds, escalation)
        assert {name for name, _ in post.told} == who
    assert len(post.told) == 4


@either_ledger
def test_no_alarm_and_no_case_is_an_orphan_after_the_rule_has_run(rig: Rig) -> None:
    """K3, O1: every alarm and every case has an owner, whoever there is."""
    rig.arrive(messages.alert(1, "fire"), messages.alert(2, "barrier"), messages.alert(3, "recheck", subject="v1"))
    rig.arrive(messages.alert(1, "fire", gate="gate-2"))
    place(rig, "gate-1", "city/east")
    technician = Contact("technician", {Channel.MAIL: "t@site.example"}, site="city", kinds=("barrier",))
    keep(rig, technician, Contact("desk", {Channel.PUSH: "mei"}, site="city/east"))
    later(rig, 1, worker(rig))
    owners = {("gate-1", "fire"): "mei", ("gate-1", "barrier"): "technician", ("gate-2", "fire"): "root"}
    assert {row[:2]: row[2] for row in rig.rows(alarm, "gate", "kind", "owner")} == owners
    assert rig.rows(recheck_case, "owner") == [("mei",)]


def test_a_new_occurrence_goes_by_the_rule_again(rig: Rig) -> None:
    keep(rig, contact("desk"))
    rig.arrive(messages.alert(1, "fire"))
    later(rig, 1, worker(rig))
    act(rig, Move.ACK)
    assert rig.rows(alarm, "owner") == [("li",)]
    rig.arrive(messages.alert(2, "fire", state="returned", at=at(rig)))
    rig.now_ms += 1_000
    rig.arrive(messages.alert(3, "fire", at=at(rig)))
    later(rig, 1, worker(rig))
    assert rig.rows(alarm, "owner") == [("desk",)]


def test_whoever_acknowledges_owns_it(served: Served) -> None:
    keep(served.rig, contact("desk"))
    served.rig.arrive(messages.alert(1, "fire"), messages.alert(2, "recheck", subject="v1"))
    later(served.rig, 1, worker(served.rig))
    with somebody(served, "guard", user="wei") as client:
        queue = {one["id"]: one["owner"] for one in client.get("/api/snapshot").json()["queue"]}
        assert queue == {"alarm-1": "desk", "case-1": "desk"}
        for name in queue:
            assert client.post(f"/api/queue/{name}/acknowledge").json()["owner"] == "wei"
    assert served.rig.rows(alarm, "state", "owner") == [(State.ACKED, "wei")]


SITES = st.sampled_from(["", "city", "city/hall", "city/hall/east", "north"])
PEOPLE = st.lists(
    st.builds(
        Contact,
        name=st.sampled_from("abcdef"),
        ways=st.just({Channel.MAIL: "x@site.example"}),
        site=SITES,
        step=st.integers(1, 3),
        days=st.frozensets(st.integers(0, 6), min_size=1),
        begins_min=st.integers(0, 1439),
        ends_min=st.integers(0, 1439),
        alarms=st.booleans(),
        liaison=st.booleans(),
        kinds=st.sampled_from([(), ("fire",), ("barrier",)]),
    ),
    max_size=6,
)


@given(people=PEOPLE, site=SITES, kind=st.sampled_from(["fire", "barrier", "recheck"]))
def test_where_nothing_is_lacking_somebody_owns_every_kind_at_every_hour(people: list[Contact], site: str, kind: str) -> None:
    for hour in (0, 9, 23):
        owner = owner_of(site, kind, people, messages.START.replace(hour=hour))
        assert owner is not None or any(one.site == site and one.nobody for one in lacks([site], people))


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], "nobody is told of the alarms of city/east"),
        ([contact("west", site="city/west", liaison=True)], "nobody is told of the alarms of city/east"),
        ([contact("desk", site="city")], "there is no liaison for city/east"),
        ([contact("fireman", kinds=("fire",), liaison=True)], "nobody is told of the alarms of city/east"),
    ],
)
def test_a_site_without_anybody_to_tell_or_without_a_liaison_is_an_error_of_the_set_up(
    rig: Rig, people: list[Contact], said: str
) -> None:
    """O2: an escalation target exists, else it is an error."""
    rig.arrive(messages.alert(1, "fire"))
    place(rig, "gate-1", "city/east")
    keep(rig, *people)
    with pytest.raises(NobodyToldError, match=said):
        somebody_is_told(rig.database)
    keep(rig, contact("liaison", site="city/east", liaison=True))
    assert "every site" in somebody_is_told(rig.database)


def test_check_names_the_site_and_ends_with_an_error(tmp_path: Path) -> None:
    settings = write_settings(tmp_path, 9)
    rig = Rig.open(tmp_path / "ledger.db")
    rig.arrive(messages.alert(1, "fire"))
    rig.database.close()
    ended = CliRunner().invoke(app, ["check", str(settings)])
    assert (ended.exit_code, "nobody is told" in " ".join(ended.output.split())) == (2, True)


WISH: dict[str, Any] = {
    "site": "city",
    "liaison": True,
    "mqtt": True,
    "duty_begins": "07:30",
    "duty_ends": "19:30",
    "days": ["mon"],
}


def test_an_administrator_keeps_contacts_and_sees_what_is_missing(served: Served) -> None:
    served.rig.arrive(messages.alert(1, "fire"))
    place(served.rig, "gate-1", "city/east")
    with somebody(served, "administrator", user="root") as client:
        assert client.get("/api/contacts").json() == {
            "contacts": [],
            "lacks": [{"site": "city/east", "nobody": True}, {"site": "city/east", "nobody": False}],
        }
        kept = client.put("/api/contacts/desk", json=WISH).json()
        assert {name: kept[name] for name in WISH} == WISH
        assert client.get("/api/contacts").json() == {"contacts": [kept], "lacks": []}
        tried = client.post("/api/contacts/desk/test").json()
        assert tried == [{"channel": "mqtt", "taken": False, "answer": "mqtt is not set up"}]
        for wrong, status in (
            ({"mqtt": False}, 422),
            ({"kinds": ["weather"]}, 422),
            ({"duty_begins": "7:30"}, 422),
            ({"user": "nobody"}, 409),
            ({"webhook": "nowhere"}, 409),
            ({"mail": "desk@site.example"}, 409),
        ):
            assert client.put("/api/contacts/desk", json={**WISH, **wrong}).status_code == status, wrong
        assert client.delete("/api/contacts/desk").status_code == 204
        assert client.delete("/api/contacts/desk").status_code == 404
    done = [row for row in served.rig.rows(audit, "action", "subject") if row[0].startswith("contact")]
    assert done == [("contact saved", "desk"), ("contact tested", "desk"), ("contact removed", "desk")]


def test_an_administrator_of_one_site_knows_no_contact_beside_it(served: Served) -> None:
    keep(served.rig, contact("north", site="north"), contact("hall", site="south/hall"))
    with somebody(served, "administrator", "south", user="south-admin") as client:
        assert [one["name"] for one in client.get("/api/contacts").json()["contacts"]] == ["hall"]
        assert client.put("/api/contacts/north", json={"mqtt": True, "site": "south"}).status_code == 409
        assert client.put("/api/contacts/all", json={"mqtt": True}).status_code == 409
        assert client.delete("/api/contacts/north").status_code == 404

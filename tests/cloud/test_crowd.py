"""How full it is inside and how long people wait, from the gate's own count to the answer of the cloud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.ledger.crowd import Gate, Room, room_of, share, sites
from cloud.ledger.gates import GateState
from cloud.store.closed_gates import close_gate
from cloud.store.feed import Feed
from cloud.store.sites import place_gate
from contract.messages.health import HealthData, OccupancyData, QueueData
from contract.verdicts import Verdict
from edge.board import Board
from edge.config.occupancy import OccupancyConfig
from edge.gate.hall import Hall, kept
from tests.cloud import messages
from tests.cloud.messages import START, START_MS
from tests.cloud.people import somebody
from tests.cloud.server import Served
from tests.gate.fed import Colour, Fed, Heat, Seen, Tick, colour_of, counts_of
from tests.gate.test_hall import Door

SEQS = count(500)


def told(people: int | None, limit: int | None = 40, *, full: bool = False, clipped: int = 0) -> OccupancyData:
    return OccupancyData(people=people, limit=limit, full=full, clipped=clipped)


def says(served: Served, gate: str, inside: OccupancyData | None, queue: QueueData | None = None, site: str = "") -> None:
    """A gate that is heard now."""
    body = json.loads(messages.health(next(SEQS), gate=gate, at=START + timedelta(milliseconds=served.rig.now_ms - START_MS)))
    body["data"]["occupancy"] = None if inside is None else inside.model_dump(mode="json")
    body["data"]["queue"] = None if queue is None else queue.model_dump(mode="json")
    served.rig.arrive_state(messages.state(online=True), gate)
    served.rig.arrive(json.dumps(body).encode())
    if site:
        with served.rig.database.writing() as connection, Feed(connection) as feed:
            place_gate(connection, feed, gate, site)


@pytest.fixture
def guard(served: Served) -> Iterator[httpx.Client]:
    with somebody(served, "guard") as client:
        yield client


def crowd(client: httpx.Client) -> dict[str, Any]:
    answer = client.get("/api/facilities/crowd")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_at_the_limit_the_gate_holds_and_the_cloud_says_who_waits_and_for_how_long(
    tmp_path: Path, served: Served, guard: httpx.Client
) -> None:
    """Q1: queue length and wait-time metric, throughput; occupancy at the limit -> `HOLD`, the kiosk asks to wait."""
    fed = Fed(tmp_path)
    heads = Board.create(tmp_path / "heads.test")
    one = OccupancyConfig.model_validate({"limit": 1, "exit": {"source": "contact", "line": 22}})
    fed.loop._entrance.hall = Hall(one, Door(), heads, None, fed.clock, kept(fed.board, fed.clock.now_s))
    _goes_on(fed, served, Tick(), 25)
    _goes_on(fed, served, Tick(faces=()), 40)
    _goes_on(fed, served, Tick(faces=(Seen(), Seen("beside"))), 150)
    note = fed.board.read() or {}
    assert (note["verdict"], note["reason"]) == ("hold", "full"), "the kiosk asks to wait"
    served.rig.arrive_state(messages.state(online=True))
    (gate,) = crowd(guard)["gates"]
    assert (gate["room"], gate["people"], gate["limit"], gate["held"]) == ("full", 1, 1, True)
    assert gate["waiting"] == 2
    assert gate["waiting_s"] > 5
    assert gate["waits"]["let_in"] == 1
    assert 0 < gate["waits"]["half_s"] == gate["waits"]["most_s"] < 5


def _goes_on(fed: Fed, served: Served, tick: Tick, rounds: int) -> None:
    """The gate goes round, and what it writes down arrives in the cloud."""
    for _ in range(rounds):
        fed.clock.advance(tick.after_s)
        fed._count += 1
        fed._network.faces = tick.faces
        now_s = fed.clock.monotonic_s()
        fed._colours.write(colour_of(Colour.OK, fed._count % 2), now_s)
        fed._heats.write(counts_of(Heat.OK, fed._count % 2), now_s, tick.ffc_age_s)
        fed.loop.round()
        waiting = fed._records.waiting()
        served.rig.now_ms = START_MS + round((now_s - 1000.0) * 1000)
        for record in waiting:
            body = json.loads(messages.health(next(SEQS), at=fed.clock.wall()))
            body |= {"type": f"menshen.{record.kind.value}", "data": json.loads(record.data)}
            served.rig.arrive(json.dumps(body).encode())
        if waiting:
            fed._records.commit(waiting[-1].number)


def test_waits_are_those_of_the_last_hour_and_of_people_who_were_let_in(served: Served, guard: httpx.Client) -> None:
    says(served, "gate-1", told(3))
    for seq, (seconds, verdict) in enumerate([(2, "pass"), (4, "pass"), (30, "pass"), (600, "hold")]):
        body = json.loads(messages.visit(100 + seq, f"v{seq}", verdict=Verdict(verdict)))
        body["data"]["first_seen"] = (START - timedelta(seconds=seconds)).isoformat()
        served.rig.arrive(json.dumps(body).encode())
    assert crowd(guard)["gates"][0]["waits"] == {"let_in": 3, "half_s": 4.0, "most_s": 30.0}
    served.rig.now_ms += 3_700_000
    says(served, "gate-1", told(3))
    with somebody(served, "guard", user="mei") as later:
        assert crowd(later)["gates"][0]["waits"] == {"let_in": 0, "half_s": None, "most_s": None}


def test_what_a_gate_said_before_it_fell_silent_is_not_how_it_is(served: Served, guard: httpx.Client) -> None:
    says(served, "gate-1", told(12), QueueData(people=3, longest_s=20.0))
    assert _brief(crowd(guard)["gates"][0]) == ("room", 12, 3)
    served.rig.now_ms += 31_000
    assert _brief(crowd(guard)["gates"][0]) == ("unknown", None, None)
    says(served, "gate-1", told(None))
    assert _brief(crowd(guard)["gates"][0]) == ("unknown", None, None)


def _brief(gate: dict[str, Any]) -> tuple[str, int | None, int | None]:
    return gate["room"], gate["people"], gate["waiting"]


def test_the_fullest_comes_first_and_a_gate_closed_for_good_is_left_out(served: Served, guard: httpx.Client) -> None:
    says(served, "a", told(3))
    says(served, "b", told(40, full=True))
    says(served, "c", None)
    says(served, "d", told(38, clipped=2))
    says(served, "e", told(0))
    with served.rig.database.writing() as connection, Feed(connection) as feed:
        close_gate(connection, feed, "e", "walled up", served.rig.now_ms)
    assert [(one["gate"], one["room"]) for one in crowd(guard)["gates"]] == [
        ("b", "full"),
        ("d", "doubtful"),
        ("a", "room"),
        ("c", "uncounted"),
    ]


def test_a_place_with_two_ways_in_is_known_only_where_both_are_counted(served: Served, guard: httpx.Client) -> None:
    says(served, "east", told(12, clipped=1), QueueData(people=3), site="city/hall/east")
    says(served, "west", told(7), QueueData(people=2), site="city/hall/west")
    (hall,) = crowd(guard)["sites"]
    assert (hall["site"], hall["gates"], hall["people"], hall["waiting"]) == ("city/hall", ["east", "west"], 19, 5)
    assert hall["entries_missed"] == 1
    says(served, "west", None, QueueData(people=2))
    (hall,) = crowd(guard)["sites"]
    assert (hall["people"], hall["waiting"]) == (None, 5), "somebody may have gone in by the other"


def test_a_guard_of_one_hall_sees_that_hall(served: Served) -> None:
    says(served, "east", told(12), site="city/hall/east")
    says(served, "west", told(7), site="city/hall/west")
    with somebody(served, "guard", "city/hall/east", user="mei") as client:
        said = crowd(client)
    assert ([one["gate"] for one in said["gates"]], said["sites"]) == (["east"], [])


def test_the_cloud_s_metrics_tell_of_it_while_the_gate_is_heard(served: Served, guard: httpx.Client) -> None:
    del guard
    says(served, "gate-1", told(12), QueueData(people=3))
    said = httpx.get(f"{served.url}/metrics").text
    assert 'menshen_cloud_gate_people_inside{gate="gate-1"} 12' in said
    assert 'menshen_cloud_gate_people_waiting{gate="gate-1"} 3' in said


HEALTH = HealthData.model_validate_json(json.dumps(json.loads(messages.health(1))["data"]))


@given(
    people=st.none() | st.integers(0, 60),
    limit=st.none() | st.integers(1, 50),
    clipped=st.integers(0, 9),
    full=st.booleans(),
    state=st.sampled_from(GateState),
)
def test_there_is_room_only_where_it_is_known_to_be_and_a_count_as_wrong_again_leaves_some(
    people: int | None, limit: int | None, clipped: int, *, full: bool, state: GateState
) -> None:
    inside = OccupancyData(people=people, limit=limit, clipped=clipped, full=full)
    if room_of(Gate("g", "", state, HEALTH.model_copy(update={"occupancy": inside}))) is Room.ROOM:
        assert state is GateState.LIVE
        assert people is not None
        assert limit is not None
        assert people + clipped < limit
        assert not full


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=50))
def test_half_of_them_waited_no_longer_than_the_half_says(waits_ms: list[int]) -> None:
    for part in (0.5, 0.9):
        told_s = share(waits_ms, part)
        assert told_s is not None
        told_ms = round(told_s * 1000)
        assert sum(one <= told_ms for one in waits_ms) >= part * len(waits_ms)
        assert told_ms in waits_ms


def test_places_are_named_once_and_by_the_deepest_name() -> None:
    gates = [Gate(name, site, GateState.LIVE, None) for name, site in (("a", "x/y/z"), ("b", "x/y/z"), ("c", "x/w"))]
    assert [(one.site, len(one.gates)) for one in sites(gates)] == [("x", 3), ("x/y/z", 2)]
    assert [one.people for one in sites(gates)] == [None, None]

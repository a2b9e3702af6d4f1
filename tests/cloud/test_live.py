from __future__ import annotations

import time
from itertools import islice, takewhile

import pytest

import cloud.hub
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.server import Served, events
from tests.fixtures_broker import wait_for


def test_a_verdict_is_on_the_screen_without_being_asked_for(served: Served) -> None:
    with served.client() as client:
        feed = client.get("/api/snapshot").json()["feed"]
        stream = events(client, feed)
        assert next(stream).name == "beat"
        before_s = time.monotonic()
        served.rig.arrive(messages.visit(1, verdict=Verdict.RECHECK), messages.alert(2, "recheck", subject="v1"))
        seen = list(islice((one for one in stream if one.name != "beat"), 3))
        assert time.monotonic() - before_s < 2
        assert sorted(one.name for one in seen) == ["gate", "queue", "visit"]
        whole = client.get("/api/snapshot").json()
        assert next(one.data for one in seen if one.name == "visit") == whole["visits"][0]
        assert next(one.data for one in seen if one.name == "queue") == whole["queue"][0]
        stream.close()


@either_ledger
def test_a_screen_that_was_away_gets_what_it_missed_once_as_it_is_now(served: Served) -> None:
    rig = served.rig
    with served.client() as client:
        rig.arrive(messages.visit(1))
        feed = client.get("/api/snapshot").json()["feed"]
        rig.arrive(messages.visit(2, revision=1, verdict=Verdict.WAIT))
        rig.arrive(messages.visit(3, revision=2, verdict=Verdict.RECHECK), messages.visit(4, "v2"))
        missed = list(takewhile(lambda one: one.name != "beat", events(client, 0, last_event_id=feed)))
        visits = [(one.data["visit"], one.data["verdict"], one.data["revisions"]) for one in missed if one.name == "visit"]
        assert sorted(visits) == [("v1", "recheck", 3), ("v2", "pass", 1)]
        ids = [one.id for one in missed]
        assert ids == sorted(ids, key=lambda one: one or 0)
        assert list(takewhile(lambda one: one.name != "beat", events(client, ids[-1] or 0))) == []


def test_resuming_at_any_number_misses_nothing_and_repeats_nothing(served: Served) -> None:
    rig = served.rig
    for seq in range(1, 6):
        rig.arrive(messages.visit(seq, f"v{seq}"))
    with served.client() as client:
        whole = list(takewhile(lambda one: one.name != "beat", events(client, 0)))
        assert [one.data["visit"] for one in whole if one.name == "visit"] == [f"v{seq}" for seq in range(1, 6)]
        for cut in range(len(whole)):
            rest = takewhile(lambda one: one.name != "beat", events(client, whole[cut].id or 0))
            assert list(rest) == whole[cut + 1 :]


def test_a_number_of_another_ledger_makes_the_screen_begin_anew(served: Served) -> None:
    with served.client() as client:
        assert [one.name for one in events(client, 10**9)] == ["reset"]


def test_beats_go_on_while_nothing_happens(served: Served) -> None:
    with served.client() as client:
        stream = events(client, 0)
        assert [one.name for one in islice(stream, 2)] == ["beat", "beat"]
        stream.close()


def test_a_screen_that_does_not_read_is_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloud.hub, "QUEUE", 5)
    with served.client() as client:
        stream = events(client, 0)
        next(stream)
        served.rig.arrive(*(messages.visit(seq, f"v{seq}") for seq in range(1, 50)))
        wait_for(lambda: served.hub.cut_off == 1, "the screen is cut off")
        wait_for(lambda: served.hub.screens == 0, "it is gone")
        last = max((one.id or 0 for one in stream), default=0)
        missed = [one for one in takewhile(lambda one: one.name != "beat", events(client, last)) if one.name == "visit"]
        assert len(missed) >= 44


def test_the_stream_needs_a_session(served: Served) -> None:
    with served.client(signed_in=False) as client:
        assert client.get("/api/live").status_code == 401

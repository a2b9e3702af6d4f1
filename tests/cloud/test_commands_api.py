"""Commands from the guard's side: who may give them, what is written down, what comes back."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import delete, update

from cloud.dispatch.dispatch import PATIENCE_S
from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import account, audit, event
from contract.commands import check_order, check_times, signed_bytes
from contract.messages.orders import ActData, CommandData, ResultData
from contract.topics import Kind, topic
from tests.cloud import messages
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.fixtures_broker import wait_for

OPEN = {"verb": "open_once", "arguments": {"reason": "wheelchair"}}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of this file: signing in takes longer than any test here."""
    folder = tmp_path_factory.mktemp("commands")
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive_state(messages.state(online=True))
    with serve(rig, series, folder / "dist") as running:
        yield running
    series.close()
    rig.database.close()


@pytest.fixture(scope="module")
def signed_in(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


@pytest.fixture
def client(served: Served, signed_in: httpx.Client) -> httpx.Client:
    """Signed in; nothing was sent or written down yet."""
    served.rig.bus.sent.clear()
    with served.rig.database.writing() as connection:
        connection.execute(delete(audit))
    return signed_in


@contextmanager
def given(client: httpx.Client, order: dict[str, Any], gate: str = "gate-1") -> Iterator[list[httpx.Response]]:
    """The command is on its way inside; its answer is there afterwards."""
    answers: list[httpx.Response] = []
    asking = threading.Thread(target=lambda: answers.append(client.post(f"/api/gates/{gate}/commands", json=order)))
    asking.start()
    yield answers
    asking.join(10)
    assert answers


def sent(served: Served) -> CommandData:
    wait_for(lambda: served.rig.bus.sent, "the command is sent")
    gate, kind, body = served.rig.bus.sent[-1]
    assert (gate, kind) == ("gate-1", Kind.COMMAND)
    return CommandData.model_validate_json(body)


def audited(served: Served) -> list[tuple[str, str]]:
    return [(action, detail) for action, detail in served.rig.rows(audit, "action", "detail") if action.startswith("command")]


def test_a_command_is_signed_for_its_gate_written_down_and_answered(served: Served, client: httpx.Client) -> None:
    with given(client, OPEN) as answers:
        command = sent(served)
        assert audited(served) == [("command", f'{command.id} open_once {{"reason": "wheelchair"}}')]
        result = ResultData(command=command.id, done=True, detail="the arm opens")
        served.rig.put((topic("gate-1", Kind.RESULT), result.model_dump_json().encode(), None))
    assert (answers[0].status_code, answers[0].json()["done"]) == (200, True)
    assert audited(served)[1] == ("command answered", f"{command.id} done: the arm opens")
    public = Ed25519PublicKey.from_public_bytes(b64decode(served.rig.signer.public))
    public.verify(b64decode(command.signature), signed_bytes("gate-1", command))
    check_times(command, datetime.fromtimestamp(served.rig.now_ms / 1000, UTC))
    check_order(command.verb, command.role, command.arguments)
    assert (command.issuer, command.role) == ("admin", "administrator")


def test_a_refusal_of_the_gate_is_told_in_its_words(served: Served, client: httpx.Client) -> None:
    with given(client, OPEN) as answers:
        result = ResultData(command=sent(served).id, done=False, detail="nobody is seen in the zone")
        served.rig.put((topic("gate-1", Kind.RESULT), result.model_dump_json().encode(), None))
    assert answers[0].json() == {"command": result.command, "done": False, "detail": "nobody is seen in the zone"}


def test_the_record_of_the_act_answers_where_the_result_was_lost(served: Served, client: httpx.Client) -> None:
    with given(client, OPEN) as answers:
        command = sent(served)
        repeated = ResultData(command=command.id, done=False, detail="refused: given before", repeated=True)
        served.rig.put((topic("gate-1", Kind.RESULT), repeated.model_dump_json().encode(), None))
        did = ActData(
            command=command.id, verb=command.verb, issuer="admin", role="administrator", done=True, detail="the arm opens",
            acted=messages.START,
        )  # fmt: skip
        served.rig.arrive(messages.event(Kind.ACT, did, 7))
    assert answers[0].json()["done"]
    assert served.rig.rows(event, "kind", "seq") == [("act", 7)], "it stands in the ledger"


def test_no_answer_within_the_commands_time_is_told_as_such(
    served: Served, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PATIENCE_S > 10
    monkeypatch.setattr("cloud.dispatch.dispatch.PATIENCE_S", 0.05)
    answer = client.post("/api/gates/gate-1/commands", json=OPEN)
    assert answer.status_code == 504
    assert audited(served)[1][1].endswith("no answer")


def test_nothing_is_sent_while_the_broker_is_away_or_there_is_no_key(
    served: Served, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.rig.bus, "away", True)
    assert client.post("/api/gates/gate-1/commands", json=OPEN).status_code == 503
    assert "not sent" in audited(served)[1][1]
    monkeypatch.setattr(served.rig.dispatch, "_signer", None)
    answer = client.post("/api/gates/gate-1/commands", json=OPEN)
    assert (answer.status_code, "command-key" in answer.json()["detail"]) == (503, True)


NOT_SENT: list[tuple[dict[str, Any], str, int]] = [
    ({"verb": "open_always"}, "gate-1", 422),
    ({"verb": "open_once"}, "gate-1", 422),
    ({"verb": "open_once", "arguments": {"reason": "a", "seconds": "99"}}, "gate-1", 422),
    ({"verb": "message", "arguments": {"zh": "好"}}, "gate-1", 422),
    ({**OPEN, "role": "administrator"}, "gate-1", 422),
    (OPEN, "gate-9", 404),
    (OPEN, "Gate", 422),
]


def test_what_no_gate_would_obey_is_not_sent(served: Served, client: httpx.Client) -> None:
    for order, gate, status in NOT_SENT:
        answer = client.post(f"/api/gates/{gate}/commands", json=order)
        assert answer.status_code == status, answer.text
    assert served.rig.bus.sent == []
    assert audited(served) == []


def test_who_only_looks_may_not_order_nor_may_another_site(
    served: Served, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.post("/api/gates/gate-1/commands", json=OPEN, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    for role, status in (("inspector", 403), ("facilities", 403), ("somebody", 403), ("administrator", 503)):
        with served.rig.database.writing() as connection:
            connection.execute(update(account).values(role=role))
        with monkeypatch.context() as away:
            away.setattr(served.rig.bus, "away", True)
            assert client.post("/api/gates/gate-1/commands", json=OPEN).status_code == status


def test_an_unreadable_answer_is_a_dead_letter(served: Served) -> None:
    served.rig.put((topic("gate-1", Kind.RESULT), json.dumps({"command": 5}).encode(), None))
    assert served.rig.ingest.dead == 1

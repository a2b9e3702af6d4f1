"""A live picture through the cloud: one screen that asked with a purpose, one gate with its ticket, and nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from cloud.store.series_sqlite import SqliteSeries
from cloud.store.tables import audit
from contract.live import MOST_BYTES, PATH
from contract.messages.orders import CommandData, ResultData
from contract.topics import Kind
from tests.cloud import messages
from tests.cloud.people import somebody
from tests.cloud.rig import Rig
from tests.cloud.server import Served, serve
from tests.fixtures_broker import wait_for

PICTURE = b"\xff\xd8 somebody stands there"
ASKED = "/api/gates/gate-1/live"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this cloud keeps what it keeps."""
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    rig, series = Rig.open(folder / "ledger.db"), SqliteSeries(folder / "series.db")
    rig.arrive_state(messages.state(online=True))
    with serve(rig, series, folder / "dist") as running:
        yield running
    series.close()
    rig.database.close()


def told(served: Served, *, done: bool = True, detail: str = "a guard may look for a minute") -> str:
    """The gate has heard the command and answered it; the ticket."""
    wait_for(lambda: served.rig.bus.sent, "the command is sent")
    gate, kind, body = served.rig.bus.sent.pop()
    assert (gate, kind) == ("gate-1", Kind.COMMAND)
    command = CommandData.model_validate_json(body)
    assert (command.verb, command.arguments["purpose"]) == ("live", "somebody fell")
    served.rig.dispatch.answered("gate-1", ResultData(command=command.id, done=done, detail=detail))
    return command.arguments["ticket"]


def as_gate(served: Served, ticket: str, **more: str) -> ClientConnection:
    headers = {"Authorization": f"Bearer {ticket}", **more}
    return connect(f"ws{served.url.removeprefix('http')}{PATH}", additional_headers=headers, compression=None, proxy=None)


@contextmanager
def looking(served: Served) -> Iterator[tuple[str, Iterator[bytes]]]:
    """A guard who looks: the ticket, and what comes."""
    with somebody(served) as guard, ThreadPoolExecutor(1) as beside:
        ticket: Future[str] = beside.submit(told, served)
        with guard.stream("POST", ASKED, json={"purpose": "somebody fell"}) as answer:
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "no-store"
            yield ticket.result(), answer.iter_raw()


def deeds(served: Served) -> list[tuple[str, str]]:
    return [(action, detail) for action, detail in served.rig.rows(audit, "action", "detail") if action.startswith("live")]


def test_a_guard_sees_what_the_gate_sends_and_who_looked_why_is_all_that_stays(served: Served, folder: Path) -> None:
    with looking(served) as (ticket, parts), as_gate(served, ticket) as gate:
        gate.send(PICTURE)
        whole = len(PICTURE).to_bytes(4, "big") + PICTURE
        got = b""
        while len(got) < len(whole):
            got += next(parts)
        assert got == whole
        with pytest.raises(InvalidStatus, match="403"), as_gate(served, ticket):  # a ticket is good once
            pass
    wait_for(lambda: deeds(served) and deeds(served)[-1][0] == "live ended", "the end is written down")
    (asked, purpose), (ended, how) = deeds(served)[-2:]
    assert (asked, purpose.partition(" ")[2], ended, how.startswith("1 pictures")) == (
        "live asked",
        "somebody fell",
        "live ended",
        True,
    )
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert (b"somebody fell" in kept, PICTURE in kept, ticket.encode() in kept) == (True, False, False)


def test_the_gate_s_socket_ends_when_the_guard_goes_and_the_guard_s_picture_when_the_gate_does(served: Served) -> None:
    stack = ExitStack()
    with looking(served) as (ticket, parts):
        gate = stack.enter_context(as_gate(served, ticket))
        gate.send(PICTURE)
        next(parts)
    with stack, pytest.raises(ConnectionClosed):
        gate.recv(timeout=5)
    with looking(served) as (ticket, parts):
        with as_gate(served, ticket) as gate:
            gate.send(PICTURE)
            next(parts)
        assert b"".join(parts) == b""


def test_a_gate_that_says_no_is_quoted_and_a_second_guard_waits_for_the_first(served: Served) -> None:
    with somebody(served) as guard, ThreadPoolExecutor(1) as beside:
        no = "no picture leaves this gate: its settings do not allow it (live.allowed)"
        beside.submit(told, served, done=False, detail=no)
        refused = guard.post(ASKED, json={"purpose": "somebody fell"})
        assert (refused.status_code, refused.json()["detail"]) == (409, no)
        with looking(served):
            assert guard.post(ASKED, json={"purpose": "somebody fell"}).status_code == 409
        assert guard.post(ASKED, json={"purpose": " x "}).status_code == 422


@pytest.mark.parametrize("sent", [b"\xff\xd8" + bytes(MOST_BYTES), b"GIF89a", "words"])
def test_what_is_no_picture_or_too_large_ends_the_look(served: Served, sent: bytes | str) -> None:
    with looking(served) as (ticket, parts), as_gate(served, ticket) as gate:
        gate.send(sent)
        assert b"".join(parts) == b""


def test_nobody_brings_pictures_without_the_ticket_or_from_a_browser(served: Served) -> None:
    with looking(served) as (ticket, _):
        for wrong in ("", "x" * len(ticket)):
            with pytest.raises(InvalidStatus, match="403"), as_gate(served, wrong):
                pass
        with pytest.raises(InvalidStatus, match="403"), as_gate(served, ticket, Origin="https://evil.example"):
            pass


def test_a_command_of_the_other_road_makes_no_picture(served: Served) -> None:
    with somebody(served) as guard:
        order = {"verb": "live", "arguments": {"purpose": "somebody fell", "ticket": "mine"}}
        assert guard.post("/api/gates/gate-1/commands", json=order).status_code == 422
        assert httpx.post(f"{served.url}{ASKED}", json={"purpose": "somebody fell"}).status_code == 401

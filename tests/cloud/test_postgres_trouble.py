"""PostgreSQL is away, cut off, or asks to try again: nothing is acknowledged before it is on disk, nothing is stored twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cloud.ingest import transaction
from cloud.store.database import Database
from cloud.store.migrate import open_database
from cloud.store.tables import dead_letter, event, visit
from cloud.store.visits import add_decisions
from contract.topics import Kind, topic
from tests.cloud import messages
from tests.cloud.postgres import Server
from tests.cloud.rig import Rig


@pytest.fixture
def url(postgres_server: Server) -> str:
    return postgres_server.ledger()


@pytest.fixture
def rig(url: str) -> Iterator[Rig]:
    rig = Rig(open_database(url))
    yield rig
    rig.database.close()


def pauses_of(rig: Rig, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None] | None = None) -> list[str]:
    """Why the worker pauses, each time; it does not really."""
    told: list[str] = []

    def wait(_seconds: float) -> bool:
        assert rig.bus.acknowledged == []
        told.append(rig.ingest.trouble)
        if meanwhile is not None:
            meanwhile()
        return len(told) > 9

    monkeypatch.setattr(rig.ingest._stopping, "wait", wait)
    return told


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03", "53100", "57P01"])
def test_what_may_go_better_next_time_is_tried_again_as_a_whole(
    rig: Rig, url: str, postgres_server: Server, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    postgres_server.tell("CREATE SEQUENCE tries", url)
    postgres_server.tell(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('tries') <= 2 THEN "
        f"RAISE EXCEPTION 'not now' USING ERRCODE = '{state}'; END IF; RETURN NULL; END $$",
        url,
    )
    postgres_server.tell("CREATE TRIGGER refuse AFTER INSERT ON visit FOR EACH STATEMENT EXECUTE FUNCTION refuse()", url)
    told = pauses_of(rig, monkeypatch)
    rig.arrive(messages.visit(1), messages.visit(2, "v2"))
    assert ["not now" in one for one in told] == [True, True]
    assert rig.rows(event, "seq") == [(1,), (2,)]
    assert rig.rows(dead_letter) == []
    assert rig.bus.acknowledged == [1, 2]
    assert rig.ingest.trouble == ""


def test_a_connection_that_is_cut_within_the_transaction_is_made_anew(
    rig: Rig, postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = add_decisions
    cut: list[int] = []

    def cut_once(connection: Any, feed: Any, decisions: Any) -> Any:
        if not cut:
            cut.append(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
            postgres_server.tell(f"SELECT pg_terminate_backend({cut[0]}, 5000)")
        return original(connection, feed, decisions)

    monkeypatch.setattr(transaction, "add_decisions", cut_once)
    told = pauses_of(rig, monkeypatch)
    rig.arrive(messages.visit(1))
    assert len(told) == 1
    assert rig.rows(event, "seq") == [(1,)]
    assert rig.rows(visit, "revisions") == [(1,)]


def test_connections_cut_while_nobody_uses_them_are_not_noticed(
    rig: Rig, url: str, postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.arrive(messages.visit(1))
    rig.look()
    postgres_server.tell(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        url,
    )
    told = pauses_of(rig, monkeypatch)
    rig.bus.acknowledged = []
    rig.arrive(messages.visit(2, "v2"))
    assert told == []
    assert len(rig.look().visits) == 2


def test_what_was_acknowledged_is_there_when_the_server_was_killed_right_after(
    rig: Rig, url: str, postgres_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = url.partition("?")[0].rpartition("/")[2]
    postgres_server.tell(f"ALTER DATABASE {name} SET synchronous_commit = off")  # an administrator in a hurry
    rig.database.close()
    rig.arrive(messages.visit(1))
    postgres_server.stop()
    assert rig.bus.acknowledged == [1]
    rig.bus.acknowledged = []
    told = pauses_of(rig, monkeypatch, lambda: postgres_server.start(fsync=True))
    rig.arrive(messages.visit(2, "v2"))
    assert len(told) == 1
    assert rig.rows(event, "seq") == [(1,), (2,)]
    assert rig.bus.acknowledged == [2]


@pytest.mark.parametrize("level", ["read committed", "serializable"])
def test_a_session_keeps_its_promises_whatever_the_servers_defaults(postgres_server: Server, level: str) -> None:
    url = postgres_server.ledger()
    name = url.partition("?")[0].rpartition("/")[2]
    for setting in ("synchronous_commit = off", f"default_transaction_isolation = '{level}'"):
        postgres_server.tell(f"ALTER DATABASE {name} SET {setting}")
    database = open_database(url)
    assert shown(database, "synchronous_commit", "idle_in_transaction_session_timeout") == ["on", "30s"]
    with database.writing() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar_one() == "read committed"
    assert shown(database, "transaction_isolation", "transaction_read_only") == ["repeatable read", "on"]
    database.close()


def shown(database: Database, *settings: str) -> list[str]:
    with database.reading() as connection:
        return [connection.exec_driver_sql(f"SHOW {one}").scalar_one() for one in settings]


def test_a_sign_postgresql_cannot_keep_makes_one_dead_letter_and_no_standstill(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    told = pauses_of(rig, monkeypatch)
    bad = messages.alert(2).replace(b"colour_camera 2", b"colour \\u0000 camera")
    rig.put(
        *(
            (topic("gate-1", Kind.VISIT), body, None)
            for body in (messages.visit(1), b"{\x00", b'{"id":"\\u0000","type":"\\ud800"}')
        ),
        (topic("gate-1", Kind.ALERT), bad, None),
        (topic("gate-1", Kind.ALERT), b'{"\\u0000":"\x00"}', None),
    )
    assert told == []
    assert rig.rows(event, "seq") == [(1,)]
    assert len(rig.rows(dead_letter)) == 4
    assert len(rig.bus.acknowledged) == 5

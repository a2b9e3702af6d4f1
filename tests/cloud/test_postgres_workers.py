"""Several workers on one ledger in PostgreSQL, and what screens see of them: every event once, every change seen."""

from __future__ import annotations

import asyncio
import logging
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cloud.hub import Hub
from cloud.ingest import transaction
from cloud.store.database import Database
from cloud.store.feed import Feed, last_change
from cloud.store.migrate import open_database
from cloud.store.tables import alarm, event, recheck_case, series_outbox, visit
from cloud.store.verifying import verify
from cloud.store.views.changes import changes_after
from cloud.store.visits import add_decisions
from contract.verdicts import Verdict
from tests.cloud import messages
from tests.cloud.messages import START_MS
from tests.cloud.postgres import Server, either_ledger
from tests.cloud.rig import Rig
from tests.fixtures_broker import wait_for

ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(postgres_server: Server) -> str:
    return postgres_server.ledger()


@pytest.fixture
def two(url: str) -> Iterator[tuple[Rig, Rig]]:
    """Two workers, each with connections of its own."""
    rigs = Rig(open_database(url)), Rig(open_database(url))
    yield rigs
    for rig in rigs:
        rig.database.close()


def day() -> list[bytes]:
    """What three gates say: visits in three revisions each, cases, alarms that come and go twice, health.

    An alarm that comes a third time within minutes chatters: what is shown of it meanwhile depends on what was heard first.
    """
    said: list[bytes] = []
    for gate in ("gate-1", "gate-2", "gate-3"):
        verdicts = [Verdict.WAIT, Verdict.RECHECK, Verdict.PASS]
        said += [
            messages.visit(seq, f"v{seq // 3}", seq % 3, verdicts[seq % 3], gate=gate, at=messages.START) for seq in range(3, 33)
        ]
        said += [messages.alert(40 + seq, "recheck", subject=f"v{seq}", gate=gate) for seq in range(4)]
        said += [messages.alert(50 + seq, state=("raised", "returned")[seq % 2], gate=gate) for seq in range(4)]
        said += [messages.health(60 + seq, gate=gate) for seq in range(4)]
    return said


def shuffled(bodies: list[bytes], seed: int) -> Iterator[list[bytes]]:
    chance = random.Random(seed)
    mixed = chance.sample(bodies, len(bodies))
    while mixed:
        cut = chance.randint(1, 12)
        yield mixed[:cut]
        mixed = mixed[cut:]


def books(rig: Rig) -> dict[str, list[tuple[Any, ...]]]:
    """What does not depend on the order of arrival."""
    return {
        "events": sorted(rig.rows(event, "gate", "install", "seq", "series_ns", "data")),
        "visits": sorted(rig.rows(visit, "gate", "visit", "verdict", "revision", "revisions")),
        "cases": sorted(rig.rows(recheck_case, "gate", "seq", "visit", "state")),
        "alarms": sorted(rig.rows(alarm, "gate", "kind", "state", "count")),
        "notes": sorted(rig.rows(series_outbox, "gate", "seq")),
    }


class Follower:
    """A screen that looks again and again, each time from the number it knows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.last = 0
        self.seen: dict[tuple[str, str], int] = {}
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            self.look()

    def look(self) -> None:
        for number, key in numbers_after(self._database, self.last):
            self.last, self.seen[key] = number, number


def numbers_after(database: Database, number: int) -> list[tuple[int, tuple[str, str]]]:
    changes = changes_after(database, number, START_MS)
    return [(one.number, (one.name, str(getattr(one.row, "id", "") or one.row.model_dump().get("gate")))) for one in changes]


def test_two_workers_and_a_screen_that_follows_them_lose_nothing_and_never_lock_each_other(
    two: tuple[Rig, Rig], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def work(rig: Rig, seed: int) -> None:
        for batch in shuffled(day(), seed):
            rig.arrive(*batch)

    follower = Follower(two[0].database)
    with caplog.at_level(logging.ERROR), ThreadPoolExecutor(3) as pool:
        following = pool.submit(follower.run)
        for done in [pool.submit(work, rig, seed) for seed, rig in enumerate(two)]:
            done.result(60)
        follower.over.set()
        following.result(60)
    assert caplog.records == []
    follower.look()
    alone = Rig.open(tmp_path / "ledger.db")
    alone.arrive(*day())
    assert books(two[0]) == books(alone)
    assert follower.seen == {key: number for number, key in numbers_after(two[1].database, 0)}
    assert sum(rig.ingest.stored for rig in two) == len(day())
    with two[0].database.reading() as connection:
        assert verify(connection).faults == [], "the links of two workers follow one another"
    alone.database.close()


def test_a_change_gets_its_number_only_when_every_lower_number_can_be_seen(two: tuple[Rig, Rig], postgres_server: Server) -> None:
    first, second = (rig.database for rig in two)

    def write() -> int:
        with second.writing() as connection, Feed(connection) as feed:
            return feed.number()

    with ThreadPoolExecutor(1) as pool:
        with first.writing() as connection:
            with Feed(connection) as feed:
                assert feed.number() == 1
            late = pool.submit(write)
            waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            wait_for(lambda: late.done() or postgres_server.tell(waiting), "the second writer waits")
            assert not late.done()
            with second.reading() as looking:
                assert last_change(looking) == 0
        assert late.result(30) == 2


@either_ledger
def test_a_screen_reads_one_state_of_the_ledger_while_others_write(rig: Rig) -> None:
    rig.arrive(messages.visit(1))
    with rig.database.reading() as connection:
        before = last_change(connection)
        rig.arrive(messages.visit(2, "v2"))
        assert last_change(connection) == before
    assert rig.look().feed > before


def test_a_screen_sees_what_another_process_has_committed(two: tuple[Rig, Rig]) -> None:
    async def first_visit() -> str:
        hub = Hub(two[0].database, lambda: START_MS)
        handing_out = asyncio.create_task(hub.run())
        stream = hub.listen(0)
        assert "event: beat" in await anext(stream)
        await asyncio.to_thread(two[1].arrive, messages.visit(1))
        async for said in stream:
            if "event: visit" in said:
                break
        handing_out.cancel()
        return said

    with ThreadPoolExecutor(1) as other:  # a browser's test may have left a loop in this thread
        assert '"visit":"v1"' in other.submit(lambda: asyncio.run(asyncio.wait_for(first_visit(), 30))).result()


def test_a_worker_killed_within_its_transaction_leaves_nothing_and_holds_nobody_up(url: str) -> None:
    dying = subprocess.run([sys.executable, "-m", "tests.cloud.dies_in_transaction", url], cwd=ROOT, check=False, timeout=60)
    assert dying.returncode == -9
    rig = Rig(open_database(url))
    assert rig.rows(event) == []
    assert rig.look().feed == 0
    rig.arrive(messages.visit(1), messages.alert(2, "recheck", subject="v1"))
    assert rig.rows(event, "seq") == [(1,), (2,)]
    assert rig.rows(recheck_case, "visit") == [("v1",)]
    rig.database.close()


def test_a_worker_that_freezes_within_its_transaction_loses_its_turn_and_does_it_again(
    two: tuple[Rig, Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen, other = two
    told: list[str] = []

    def freeze_once(connection: Any, feed: Any, decisions: Any) -> Any:
        if not told:
            told.append("frozen")
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = '20ms'")  # as 30 s are over
            other.arrive(messages.visit(1), messages.visit(2, "v2"))
        return add_decisions(connection, feed, decisions)

    def wait(_seconds: float) -> bool:
        told.append(frozen.ingest.trouble)
        return len(told) > 9

    monkeypatch.setattr(transaction, "add_decisions", freeze_once)
    monkeypatch.setattr(frozen.ingest._stopping, "wait", wait)
    frozen.arrive(messages.visit(1), messages.visit(3, "v3"))
    assert len(told) == 2
    assert frozen.rows(event, "seq") == [(1,), (2,), (3,)]
    assert (frozen.ingest.stored, other.ingest.stored) == (1, 2)

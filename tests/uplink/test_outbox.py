"""Events on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contract.topics import Kind
from edge.errors import OutboxError
from edge.uplink.outbox import Outbox
from tests.uplink.parts import NOON_S, event


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox.open(tmp_path / "events.db", "gate-1")
    yield opened
    opened.close()


def test_a_repeat_keeps_its_number_and_uses_up_none(outbox: Outbox) -> None:
    assert outbox.add([event("a"), event("b")]) == [1, 2]
    assert outbox.add([event("b"), event("c"), event("c")]) == [2, 3, 3]
    assert (outbox.waiting, outbox.last_seq) == (3, 3)


def test_nothing_is_shown_to_the_sender_before_its_release(outbox: Outbox) -> None:
    outbox.add([event("a")])
    assert outbox.after(1, 0, 10) == []
    outbox.release()
    assert [row.seq for row in outbox.after(1, 0, 10)] == [1]


def test_rows_come_by_priority_and_number(outbox: Outbox) -> None:
    outbox.add([event("a", Kind.HEALTH), event("b", Kind.VISIT), event("c", Kind.ALERT), event("d", Kind.VISIT)])
    outbox.release()
    assert [[row.seq for row in outbox.after(prio, 0, 10)] for prio in range(4)] == [[3], [2, 4], [1], []]
    assert [row.seq for row in outbox.again([1, 2, 3])] == [3, 2, 1]


def test_an_acknowledged_row_goes_and_its_event_stays_until_its_time_is_up(outbox: Outbox) -> None:
    outbox.add([event("a"), event("b")])
    assert outbox.acknowledge([1, 77]) == 1
    assert (outbox.oldest(), outbox.waiting) == (2, 1)
    assert outbox.purge(NOON_S - 1) == 0
    assert outbox.purge(NOON_S + 1) == 1, "the waiting one is kept however old it is"
    assert outbox.add([event("b")]) == [2]


def test_a_number_is_never_given_twice_not_even_after_everything_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    first = Outbox.open(path, "gate-1")
    first.add([event("a"), event("b")])
    first.acknowledge([1, 2])
    first.purge(NOON_S + 1)
    first.close()
    second = Outbox.open(path, "gate-1")
    assert second.install == first.install
    assert second.add([event("c")]) == [3]
    second.close()


def test_a_decision_acted_on_before_its_commit_is_marked(outbox: Outbox) -> None:
    outbox.add([event("a"), event("b")])
    outbox.mark_late([2])
    outbox.release()
    assert [row.late for row in outbox.after(1, 0, 10)] == [False, True]


def test_a_failed_step_leaves_nothing_behind(outbox: Outbox) -> None:
    with pytest.raises(sqlite3.Error):
        outbox.add([event("a"), replace(event("b"), boot=None)])  # type: ignore[arg-type]
    assert (outbox.waiting, outbox.last_seq, outbox.oldest()) == (0, 0, None)
    assert outbox.add([event("a")]) == [1]


def test_the_database_is_readable_by_the_gate_only_and_syncs_at_every_commit(tmp_path: Path) -> None:
    path = tmp_path / "new" / "events.db"
    outbox = Outbox.open(path, "gate-1")
    outbox.add([event("a")])
    files = list(path.parent.iterdir())
    assert {file.name for file in files} >= {"events.db", "events.db-wal"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    settings = {name: outbox._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")}
    assert settings == {"synchronous": 2, "journal_mode": "wal"}
    outbox.close()


def test_a_damaged_database_is_kept_aside_and_a_new_one_has_a_new_name(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    first = Outbox.open(path, "gate-1")
    first.add([event(str(number)) for number in range(200)])
    first.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    second = Outbox.open(path, "gate-1")
    assert second.set_aside == tmp_path / "events.db.damaged-1"
    assert second.set_aside.stat().st_size > 8192
    assert second.install != first.install
    assert second.add([event("a")]) == [1]
    second.close()


def test_a_file_that_is_no_database_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    path.write_text("my shopping list\n" * 100)
    outbox = Outbox.open(path, "gate-1")
    assert outbox.set_aside is not None
    assert outbox.set_aside.read_text().startswith("my shopping list")
    outbox.close()


def test_the_database_of_another_gate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    Outbox.open(path, "gate-1").close()
    with pytest.raises(OutboxError, match=r"belongs to gate 'gate-1'.*its own"):
        Outbox.open(path, "gate-2")


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    outbox = Outbox.open(path, "gate-1")
    outbox._connection.execute("PRAGMA user_version = 99")
    outbox.close()
    with pytest.raises(OutboxError, match="schema 99"):
        Outbox.open(path, "gate-1")
    assert list(tmp_path.glob("*damaged*")) == []

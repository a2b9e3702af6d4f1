"""From the ring to the disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract.ids import EventId
from contract.messages.envelope import read_event
from contract.topics import Kind
from edge.records import RecordRing
from edge.uplink.clock_watch import ClockWatch
from edge.uplink.envelope import event_body
from edge.uplink.outbox import Outbox, Row
from edge.uplink.writer import Writer
from tests.uplink.parts import NOON_S, HandClock, alert, visit


@dataclass
class Desk:
    clock: HandClock
    ring: RecordRing
    outbox: Outbox
    writer: Writer

    def put(self, kind: Kind, data: bytes = b"{}") -> int:
        number = self.ring.put(kind, data, NOON_S, self.clock.now_s)
        assert number is not None
        return number

    def rows(self, prio: int) -> list[Row]:
        return self.outbox.after(prio, 0, 100)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = HandClock()
    ring = RecordRing.create(tmp_path / "ring")
    outbox = Outbox.open(tmp_path / "events.db", "gate-1")
    yield Desk(
        clock, ring, outbox, Writer("gate-1", ring, outbox, "boot", clock, ClockWatch(clock, "boot", kept_right=lambda: True))
    )
    outbox.close()
    ring.close()


def test_an_alert_and_a_visit_are_committed_at_once(desk: Desk) -> None:
    for kind, data in ((Kind.ALERT, alert()), (Kind.VISIT, visit("v-1"))):
        number = desk.put(kind, data)
        assert desk.writer.round() == 1
        assert desk.ring.committed == number


def test_health_waits_for_company_but_not_for_long(desk: Desk) -> None:
    desk.put(Kind.HEALTH)
    assert desk.writer.round() == 0
    desk.clock.now_s += 0.021
    assert desk.writer.round() == 1


def test_a_full_group_does_not_wait(desk: Desk) -> None:
    for _ in range(50):
        desk.put(Kind.HEALTH)
    assert desk.writer.round() == 50


def test_an_alert_takes_the_waiting_readings_with_it(desk: Desk) -> None:
    desk.put(Kind.HEALTH)
    desk.put(Kind.ALERT, alert())
    assert desk.writer.round() == 2


@pytest.mark.parametrize(
    ("waited_s", "verdict", "late"), [(0.151, "pass", True), (0.149, "pass", False), (9.0, "recheck", False)]
)
def test_only_a_pass_committed_after_the_barrier_opened_is_marked_late(
    desk: Desk, waited_s: float, verdict: str, late: bool
) -> None:
    desk.put(Kind.VISIT, visit("v-1", verdict))
    desk.clock.now_s += waited_s
    desk.writer.round()
    (row,) = desk.rows(1)
    assert row.late is late
    envelope, data = read_event(Kind.VISIT, event_body(row, EventId("gate-1", desk.outbox.install, row.seq)))
    assert envelope.clock_ok
    assert data.model_dump()["record_late"] is late


def test_a_record_committed_before_a_crash_keeps_its_number(desk: Desk) -> None:
    desk.put(Kind.VISIT, visit("v-1"))
    desk.writer.round()
    desk.ring._marks[1] = 0  # the writer died before telling the ring
    desk.put(Kind.VISIT, visit("v-2"))
    assert desk.writer.round() == 2
    assert [(row.seq, json.loads(row.data)["visit"]) for row in desk.rows(1)] == [(1, "v-1"), (2, "v-2")]


@pytest.mark.parametrize("data", [b"no json", b"[1, 2]", b"\xff\xfe", b'{"x": NaN}'])
def test_a_record_no_message_can_be_made_of_holds_up_nobody(desk: Desk, data: bytes) -> None:
    desk.put(Kind.VISIT, data)
    last = desk.put(Kind.VISIT, visit("v-1"))
    desk.writer.round()
    assert desk.ring.committed == last
    assert len(desk.rows(1)) >= 1
    for row in desk.rows(1):
        assert event_body(row, EventId("gate-1", desk.outbox.install, row.seq))


@pytest.mark.parametrize("kind", [Kind.STATE, Kind.RESULT, Kind.ACK])
def test_a_kind_that_is_no_event_is_counted_and_left_out(desk: Desk, kind: Kind) -> None:
    desk.put(kind)
    desk.clock.now_s += 1
    desk.writer.round()
    assert (desk.writer.rejected, desk.outbox.waiting) == (1, 0)


@pytest.mark.parametrize("wall_s", [float("nan"), float("inf"), -1e18])
def test_a_time_no_calendar_has_is_left_out(desk: Desk, wall_s: float) -> None:
    desk.ring.put(Kind.ALERT, alert(), wall_s, desk.clock.now_s)
    desk.writer.round()
    assert desk.writer.rejected == 1


def test_a_disk_that_fails_leaves_the_records_in_the_ring(desk: Desk) -> None:
    desk.put(Kind.ALERT, alert())
    desk.outbox._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError):
        desk.writer.round()
    assert (desk.ring.committed, desk.outbox.waiting) == (0, 0)
    desk.outbox._connection.execute("PRAGMA query_only = OFF")
    assert desk.writer.round() == 1


def test_two_processes_tell_by_rings_of_their_own_and_every_record_comes_once(desk: Desk, tmp_path: Path) -> None:
    other = RecordRing.create(tmp_path / "other")
    watch = ClockWatch(desk.clock, "boot", kept_right=lambda: True)
    writers = [Writer("gate-1", ring, desk.outbox, "boot", desk.clock, watch) for ring in (desk.ring, other)]
    desk.put(Kind.ALERT, alert())
    other.put(Kind.ALERT, alert(), NOON_S, desk.clock.now_s)
    assert [writer.round() for writer in writers] == [1, 1]
    assert [writer.round() for writer in writers] == [0, 0]
    assert [row.seq for row in desk.rows(0)] == [1, 2]
    other.close()

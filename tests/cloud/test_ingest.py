from __future__ import annotations

import pytest
from sqlalchemy import text

from cloud.store.tables import alarm, dead_letter, event, recheck_case, series_outbox, visit
from contract.topics import Kind, topic
from contract.verdicts import Duty, Verdict
from tests.cloud import messages
from tests.cloud.postgres import either_ledger
from tests.cloud.rig import Rig

pytestmark = either_ledger


def test_an_event_that_comes_twice_is_stored_once_and_acknowledged_twice(rig: Rig) -> None:
    rig.arrive(messages.visit(1), messages.visit(1))
    rig.arrive(messages.visit(1))
    assert rig.rows(event, "gate", "install", "seq") == [("gate-1", "i1", 1)]
    assert rig.rows(series_outbox, "seq") == [(1,)]
    assert rig.bus.told == [("gate-1", "i1", 1)] * 3
    assert rig.bus.acknowledged == [1, 2, 3]


def test_the_same_number_of_another_install_is_another_event(rig: Rig) -> None:
    rig.arrive(messages.visit(1), messages.visit(1, "v2", install="i2"))
    assert len(rig.rows(event)) == 2
    assert len(rig.rows(visit)) == 2


def test_a_decision_written_again_under_a_new_number_makes_no_second_point(rig: Rig) -> None:
    rig.arrive(messages.visit(1))
    rig.arrive(messages.visit(2))
    assert len(rig.rows(event)) == 2
    assert rig.rows(visit, "revisions") == [(1,)]
    assert rig.rows(series_outbox, "seq") == [(1,)]


def test_nothing_the_contract_does_not_name_is_kept(rig: Rig) -> None:
    body = messages.visit(1).replace(b'"frames":9', b'"frames":9,"name":"Li Wei"')
    rig.arrive(body)
    assert "Li Wei" not in str(rig.rows(event))
    assert rig.rows(event, "seq") == [(1,)]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[" * 50_000, b'{"id": 5}', b"\xff\xfe", b'{"id":"gate-1:i1:9"}', b"x" * 70_000],
    ids=["empty", "cut", "null", "deep", "number", "bytes", "incomplete", "large"],
)
def test_what_nobody_can_read_is_kept_named_and_acknowledged(rig: Rig, body: bytes) -> None:
    address = topic("gate-1", Kind.ALERT)
    rig.put((address, body, "gate-1:i1:9"), (topic("gate-1", Kind.VISIT), messages.visit(10), None))
    assert rig.rows(dead_letter, "topic", "event", "body") == [(address, "gate-1:i1:9", body[:65_536])]
    assert rig.bus.told == [("gate-1", "i1", 10), ("gate-1", "i1", 9)]
    assert rig.bus.acknowledged == [1, 2]
    assert [row[:2] for row in rig.rows(alarm, "kind", "state")] == [("dead_letter", "RTNUN")]


def test_an_unreadable_body_names_itself_where_nothing_stands_beside_it(rig: Rig) -> None:
    rig.put((topic("gate-1", Kind.VISIT), b'{"id":"gate-1:i1:9"}', None))
    assert rig.bus.told == [("gate-1", "i1", 9)]


def test_a_gate_cannot_speak_for_another(rig: Rig) -> None:
    rig.put((topic("gate-2", Kind.VISIT), messages.visit(1), "gate-1:i1:1"))
    assert rig.rows(event) == []
    assert rig.bus.told == []
    assert len(rig.rows(dead_letter)) == 1
    assert rig.bus.acknowledged == [1]


def test_poison_that_comes_again_is_counted_not_kept_twice(rig: Rig) -> None:
    for _ in range(3):
        rig.put((topic("gate-1", Kind.VISIT), b"{", None))
    assert rig.rows(dead_letter, "count") == [(3,)]


def test_an_event_the_database_refuses_does_not_hold_up_its_neighbours(rig: Rig) -> None:
    poison = messages.visit(2, "v2").replace(b'"revision":0', b'"revision":99999999999999999999999')
    rig.arrive(messages.visit(1), poison, messages.visit(3, "v3"))
    assert rig.rows(event, "seq") == [(1,), (3,)]
    assert rig.rows(dead_letter, "event") == [("gate-1:i1:2",)]
    assert sorted(rig.bus.told) == [("gate-1", "i1", 1), ("gate-1", "i1", 2), ("gate-1", "i1", 3)]


def test_nothing_is_acknowledged_while_the_ledger_cannot_be_written(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    with rig.database.writing() as connection:
        connection.execute(text("ALTER TABLE event RENAME TO away"))
    seen: list[tuple[int, str]] = []

    def wait(_seconds: float) -> bool:
        seen.append((len(rig.bus.told) + len(rig.bus.acknowledged), rig.ingest.trouble))
        with rig.database.writing() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO event"))
        return False

    monkeypatch.setattr(rig.ingest._stopping, "wait", wait)
    rig.arrive(messages.visit(1))
    assert seen[0][0] == 0
    assert "event" in seen[0][1]
    assert rig.bus.acknowledged == [1]
    assert rig.ingest.trouble == ""


def test_two_warm_people_are_two_cases(rig: Rig) -> None:
    rig.arrive(messages.alert(1, "recheck", subject="v1"), messages.alert(2, "recheck", subject="v2"))
    rig.arrive(messages.alert(3, "recheck", subject="v1"))
    assert rig.rows(recheck_case, "visit", "state") == [("v1", "open"), ("v2", "open"), ("v1", "open")]
    assert rig.rows(alarm) == []


def test_a_visitor_who_needs_a_person_is_a_case_beside_the_recheck_of_the_same_visit(rig: Rig) -> None:
    rig.arrive(messages.alert(1, "guard_needed", subject="v1"), messages.alert(2, "recheck", subject="v1"))
    rig.arrive(messages.alert(3, "guard_needed", subject="v1", state="returned"))
    active = {item.kind: item.active for item in rig.look().queue}
    assert active == {"guard_needed": False, "recheck": True}
    assert rig.rows(alarm) == []


def test_a_gate_that_is_lost_raises_one_alarm_and_coming_back_returns_it(rig: Rig) -> None:
    rig.arrive_state(messages.state(online=True))
    rig.arrive_state(messages.state(online=False))
    assert [(item.kind, item.state) for item in rig.look().queue] == [("gate_offline", "UNACK")]
    assert rig.look().gates[0].state == "offline"
    rig.pass_time(5)
    assert rig.rows(alarm, "count") == [(1,)]
    rig.arrive_state(messages.state(online=True))
    assert [(item.kind, item.state) for item in rig.look().queue] == [("gate_offline", "RTNUN")]
    assert rig.look().gates[0].state == "live"


def test_a_gate_whose_disk_fails_tells_it_past_the_disk_and_so_does_its_end(rig: Rig) -> None:
    rig.arrive_state(messages.state(online=True, disk="disk I/O error", in_memory=3))
    rig.arrive_state(messages.state(online=True, disk="disk I/O error", in_memory=9))
    (told,) = rig.look().queue
    assert (told.kind, told.state) == ("gate_disk", "UNACK")
    assert rig.rows(alarm, "detail") == [("disk I/O error; 9 events wait in memory",)]
    rig.arrive_state(messages.state(online=False))
    assert {(item.kind, item.state) for item in rig.look().queue} == {("gate_disk", "UNACK"), ("gate_offline", "UNACK")}
    rig.arrive_state(messages.state(online=True))
    assert {(item.kind, item.state) for item in rig.look().queue} == {("gate_disk", "RTNUN"), ("gate_offline", "RTNUN")}


def test_a_gate_that_falls_silent_is_stale_after_half_a_minute(rig: Rig) -> None:
    rig.arrive_state(messages.state(online=True))
    rig.pass_time(20)
    rig.arrive(messages.health(1))
    rig.pass_time(29)
    assert rig.look().gates[0].state == "live"
    rig.pass_time(2)
    assert rig.look().gates[0].state == "stale"
    assert [(item.kind, item.gate) for item in rig.look().queue] == [("gate_offline", "gate-1")]
    rig.arrive(messages.health(2))
    rig.pass_time(1)
    assert rig.look().gates[0].state == "live"


def test_what_the_broker_has_kept_is_no_sign_of_life(rig: Rig) -> None:
    rig.arrive_state(messages.state(online=True))
    rig.now_ms += 60_000
    rig.arrive_state(messages.state(online=True), retained=True)
    assert rig.look().gates[0].state == "stale"


def test_silence_is_no_alarm_while_the_cloud_itself_was_away_from_the_broker(rig: Rig) -> None:
    rig.arrive_state(messages.state(online=True))
    rig.now_ms += 60_000
    rig.bus.listening_ms = 1_000
    rig.ingest.round()
    assert rig.look().gates[0].state == "stale"
    assert rig.look().queue == []


def test_an_overtaken_health_message_does_not_turn_the_gate_back(rig: Rig) -> None:
    rig.arrive(messages.health(5, oldest_unacked=5), messages.health(3))
    assert rig.look().gates[0].oldest_unacked == 5


def test_the_snapshot_counts_the_last_hour_by_verdict(rig: Rig) -> None:
    rig.arrive(messages.visit(1), messages.visit(2, "v2", verdict=Verdict.RECHECK), messages.visit(3, "v3"))
    gate = rig.look().gates[0]
    assert gate.verdicts_last_hour == {Verdict.PASS: 2, Verdict.RECHECK: 1}
    assert gate.last_verdict is not None
    rig.now_ms += 3_700_000
    assert rig.look().gates[0].verdicts_last_hour == {}


def test_a_check_of_staff_is_kept_with_the_badge_and_the_part_of_the_shift_that_was_chosen_last(rig: Rig) -> None:
    during, on = ({"badge": "s-17", "duty": duty} for duty in (Duty.DURING, Duty.ON))
    rig.arrive(messages.visit(1, seen=during), messages.visit(3, revision=1, seen=on), messages.visit(2, "v2"))
    assert rig.rows(visit, "visit", "badge", "duty", "revision") == [("v1", "s-17", "on", 1), ("v2", None, None, 0)]
    assert [(one.visit, one.badge, one.duty) for one in rig.look().visits if one.badge] == [("v1", "s-17", Duty.ON)]
